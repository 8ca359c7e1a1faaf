using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Emulator.Configuration;
using Emulator.Protocols;

namespace Emulator.SigV4;

/// <summary>Signatures of S3 as they were before Version 4: in the header (<c>Authorization: AWS key:signature</c>), and in presigned URLs, which the AWS CLI and boto3 still make by default (<c>?AWSAccessKeyId=&amp;Expires=&amp;Signature=</c>).</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html</remarks>
internal sealed class SignatureVersion2(ICredentialLookup keys, TimeProvider clock, CredentialsMode mode, string defaultAccount, TimeProvider? clientClock = null)
{
    private const string Scheme = "AWS ";
    private const string TokenHeader = "x-amz-security-token";

    /// <summary>The parameters that are part of the signed resource, in their order.</summary>
    private static readonly string[] SubResources =
    [
        "accelerate", "acl", "analytics", "cors", "delete", "encryption", "intelligent-tiering", "inventory", "legal-hold", "lifecycle", "location", "logging", "metrics",
        "notification", "object-lock", "ownershipControls", "partNumber", "policy", "policyStatus", "publicAccessBlock", "replication", "requestPayment",
        "response-cache-control", "response-content-disposition", "response-content-encoding", "response-content-language", "response-content-type", "response-expires",
        "restore", "retention", "select", "select-type", "tagging", "torrent", "uploadId", "uploads", "versionId", "versioning", "versions", "website",
    ];

    /// <summary>Those of them that botocore leaves out: what is signed without them is taken too.</summary>
    private static readonly string[] UnsignedByBotocore = ["encryption", "intelligent-tiering", "legal-hold", "ownershipControls", "policyStatus", "publicAccessBlock", "retention"];

    public static bool IsInQuery(RestRequest request) => request.HasQuery("AWSAccessKeyId") || request.HasQuery("Signature");

    public static bool IsInHeader(ReadOnlySpan<char> authorization) => authorization.StartsWith(Scheme, StringComparison.Ordinal);

    public Authentication AuthenticateQuery(RestRequest request, string region, PayloadSignature payload)
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
        return Authenticate(request, new(accessKeyId, signature, request.QueryValue(TokenHeader) ?? request.Header(TokenHeader), expires), region, payload, sent: null);
    }

    public Authentication AuthenticateHeader(RestRequest request, string authorization, string region, PayloadSignature payload)
    {
        var text = authorization.AsSpan(Scheme.Length).Trim();
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || colon == text.Length - 1 || text.Contains(' ')) throw SigV4Errors.KeyAndSignatureExpected(authorization);
        // The text that is signed has no Date where there is the header of Amazon's own.
        var ownDate = request.Header("x-amz-date");
        var date = ownDate ?? request.Header("Date") ?? "";
        var sent = HeaderDate.Parse(date) ?? throw SigV4Errors.InvalidDate(AuthDialect.S3, inQuery: false, date);
        return Authenticate(request, new(text[..colon].ToString(), text[(colon + 1)..].ToString(), request.Header(TokenHeader), ownDate is null ? date : ""), region, payload, sent);
    }

    /// <param name="Date">As it is signed: the header's, or when a URL expires.</param>
    private readonly record struct Signed(string AccessKeyId, string Signature, string? Token, string Date);

    /// <param name="sent">When a request was signed that must be in time; null for a URL.</param>
    private Authentication Authenticate(RestRequest request, in Signed signed, string region, PayloadSignature payload, DateTimeOffset? sent)
    {
        var key = keys.Find(signed.AccessKeyId);
        if (key is null && mode == CredentialsMode.Any) return new(Credential.RootCaller(signed.AccessKeyId, defaultAccount), region, null, payload);
        var now = clock.GetUtcNow();
        if (sent is { } time) ClockSkew.Check(time, now, clientClock, AuthDialect.S3);
        if (key is null) throw SigV4Errors.UnknownKey(AuthDialect.S3, signed.AccessKeyId);
        key.CheckToken(signed.Token, signed.AccessKeyId, now, AuthDialect.S3);
        Verify(request, key, signed);
        return new(key.Caller, region, null, payload);
    }

    private static void Verify(RestRequest request, KnownKey key, in Signed signed)
    {
        var stringToSign = StringToSign(request, signed.Date, request.RawPath, SubResources);
        if (IsSignature(signed.Signature, key, stringToSign)) return;
        // boto3 signs /bucket/ where it sends /bucket: its signature is made for a virtual host, whichever style the URL has.
        // Source: https://github.com/boto/boto3/issues/4433
        var isBucket = request.RawPath.Length > 1 && request.RawPath.IndexOf('/', 1) < 0;
        var resource = isBucket ? request.RawPath + "/" : request.RawPath;
        if (IsSignature(signed.Signature, key, StringToSign(request, signed.Date, resource, SubResources))) return;
        if (IsSignature(signed.Signature, key, StringToSign(request, signed.Date, resource, SubResources.Except(UnsignedByBotocore)))) return;
        throw SigV4Errors.SignatureDoesNotMatch(AuthDialect.S3, signed.AccessKeyId, signed.Signature, stringToSign, default);
    }

    /// <summary>Whether a text was signed with the key's secret: HMAC-SHA1 in base 64.</summary>
    public static bool IsSignature(string signature, KnownKey key, ReadOnlySpan<byte> stringToSign)
    {
        Span<byte> given = stackalloc byte[HMACSHA1.HashSizeInBytes];
        return Convert.TryFromBase64String(signature, given, out var length) && length == given.Length
            && CryptographicOperations.FixedTimeEquals(given, HMACSHA1.HashData(Encoding.UTF8.GetBytes(key.SecretAccessKey), stringToSign));
    }

    /// <param name="resource">Begins with the bucket, however it was addressed, and stays encoded as it came.</param>
    private static byte[] StringToSign(RestRequest request, string date, string resource, IEnumerable<string> subResources)
    {
        var text = new StringBuilder().Append(request.Method).Append('\n')
            .Append(request.Header("Content-MD5")).Append('\n')
            .Append(request.Header("Content-Type")).Append('\n')
            .Append(date).Append('\n');
        AppendAmzHeaders(text, request);
        text.Append(resource);
        var separator = '?';
        foreach (var name in subResources)
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
