using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Emulator.Configuration;
using Emulator.Protocols;

namespace Emulator.SigV4;

/// <summary>Presigned URLs of S3 in the form that came before Version 4, which the AWS CLI and boto3 still make by default: <c>?AWSAccessKeyId=&amp;Expires=&amp;Signature=</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html#RESTAuthenticationQueryStringAuth</remarks>
internal sealed class SignatureVersion2(ICredentialLookup keys, TimeProvider clock, CredentialsMode mode, string defaultAccount)
{
    /// <summary>The parameters that are part of the signed resource, in their order.</summary>
    private static readonly string[] SubResources =
    [
        "accelerate", "acl", "analytics", "cors", "delete", "encryption", "intelligent-tiering", "inventory", "legal-hold", "lifecycle", "location", "logging", "metrics",
        "notification", "object-lock", "ownershipControls", "partNumber", "policy", "policyStatus", "publicAccessBlock", "replication", "requestPayment",
        "response-cache-control", "response-content-disposition", "response-content-encoding", "response-content-language", "response-content-type", "response-expires",
        "restore", "retention", "select", "select-type", "tagging", "torrent", "uploadId", "uploads", "versionId", "versioning", "versions", "website",
    ];

    public static bool IsIn(RestRequest request) => request.HasQuery("AWSAccessKeyId") || request.HasQuery("Signature");

    public Authentication Authenticate(RestRequest request, string region, PayloadSignature payload)
    {
        if (request.QueryValue("AWSAccessKeyId") is not { } accessKeyId || request.QueryValue("Signature") is not { } signature || request.QueryValue("Expires") is not { } expires)
        {
            throw new AwsException("AccessDenied", "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters", 403);
        }
        if (!long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            throw new AwsException("AccessDenied", $"Invalid date (should be seconds since epoch): {expires}", 403);
        }
        var until = DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (clock.GetUtcNow() > until) throw SigV4Errors.Expired(until, clock.GetUtcNow());

        var key = keys.Find(accessKeyId);
        if (key is null && mode == CredentialsMode.Any) return new(Credential.RootCaller(accessKeyId, defaultAccount), region, null, payload);
        if (key is null) throw SigV4Errors.UnknownKey(AuthDialect.S3, accessKeyId);
        if (key.SessionToken is not null)
        {
            if (request.QueryValue("x-amz-security-token") is not { } token) throw SigV4Errors.UnknownKey(AuthDialect.S3, accessKeyId);
            if (token != key.SessionToken) throw SigV4Errors.InvalidToken(AuthDialect.S3, token);
            if (key.Expiration <= clock.GetUtcNow()) throw SigV4Errors.ExpiredToken(AuthDialect.S3, token);
        }
        var stringToSign = StringToSign(request, expires, request.RawPath);
        // boto3 signs /bucket/ where it sends /bucket: its signature is made for a virtual host, whichever style the URL has.
        // Source: https://github.com/boto/boto3/issues/4433
        var isBucket = request.RawPath.Length > 1 && request.RawPath.IndexOf('/', 1) < 0;
        if (!IsSignature(signature, key, stringToSign) && !(isBucket && IsSignature(signature, key, StringToSign(request, expires, request.RawPath + "/"))))
        {
            throw SigV4Errors.SignatureDoesNotMatch(AuthDialect.S3, accessKeyId, signature, stringToSign, default);
        }
        return new(key.Caller, region, null, payload);
    }

    private static bool IsSignature(string signature, KnownKey key, byte[] stringToSign)
    {
        Span<byte> given = stackalloc byte[HMACSHA1.HashSizeInBytes];
        return Convert.TryFromBase64String(signature, given, out var length) && length == given.Length
            && CryptographicOperations.FixedTimeEquals(given, HMACSHA1.HashData(Encoding.UTF8.GetBytes(key.SecretAccessKey), stringToSign));
    }

    private static byte[] StringToSign(RestRequest request, string expires, string resource)
    {
        var text = new StringBuilder().Append(request.Method).Append('\n')
            .Append(request.Header("Content-MD5")).Append('\n')
            .Append(request.Header("Content-Type")).Append('\n')
            .Append(expires).Append('\n');
        AppendAmzHeaders(text, request);
        // The resource begins with the bucket, however it was addressed; the path stays encoded as it came.
        text.Append(resource);
        var separator = '?';
        foreach (var name in SubResources)
        {
            if (request.QueryValue(name) is not { } value) continue;
            text.Append(separator).Append(name);
            if (value.Length > 0) text.Append('=').Append(value);
            separator = '&';
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The headers of Amazon's own, and those that clients put into the query instead (a session token), by name.</summary>
    private static void AppendAmzHeaders(StringBuilder text, RestRequest request)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in request.Headers)
        {
            var lower = name.ToLowerInvariant();
            if (lower.StartsWith("x-amz-", StringComparison.Ordinal)) headers[lower] = string.Join(',', values.Select(value => value?.Trim()));
        }
        foreach (var (name, value) in request.Query)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)) headers.TryAdd(name.ToLowerInvariant(), value);
        }
        foreach (var (name, value) in headers) text.Append(name).Append(':').Append(value).Append('\n');
    }
}
