using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Emulator.Configuration;
using Emulator.Protocols;

namespace Emulator.SigV4;

/// <summary>Finds out who signed a request, and whether the signature is theirs.</summary>
/// <remarks>Credentials that the emulator knows are verified in full. Others stand for the root of an account in <see cref="CredentialsMode.Any"/>, and nothing is verified but form and expiry; in <see cref="CredentialsMode.Known"/> they are refused.</remarks>
/// <param name="clock">The emulator's: what expires, expires by it.</param>
/// <param name="clientClock">
/// The clock that clients sign by, where it is another one. A request whose time agrees with either is in time: after <c>Clock.Advance</c> most clients
/// would never be let in again, and those that learn the difference (the AWS SDK for .NET) keep it for all emulators of the process.
/// </param>
internal sealed class SigV4Verifier(ICredentialLookup keys, TimeProvider clock, CredentialsMode mode, string defaultAccount, TimeProvider? clientClock = null)
{
    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";
    private const int SignatureChars = 2 * SigningKey.SizeBytes;

    private readonly SignatureVersion2 _version2 = new(keys, clock, mode, defaultAccount, clientClock);
    private readonly BoundedCache<Credential> _credentials = new();
    private readonly BoundedCache<string[]> _signedHeaders = new();

    /// <summary>Throws the refusal in the service's own words; a request without any signature is the anonymous caller's.</summary>
    /// <param name="request">With <see cref="RestRequest.Content"/> set, unless the service is S3.</param>
    /// <param name="service">The signing name that the scope must have, as <c>s3</c>, <c>dynamodb</c>, <c>execute-api</c>.</param>
    public Authentication Authenticate(RestRequest request, string service, string defaultRegion, AuthDialect dialect)
    {
        var authorization = request.Headers.Authorization.ToString();
        var inQuery = request.RawQuery.Length > 0 && IsSignedInQuery(request, dialect);
        var inQueryOfVersion2 = !inQuery && dialect == AuthDialect.S3 && request.RawQuery.Length > 0 && SignatureVersion2.IsInQuery(request);
        if (authorization.Length > 0 && (inQuery || inQueryOfVersion2)) throw SigV4Errors.TwoSignatures(dialect, authorization);
        if (inQuery) return Authenticate(request, SignatureFields.FromQuery(request, dialect), service, dialect);
        if (dialect == AuthDialect.S3)
        {
            if (inQueryOfVersion2) return _version2.AuthenticateQuery(request, defaultRegion, AnonymousPayload(request));
            if (SignatureVersion2.IsInHeader(authorization)) return _version2.AuthenticateHeader(request, authorization, defaultRegion, AnonymousPayload(request));
            if (authorization.Length == 0) return Authentication.Anonymous(defaultRegion) with { Payload = AnonymousPayload(request) };
        }
        // Observed: what is not of Signature Version 4 is as good as absent; but Lambda and API Gateway say what is wrong with it.
        else if (authorization.Length == 0 || (dialect != AuthDialect.RestJson && !authorization.AsSpan().TrimStart().StartsWith("AWS4-")))
        {
            return Authentication.Anonymous(defaultRegion);
        }
        return Authenticate(request, SignatureFields.FromHeader(request, authorization, dialect), service, dialect);
    }

    /// <summary>The body of a request to S3 without its framing, verified while it is read.</summary>
    /// <param name="raw">The body as it came.</param>
    public static Stream Decode(Stream raw, RestRequest request, Authentication authentication)
    {
        var payload = authentication.Payload;
        if (payload.Kind == PayloadKind.Sha256) return new HashedStream(raw, payload.Sha256!, request.ContentLength);
        if (!payload.IsChunked) return raw;
        return new AwsChunkedStream(raw, payload, DecodedLength(request, authentication)!.Value, request.Header("x-amz-trailer"));
    }

    /// <summary>The declared length of the body without its framing; null where none is declared.</summary>
    public static long? DecodedLength(RestRequest request, Authentication authentication)
    {
        if (!authentication.Payload.IsChunked) return request.ContentLength;
        return long.TryParse(request.Header("x-amz-decoded-content-length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : throw PayloadErrors.MissingDecodedLength();
    }

    private Authentication Authenticate(RestRequest request, in SignatureFields fields, string service, AuthDialect dialect)
    {
        var time = ParseDate(fields.Date, fields.InQuery) ?? throw SigV4Errors.InvalidDate(dialect, fields.InQuery, fields.Date);
        var credential = FindCredential(fields, dialect);
        CheckScope(credential, fields, time, service, dialect);
        var expires = fields.InQuery ? ParseExpires(fields.Expires, dialect) : 0;
        var key = keys.Find(credential.AccessKeyId);
        if (key is null && mode == CredentialsMode.Any)
        {
            if (fields.InQuery) CheckNotExpired(time, expires, dialect);
            return new(credential.RootCaller(defaultAccount), credential.Region, credential.Service, Payload(request, fields.InQuery, dialect));
        }
        if (fields.InQuery) CheckIsCurrent(time, expires, dialect);
        else ClockSkew.Check(time, clock.GetUtcNow(), clientClock, dialect);
        if (key is null) throw SigV4Errors.UnknownKey(dialect, credential.AccessKeyId);
        key.CheckToken((fields.InQuery ? request.QueryValue("X-Amz-Security-Token") : null) ?? request.Header("x-amz-security-token"), credential.AccessKeyId, clock.GetUtcNow(), dialect);
        var payload = Payload(request, fields.InQuery, dialect);
        var signingKey = credential.SigningKeyFor(key.SecretAccessKey);
        Verify(request, fields, credential, signingKey, time, dialect);
        if (payload.Kind is PayloadKind.SignedChunks or PayloadKind.SignedChunksWithTrailer)
        {
            payload = payload with { Signer = new ChunkSigner(signingKey, time, credential, fields.Signature) };
        }
        return new(key.Caller, credential.Region, credential.Service, payload);
    }

    private static bool IsSignedInQuery(RestRequest request, AuthDialect dialect)
    {
        if (!request.RawQuery.Contains("X-Amz-", StringComparison.Ordinal)) return false;
        if (request.HasQuery("X-Amz-Algorithm")) return true;
        // Recorded: S3 takes any of the parameters for a presigned URL that lacks the others. Observed: the other services ask for the algorithm alone.
        return dialect == AuthDialect.S3 && (request.HasQuery("X-Amz-Credential") || request.HasQuery("X-Amz-Signature"));
    }

    private Credential FindCredential(in SignatureFields fields, AuthDialect dialect)
    {
        if (_credentials.Find(fields.Credential) is { } known) return known;
        var credential = Credential.Parse(fields.Credential) ?? throw SigV4Errors.MalformedCredential(dialect, fields.InQuery, fields.Credential.ToString());
        _credentials.Add(fields.Credential, credential);
        return credential;
    }

    private static void CheckScope(Credential credential, in SignatureFields fields, DateTimeOffset time, string service, AuthDialect dialect)
    {
        Span<char> day = stackalloc char[8];
        time.UtcDateTime.TryFormat(day, out _, "yyyyMMdd", CultureInfo.InvariantCulture);
        var validRegion = IsRegion(credential.Region);
        if (credential.AccessKeyId.Length > 0 && validRegion && credential.Service == service && credential.Terminator == "aws4_request" && day.SequenceEqual(credential.Date)) return;
        if (dialect != AuthDialect.S3)
        {
            throw credential.AccessKeyId.Length == 0
                ? SigV4Errors.UnknownKey(dialect, "")
                : SigV4Errors.WrongScope(dialect, credential, validRegion, service, day.ToString(), fields.Date);
        }
        if (credential.AccessKeyId.Length == 0) throw SigV4Errors.EmptyAccessKey(fields.InQuery);
        if (credential.Service != service || credential.Terminator != "aws4_request" || !IsDay(credential.Date)) throw SigV4Errors.WrongScope(fields.InQuery, credential, service);
        if (!validRegion) throw SigV4Errors.WrongRegion(fields.InQuery, credential.Region, "us-east-1");
        throw SigV4Errors.WrongDay(fields.InQuery, credential.Date, day.ToString());
    }

    /// <summary>Whether it could be a region's name: it becomes part of ARNs and of the store's keys.</summary>
    private static bool IsRegion(string region) => region.Length is > 0 and <= 64 && !region.AsSpan().ContainsAnyExcept(RegionChars);

    private static bool IsDay(string day) => DateTime.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>The basic form of ISO 8601; in a header also those of mail and HTTP.</summary>
    private static DateTimeOffset? ParseDate(string date, bool inQuery)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(date, SigV4Errors.BasicDate, CultureInfo.InvariantCulture, utc, out var time)) return time;
        return inQuery ? null : HeaderDate.Parse(date);
    }

    /// <summary>Services other than S3 do not ask for X-Amz-Expires; without it the signature holds as long as one in a header.</summary>
    private static int ParseExpires(string expires, AuthDialect dialect)
    {
        if (expires.Length == 0) return (int)SigV4Limits.MaxSkew.TotalSeconds;
        if (!long.TryParse(expires, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)) throw SigV4Errors.InvalidExpires(dialect, "X-Amz-Expires should be a number");
        if (seconds < 0) throw SigV4Errors.InvalidExpires(dialect, "X-Amz-Expires must be non-negative");
        if (seconds > SigV4Limits.MaxExpiresSeconds)
        {
            throw SigV4Errors.InvalidExpires(dialect, "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds");
        }
        return (int)seconds;
    }

    private void CheckNotExpired(DateTimeOffset time, int expiresSeconds, AuthDialect dialect)
    {
        var now = clock.GetUtcNow();
        if (now <= time.AddSeconds(expiresSeconds)) return;
        throw dialect == AuthDialect.S3
            ? SigV4Errors.Expired(time, expiresSeconds, now)
            : SigV4Errors.Skewed(dialect, time, now, TimeSpan.FromSeconds(expiresSeconds));
    }

    private void CheckIsCurrent(DateTimeOffset time, int expiresSeconds, AuthDialect dialect)
    {
        CheckNotExpired(time, expiresSeconds, dialect);
        var now = clock.GetUtcNow();
        if (time - now <= SigV4Limits.MaxSkew || time - clientClock?.GetUtcNow() <= SigV4Limits.MaxSkew) return;
        throw dialect == AuthDialect.S3
            ? SigV4Errors.NotYetValid(time, expiresSeconds, now)
            : SigV4Errors.Skewed(dialect, time, now, SigV4Limits.MaxSkew);
    }

    private void Verify(RestRequest request, in SignatureFields fields, Credential credential, byte[] signingKey, DateTimeOffset time, AuthDialect dialect)
    {
        var names = SignedHeaderNames(fields.SignedHeaders);
        CheckSignedHeaders(request, names, dialect);
        Span<byte> canonicalStack = stackalloc byte[2048];
        var canonical = new Utf8Buffer(canonicalStack);
        Span<char> hash = stackalloc char[SignatureChars];
        CanonicalRequest.Write(ref canonical, request, fields.SignedHeaders, names, PayloadHash(request, fields.InQuery, dialect, hash), dialect == AuthDialect.S3);
        Span<byte> signedStack = stackalloc byte[256];
        var stringToSign = new Utf8Buffer(signedStack);
        WriteStringToSign(ref stringToSign, time, credential.Scope, canonical.Written);
        Span<byte> expected = stackalloc byte[SignatureChars];
        SigningKey.Sign(signingKey, stringToSign.Written, expected);
        if (!Matches(expected, fields.Signature))
        {
            throw SigV4Errors.SignatureDoesNotMatch(dialect, credential.AccessKeyId, fields.Signature.ToString(), stringToSign.Written, canonical.Written);
        }
        canonical.Dispose();
        stringToSign.Dispose();
    }

    internal static void WriteStringToSign(ref Utf8Buffer output, DateTimeOffset time, string scope, scoped ReadOnlySpan<byte> canonicalRequest)
    {
        Span<char> timestamp = stackalloc char[16];
        time.UtcDateTime.TryFormat(timestamp, out _, SigV4Errors.BasicDate, CultureInfo.InvariantCulture);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonicalRequest, hash);
        output.Append("AWS4-HMAC-SHA256\n"u8);
        output.Append(timestamp);
        output.Append((byte)'\n');
        output.Append(scope);
        output.Append((byte)'\n');
        output.AppendHex(hash);
    }

    private static bool Matches(ReadOnlySpan<byte> expected, ReadOnlySpan<char> signature)
    {
        Span<byte> provided = stackalloc byte[SignatureChars];
        return signature.Length == SignatureChars && Ascii.FromUtf16(signature, provided, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(expected, provided);
    }

    private string[] SignedHeaderNames(ReadOnlySpan<char> signedHeaders)
    {
        if (_signedHeaders.Find(signedHeaders) is { } known) return known;
        var names = signedHeaders.ToString().ToLowerInvariant().Split(';');
        _signedHeaders.Add(signedHeaders, names);
        return names;
    }

    /// <summary>S3 wants every x-amz-* header that is sent to be signed, the others the host alone.</summary>
    private static void CheckSignedHeaders(RestRequest request, string[] names, AuthDialect dialect)
    {
        if (dialect != AuthDialect.S3)
        {
            if (!names.Contains("host") && !names.Contains(":authority")) throw SigV4Errors.HostNotSigned(dialect);
            return;
        }
        List<string>? missing = names.Contains("host") ? null : ["host"];
        foreach (var (name, _) in request.Headers)
        {
            // Recorded: x-amz-content-sha256 may stay out; its value is part of what is signed in any case.
            if (!name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) || name.Equals("x-amz-content-sha256", StringComparison.OrdinalIgnoreCase)) continue;
            if (!names.Contains(name, StringComparer.OrdinalIgnoreCase)) (missing ??= []).Add(name.ToLowerInvariant());
        }
        if (missing is null) return;
        missing.Sort(StringComparer.Ordinal);
        throw SigV4Errors.HeadersNotSigned(missing);
    }

    /// <summary>What stands for the body at the end of the canonical request.</summary>
    private static ReadOnlySpan<char> PayloadHash(RestRequest request, bool inQuery, AuthDialect dialect, Span<char> buffer)
    {
        var declared = DeclaredHash(request, inQuery);
        if (dialect == AuthDialect.S3 || declared == UnsignedPayload) return declared ?? UnsignedPayload;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(request.Content.Span, hash);
        Convert.TryToHexStringLower(hash, buffer, out _);
        return buffer;
    }

    private static PayloadSignature AnonymousPayload(RestRequest request)
    {
        var declared = request.Header("x-amz-content-sha256");
        if (declared is null) return PayloadSignature.Unsigned;
        var kind = PayloadSignature.KindOf(declared) ?? throw SigV4Errors.InvalidContentSha256(declared);
        if (kind is PayloadKind.SignedChunks or PayloadKind.SignedChunksWithTrailer) throw SigV4Errors.AnonymousSignedChunks();
        return kind switch
        {
            PayloadKind.Sha256 => new(PayloadKind.Sha256, declared),
            PayloadKind.UnsignedChunksWithTrailer => new(PayloadKind.UnsignedChunksWithTrailer),
            _ => PayloadSignature.Unsigned,
        };
    }

    /// <summary>What the request says of its body; S3 wants it said.</summary>
    private static PayloadSignature Payload(RestRequest request, bool inQuery, AuthDialect dialect)
    {
        if (dialect != AuthDialect.S3) return PayloadSignature.Buffered;
        var declared = DeclaredHash(request, inQuery);
        if (declared is null) return inQuery ? PayloadSignature.Unsigned : throw SigV4Errors.MissingContentSha256();
        var kind = PayloadSignature.KindOf(declared) ?? throw SigV4Errors.InvalidContentSha256(declared);
        return kind switch
        {
            PayloadKind.Unsigned => PayloadSignature.Unsigned,
            PayloadKind.Sha256 => new(kind, declared),
            _ => new(kind),
        };
    }

    private static string? DeclaredHash(RestRequest request, bool inQuery) =>
        request.Header("x-amz-content-sha256") ?? (inQuery ? request.QueryValue("X-Amz-Content-Sha256") : null);

    private static readonly System.Buffers.SearchValues<char> RegionChars = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
}
