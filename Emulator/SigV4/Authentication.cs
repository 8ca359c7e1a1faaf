using Emulator.Iam;

namespace Emulator.SigV4;

/// <summary>How a service words its refusal of a signature.</summary>
internal enum AuthDialect
{
    /// <summary>S3: codes of its own, further elements, and the path signed as it is.</summary>
    S3,

    /// <summary>awsJson: DynamoDB, Cognito. Always 400.</summary>
    Json,

    /// <summary>restJson: Lambda, API Gateway. 403, and the canonical string in the text of a mismatch.</summary>
    RestJson,

    /// <summary>awsQuery: STS, IAM.</summary>
    Query,
}

/// <summary>What a request's signature says: who calls, where, and how its body is to be verified while it is read.</summary>
/// <param name="SigningService">The service of the credential scope; null for the anonymous caller and for Version 2, whose signatures have none.</param>
internal readonly record struct Authentication(Caller Caller, string Region, string? SigningService, PayloadSignature Payload)
{
    /// <summary>The region that was signed for; null where the signature has none.</summary>
    public string? SignedRegion => SigningService is null ? null : Region;

    /// <summary>Nobody signed, or nobody looks: the body is taken as it is.</summary>
    public static Authentication Anonymous(string region) => new(Caller.Anonymous, region, null, PayloadSignature.Unsigned);
}
