using Emulator.Iam;

namespace Emulator.Protocols;

/// <summary>A service that adds headers of its own to each of its answers, errors too (S3: CORS by the bucket's rules).</summary>
internal interface IAnswerHeaders
{
    /// <param name="caller">null where the request failed before its caller was known.</param>
    void AddAnswerHeaders(RestRequest request, Caller? caller, Reply reply);
}
