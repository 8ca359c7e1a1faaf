namespace Emulator.Protocols;

/// <summary>Something that answers plain HTTP beside the service APIs: a website, a deployed API, a pool's public keys, the control page.</summary>
internal interface IHttpEndpoint
{
    /// <summary>Answers; an <see cref="AwsException"/> is written as JSON (<c>{"message": ...}</c>).</summary>
    /// <param name="request">The request with <see cref="RestRequest.RawPath"/> as the endpoint sees it (without what the route consumed, such as the stage's prefix).</param>
    /// <param name="target">What the route found out: who is addressed, as a bucket's name or an API's id.</param>
    /// <param name="call">Request id, region, time and cancellation. The caller is anonymous: endpoints have authorizers of their own.</param>
    ValueTask<Reply> AnswerAsync(RestRequest request, string target, Call call);
}
