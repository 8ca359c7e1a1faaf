using System.Globalization;
using System.Text;
using Emulator.Protocols;

namespace Emulator.SigV4;

/// <summary>The refusals of a signature, as each kind of service words them.</summary>
/// <remarks>
/// S3: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and what AWS answered (SigV4/README.md).
/// The others: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html and likewise.
/// </remarks>
internal static class SigV4Errors
{
    public const string BasicDate = "yyyyMMdd'T'HHmmss'Z'";
    private const string ExtendedDate = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string Mismatch = "The request signature we calculated does not match the signature you provided.";

    /// <summary>An operation that must be signed was not.</summary>
    /// <param name="service">The signing name, as <c>dynamodb</c>.</param>
    public static AwsException MissingToken(AuthDialect dialect, string? service = null) => dialect switch
    {
        AuthDialect.S3 => new("AccessDenied", "Access Denied", 403),
        AuthDialect.Json when service is not null && service.StartsWith("cognito", StringComparison.Ordinal) => new("MissingAuthenticationTokenException", "Missing Authentication Token"),
        AuthDialect.Json => new("MissingAuthenticationTokenException", "Request is missing Authentication Token"),
        AuthDialect.RestJson => new("MissingAuthenticationTokenException", "Missing Authentication Token", 403),
        _ => new("MissingAuthenticationToken", "Request is missing Authentication Token", 403),
    };

    /// <summary>Both an Authorization header and a signature in the query.</summary>
    public static AwsException TwoSignatures(AuthDialect dialect, string authorization) => dialect == AuthDialect.S3
        ? InvalidArgument("Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified", "Authorization", authorization)
        : InvalidSignature(dialect, "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");

    public static AwsException UnsupportedAlgorithm(AuthDialect dialect, bool inQuery, string algorithm, string authorization) => (dialect, inQuery) switch
    {
        (AuthDialect.S3, true) => QueryParameters("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\""),
        (AuthDialect.S3, false) => InvalidArgument("Unsupported Authorization Type", "Authorization", authorization),
        _ => Incomplete(dialect, $"Unsupported AWS 'algorithm': '{algorithm}' (only AWS4-HMAC-SHA256 for now). "),
    };

    /// <summary>S3: the header is one word.</summary>
    public static AwsException OneSpaceRequired(string authorization) =>
        InvalidArgument("Authorization header is invalid -- one and only one ' ' (space) required", "Authorization", authorization);

    /// <summary>S3: the header is of Version 2, and not whole.</summary>
    public static AwsException KeyAndSignatureExpected(string authorization) =>
        InvalidArgument("AWS authorization header is invalid.  Expected AwsAccessKeyId:signature", "Authorization", authorization);

    /// <summary>S3: the header lacks one of its parts.</summary>
    public static AwsException ComponentsRequired() => Malformed("the authorization header requires three components: Credential, SignedHeaders, and Signature.");

    /// <summary>A part of the header that is not <c>key=value</c>.</summary>
    public static AwsException NotAPair(AuthDialect dialect, string part, string authorization) => dialect == AuthDialect.S3
        ? Malformed($"the authorization component \"{part}\" is malformed.")
        : Incomplete(dialect, $"'{part}' not a valid key=value pair (missing equal-sign) in Authorization header: '{authorization}'.");

    public static AwsException IncompleteHeader(AuthDialect dialect, bool credential, bool signature, bool signedHeaders, bool date, string authorization)
    {
        var text = new StringBuilder();
        if (!credential) text.Append("Authorization header requires 'Credential' parameter. ");
        if (!signature) text.Append("Authorization header requires 'Signature' parameter. ");
        if (!signedHeaders) text.Append("Authorization header requires 'SignedHeaders' parameter. ");
        if (!date) text.Append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        return Incomplete(dialect, text.Append("Authorization=").Append(authorization).ToString());
    }

    public static AwsException IncompleteQuery(AuthDialect dialect, bool algorithm, bool credential, bool signature, bool signedHeaders, bool date)
    {
        if (dialect == AuthDialect.S3)
        {
            return QueryParameters("Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
        }
        var text = new StringBuilder();
        if (!algorithm) text.Append("AWS query-string parameters must include 'X-Amz-Algorithm'. ");
        if (!credential) text.Append("AWS query-string parameters must include 'X-Amz-Credential'. ");
        if (!signature) text.Append("AWS query-string parameters must include 'X-Amz-Signature'. ");
        if (!signedHeaders) text.Append("AWS query-string parameters must include 'X-Amz-SignedHeaders'. ");
        if (!date) text.Append("AWS query-string parameters must include 'X-Amz-Date'. ");
        return Incomplete(dialect, text.Append("Re-examine the query-string parameters.").ToString());
    }

    public static AwsException InvalidDate(AuthDialect dialect, bool inQuery, string date) => (dialect, inQuery) switch
    {
        (AuthDialect.S3, true) => QueryParameters("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""),
        (AuthDialect.S3, false) => new("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header", 403),
        _ => Incomplete(dialect, $"Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601"),
    };

    public static AwsException InvalidExpires(AuthDialect dialect, string text) => dialect == AuthDialect.S3
        ? QueryParameters(text)
        : Incomplete(dialect, text);

    public static AwsException MalformedCredential(AuthDialect dialect, bool inQuery, string credential) => dialect == AuthDialect.S3
        ? Scope(inQuery, "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".")
        : Incomplete(dialect, $"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'");

    /// <summary>S3: the credential begins with the slash.</summary>
    public static AwsException EmptyAccessKey(bool inQuery) => Scope(inQuery, "a non-empty Access Key (AKID) must be provided in the credential.");

    /// <summary>S3: the request was signed for another region than the one it concerns.</summary>
    public static AwsException WrongRegion(bool inQuery, string region, string expected)
    {
        var text = $"the region '{region}' is wrong; expecting '{expected}'";
        return inQuery
            ? new("AuthorizationQueryParametersError", $"Error parsing the X-Amz-Credential parameter; {text}") { Members = [new("Region", expected)] }
            : new("AuthorizationHeaderMalformed", $"The authorization header is malformed; {text}") { Members = [new("Region", expected)] };
    }

    /// <summary>S3: the first part of the scope that is wrong.</summary>
    public static AwsException WrongScope(bool inQuery, Credential credential, string service)
    {
        if (credential.Service != service) return Scope(inQuery, $"incorrect service \"{credential.Service}\". This endpoint belongs to \"{service}\".");
        if (credential.Terminator != "aws4_request") return Scope(inQuery, $"incorrect terminal \"{credential.Terminator}\". This endpoint uses \"aws4_request\".");
        return Scope(inQuery, $"incorrect date format \"{credential.Date}\". This date in the credential must be in the format \"yyyyMMdd\".");
    }

    /// <summary>S3: the scope's day is not that of the request.</summary>
    public static AwsException WrongDay(bool inQuery, string day, string requestDay) => inQuery
        ? QueryParameters($"Invalid credential date \"{day}\". This date is not the same as X-Amz-Date: \"{requestDay}\".")
        : Malformed("Invalid credential date. Date is not the same as X-Amz-Date.");

    /// <summary>The other services: everything that is wrong with the scope, in one text.</summary>
    public static AwsException WrongScope(AuthDialect dialect, Credential credential, bool validRegion, string service, string requestDay, string date)
    {
        var text = new StringBuilder();
        if (!validRegion) text.Append($"Credential should be scoped to a valid region, not '{credential.Region}'. ");
        if (credential.Service != service) text.Append($"Credential should be scoped to correct service: '{service}'. ");
        if (credential.Terminator != "aws4_request") text.Append($"Credential should be scoped with a valid terminator: 'aws4_request', not '{credential.Terminator}'. ");
        if (credential.Date != requestDay) text.Append($"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{credential.Date}' != '{requestDay}', from '{date}'.");
        return InvalidSignature(dialect, text.ToString());
    }

    public static AwsException UnknownKey(AuthDialect dialect, string accessKeyId) => dialect == AuthDialect.S3
        ? new("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403) { Members = [new("AWSAccessKeyId", accessKeyId)] }
        : Refused(dialect, "UnrecognizedClientException", "InvalidClientTokenId", "The security token included in the request is invalid.");

    /// <summary>Temporary credentials with a session token that is not theirs.</summary>
    public static AwsException InvalidToken(AuthDialect dialect, string token) => dialect == AuthDialect.S3
        ? new("InvalidToken", "The provided token is malformed or otherwise invalid.") { Members = [new("Token-0", token)] }
        : Refused(dialect, "UnrecognizedClientException", "InvalidClientTokenId", "The security token included in the request is invalid.");

    public static AwsException ExpiredToken(AuthDialect dialect, string token) => dialect == AuthDialect.S3
        ? new("ExpiredToken", "The provided token has expired.") { Members = [new("Token-0", token)] }
        : Refused(dialect, "ExpiredTokenException", "ExpiredToken", "The security token included in the request is expired");

    public static AwsException Skewed(AuthDialect dialect, DateTimeOffset requestTime, DateTimeOffset now, TimeSpan allowed)
    {
        if (dialect == AuthDialect.S3)
        {
            return new("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", 403)
            {
                Members = [new("RequestTime", Basic(requestTime)), new("ServerTime", Extended(now)), new("MaxAllowedSkewMilliseconds", (long)allowed.TotalMilliseconds)],
            };
        }
        var minutes = (long)allowed.TotalMinutes;
        return InvalidSignature(dialect, requestTime < now
            ? $"Signature expired: {Basic(requestTime)} is now earlier than {Basic(now - allowed)} ({Basic(now)} - {minutes} min.)"
            : $"Signature not yet current: {Basic(requestTime)} is still later than {Basic(now + allowed)} ({Basic(now)} + {minutes} min.)");
    }

    /// <summary>S3: a presigned URL whose time is in the future.</summary>
    public static AwsException NotYetValid(DateTimeOffset requestTime, int expiresSeconds, DateTimeOffset now) =>
        new("AccessDenied", "Request is not yet valid", 403)
        {
            Members = [new("X-Amz-Expires", expiresSeconds), new("Expires", Extended(requestTime.AddSeconds(expiresSeconds))), new("ServerTime", Extended(now))],
        };

    /// <summary>S3: a presigned URL whose time is over.</summary>
    public static AwsException Expired(DateTimeOffset requestTime, int expiresSeconds, DateTimeOffset now) =>
        new("AccessDenied", "Request has expired", 403)
        {
            Members = [new("X-Amz-Expires", expiresSeconds), new("Expires", Extended(requestTime.AddSeconds(expiresSeconds))), new("ServerTime", Extended(now))],
        };

    /// <summary>S3: a presigned URL of Version 2 whose time is over.</summary>
    public static AwsException Expired(DateTimeOffset until, DateTimeOffset now) =>
        new("AccessDenied", "Request has expired", 403) { Members = [new("Expires", Extended(until)), new("ServerTime", Extended(now))] };

    /// <summary>S3: headers that must be signed if they are sent.</summary>
    public static AwsException HeadersNotSigned(IEnumerable<string> names) =>
        new("AccessDenied", "There were headers present in the request which were not signed", 403) { Members = [new("HeadersNotSigned", string.Join(", ", names))] };

    /// <summary>The other services: only the host must be signed.</summary>
    public static AwsException HostNotSigned(AuthDialect dialect) => InvalidSignature(dialect, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");

    /// <summary>S3: a signature in the header speaks of a body, if only by a word.</summary>
    public static AwsException MissingContentSha256() => new("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");

    public static AwsException InvalidContentSha256(string value) => InvalidArgument(
        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
        "x-amz-content-sha256", value);

    /// <summary>S3: nobody's chunks cannot be signed.</summary>
    public static AwsException AnonymousSignedChunks() =>
        new("InvalidRequest", "Anonymous requests don't support this x-amz-content-sha256 value. Please use UNSIGNED-PAYLOAD or STREAMING-UNSIGNED-PAYLOAD-TRAILER.");

    public static AwsException SignatureDoesNotMatch(AuthDialect dialect, string accessKeyId, string signature, ReadOnlySpan<byte> stringToSign, ReadOnlySpan<byte> canonicalRequest) => dialect switch
    {
        AuthDialect.S3 => new("SignatureDoesNotMatch", Mismatch + " Check your key and signing method.", 403)
        {
            Members =
            [
                new("AWSAccessKeyId", accessKeyId),
                new("StringToSign", Encoding.UTF8.GetString(stringToSign)),
                new("SignatureProvided", signature),
                new("StringToSignBytes", HexBytes(stringToSign)),
                .. CanonicalRequestMembers(canonicalRequest),
            ],
        },
        // Observed by many: Lambda and API Gateway tell both texts, DynamoDB, Cognito and STS no longer do.
        AuthDialect.RestJson => InvalidSignature(dialect,
            $"{Mismatch} Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\n"
            + $"The Canonical String for this request should have been\n'{Encoding.UTF8.GetString(canonicalRequest)}'\n\n"
            + $"The String-to-Sign should have been\n'{Encoding.UTF8.GetString(stringToSign)}'\n"),
        _ => InvalidSignature(dialect, Mismatch + " Check your AWS Secret Access Key and signing method. Consult the service documentation for details."),
    };

    private static AwsException Malformed(string text) => new("AuthorizationHeaderMalformed", "The authorization header is malformed; " + text);

    private static AwsException QueryParameters(string text) => new("AuthorizationQueryParametersError", text);

    private static AwsException Scope(bool inQuery, string text) => inQuery ? QueryParameters("Error parsing the X-Amz-Credential parameter; " + text) : Malformed(text);

    private static AwsException InvalidArgument(string message, string name, string value) =>
        new("InvalidArgument", message) { Members = [new("ArgumentName", name), new("ArgumentValue", value)] };

    private static AwsException Incomplete(AuthDialect dialect, string text) => dialect switch
    {
        AuthDialect.Query => new("IncompleteSignature", text),
        AuthDialect.RestJson => new("IncompleteSignatureException", text, 403),
        _ => new("IncompleteSignatureException", text),
    };

    private static AwsException InvalidSignature(AuthDialect dialect, string text) => Refused(dialect, "InvalidSignatureException", "SignatureDoesNotMatch", text);

    private static AwsException Refused(AuthDialect dialect, string code, string queryCode, string text) => dialect switch
    {
        AuthDialect.Query => new(queryCode, text, 403),
        AuthDialect.RestJson => new(code, text, 403),
        _ => new(code, text),
    };

    private static IEnumerable<KeyValuePair<string, object?>> CanonicalRequestMembers(ReadOnlySpan<byte> canonicalRequest) => canonicalRequest.IsEmpty
        ? []
        : [new("CanonicalRequest", Encoding.UTF8.GetString(canonicalRequest)), new("CanonicalRequestBytes", HexBytes(canonicalRequest))];

    /// <summary>As <c>47 45 54 0a</c>.</summary>
    private static string HexBytes(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 3);
        foreach (var value in bytes) text.Append(text.Length == 0 ? "" : " ").Append(value.ToString("x2", CultureInfo.InvariantCulture));
        return text.ToString();
    }

    /// <summary>As <c>20150830T123600Z</c>.</summary>
    public static string Basic(DateTimeOffset time) => time.UtcDateTime.ToString(BasicDate, CultureInfo.InvariantCulture);

    private static string Extended(DateTimeOffset time) => time.UtcDateTime.ToString(ExtendedDate, CultureInfo.InvariantCulture);
}
