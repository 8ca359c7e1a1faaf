using Emulator.Iam;

namespace Emulator.Protocols;

/// <summary>A service that has a say of its own about who may what, beside IAM.</summary>
internal interface IAccessRules
{
    /// <summary>Whether the service itself allows what no policy allows (S3: who began an upload may end it).</summary>
    bool Allows(RestRequest request, Call call, AccessDecision denied);

    /// <summary>What a caller is told who may not; null: what IAM says. (S3: everybody is told that a bucket is not there.)</summary>
    AwsException? RefusalOf(RestRequest request, Call call, AccessDecision denied);
}
