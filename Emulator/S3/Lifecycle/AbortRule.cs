using Emulator.Protocols;

namespace Emulator.S3.Lifecycle;

/// <summary>The rule that ends an upload first if it is not completed, and when.</summary>
internal sealed record AbortRule(DateTimeOffset At, string RuleId)
{
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html#API_CreateMultipartUpload_ResponseSyntax</remarks>
    public void AddTo(Reply reply) => reply.Header("x-amz-abort-date", At.ToString("R")).Header("x-amz-abort-rule-id", RuleId);
}
