using System.Globalization;
using System.Text;
using Emulator.Protocols;

namespace Emulator.SigV4;

/// <summary>An access key as who signs with it knows it.</summary>
internal sealed record SigningCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken = null)
{
    /// <summary>Secrets stay out of texts.</summary>
    public override string ToString() => AccessKeyId;
}

/// <summary>Signs requests that are sent to others, over the same text by which <see cref="SigV4Verifier"/> verifies those that come.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html</remarks>
internal static class RequestSigner
{
    /// <summary>Adds date, session token and signature to a request to S3. All headers that it has by now are signed.</summary>
    /// <param name="payloadHash">The body's SHA-256 in hexadecimal digits, or one of the words that stand for it.</param>
    public static void SignS3(RestRequest request, SigningCredentials credentials, string region, DateTimeOffset time, string payloadHash)
    {
        request.Headers["x-amz-content-sha256"] = payloadHash;
        request.Headers["x-amz-date"] = SigV4Errors.Basic(time);
        if (credentials.SessionToken is { } token) request.Headers["x-amz-security-token"] = token;
        request.Headers.Authorization = Authorization(request, credentials, region, "s3", time, payloadHash, s3: true);
    }

    /// <summary>The Authorization header of a request.</summary>
    /// <param name="s3">S3 signs the path as it is; the other services normalise it.</param>
    public static string Authorization(RestRequest request, SigningCredentials credentials, string region, string service, DateTimeOffset time, string payloadHash, bool s3)
    {
        var names = request.Headers.Keys.Select(name => name.ToLowerInvariant()).Append("host").Distinct().Order(StringComparer.Ordinal).ToArray();
        var signedHeaders = string.Join(';', names);
        var day = time.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var scope = $"{day}/{region}/{service}/aws4_request";

        var canonical = new Utf8Buffer(stackalloc byte[2048]);
        CanonicalRequest.Write(ref canonical, request, signedHeaders, names, payloadHash, s3);
        var stringToSign = new Utf8Buffer(stackalloc byte[256]);
        SigV4Verifier.WriteStringToSign(ref stringToSign, time, scope, canonical.Written);
        Span<byte> signature = stackalloc byte[2 * SigningKey.SizeBytes];
        SigningKey.Sign(SigningKey.Derive(credentials.SecretAccessKey, day, region, service), stringToSign.Written, signature);
        canonical.Dispose();
        stringToSign.Dispose();
        return $"AWS4-HMAC-SHA256 Credential={credentials.AccessKeyId}/{scope}, SignedHeaders={signedHeaders}, Signature={Encoding.ASCII.GetString(signature)}";
    }
}
