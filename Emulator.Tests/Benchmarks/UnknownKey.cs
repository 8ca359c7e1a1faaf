namespace Emulator.Tests.Benchmarks;

/// <summary>A signature by a key that nobody declared: it is the root of the default account (<c>credentials: any</c>), and its form is enough.</summary>
internal static class UnknownKey
{
    public static string Date { get; } = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'");

    public static string Authorization(string service) =>
        $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/{Date[..8]}/us-east-1/{service}/aws4_request, SignedHeaders=host;x-amz-date, Signature={new string('0', 64)}";

    public static HttpRequestMessage Signed(this HttpRequestMessage request, string service)
    {
        request.Headers.TryAddWithoutValidation("X-Amz-Date", Date);
        request.Headers.TryAddWithoutValidation("Authorization", Authorization(service));
        // As SDKs do over TLS. Others do not look at it.
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        return request;
    }
}
