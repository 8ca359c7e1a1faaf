using Emulator.Iam;
using Emulator.Protocols;

namespace Emulator.S3.Control;

/// <summary>S3 Control's API: it is S3's own state, under another name, with headers and errors of its own.</summary>
internal sealed class S3ControlEndpoint(Protocol protocol, S3Service service)
    : ServiceEndpoint<S3Service>("s3control", protocol, S3Limits.SettingsDocumentBytes, service, static () => S3ControlOperations.Table, signingName: "s3")
{
    /// <summary>Its paths name no bucket that could be elsewhere.</summary>
    public override void Admit(Operation operation, RestRequest request, string? hostRegion, string? signedRegion) { }

    /// <summary>Every request names an account, and nobody may name another's.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html: no cross-account calls.</remarks>
    public override PreparedCall Prepare(Operation operation, Call call, RestRequest request)
    {
        const string AccountId = "x-amz-account-id";
        var account = request.Header(AccountId) ?? throw S3Errors.InvalidRequest($"Missing required header for this request: {AccountId}");
        return account == call.Account ? base.Prepare(operation, call, request) : throw S3Errors.AccessDenied();
    }

    /// <summary>CORS is a matter of buckets.</summary>
    public override void AddAnswerHeaders(RestRequest request, Caller? caller, Reply reply) { }
}
