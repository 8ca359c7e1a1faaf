using Emulator.Iam;

namespace Emulator.Integration;

/// <summary>Verifies signatures that stand in a form instead of the request: those of a browser's upload to S3.</summary>
internal interface IFormSignatures
{
    /// <summary>Who signed the policy; throws the refusal of a signature, key or token that is wrong.</summary>
    Caller Verify(FormSignature form);
}

/// <summary>The policy of a form and how it is signed.</summary>
/// <param name="Policy">In base 64, as it came: what is signed.</param>
/// <param name="Credential">Version 4: <c>AKID/20260101/eu-west-1/s3/aws4_request</c>; Version 2: the access key's id.</param>
internal sealed record FormSignature(string Policy, string Credential, string Signature, string? SecurityToken, bool IsVersion4);
