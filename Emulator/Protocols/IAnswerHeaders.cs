namespace Emulator.Protocols;

/// <summary>A service that adds headers of its own to each of its answers, errors too (S3: CORS by the bucket's rules).</summary>
internal interface IAnswerHeaders
{
    void AddAnswerHeaders(RestRequest request, Reply reply);
}
