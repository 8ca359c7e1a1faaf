namespace Emulator.Tests.S3;

/// <summary>Headers of a request that is signed by a key unknown to the emulator: with <c>credentials: any</c> the form is enough.</summary>
internal static class S3Signing
{
    public const string Date = "20260101T000000Z";

    public static string RootKey { get; } =
        $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature={new string('0', 64)}";
}
