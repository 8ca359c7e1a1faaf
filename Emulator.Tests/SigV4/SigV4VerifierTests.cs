using Emulator.Configuration;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.SigV4;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace Emulator.Tests.SigV4;

/// <summary>Who is let in, and in which words the others are not.</summary>
[Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html")]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html")]
internal sealed class SigV4VerifierTests
{
    private const string AccessKeyId = "AKIAIOSFODNN7EXAMPLE";
    private const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Example = "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, ";
    private const string MismatchText = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
    private static readonly DateTimeOffset Now = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);
    private static readonly Caller User = new(CallerKind.User, "123456789012", "arn:aws:iam::123456789012:user/ann", "AIDAEXAMPLE") { PrincipalName = "ann", AccessKeyId = AccessKeyId };
    private static readonly AuthDialect[] NotS3 = [AuthDialect.Json, AuthDialect.RestJson, AuthDialect.Query];

    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html")]
    [TestCase("GET", "/test.txt", "", "range=bytes=0-9", EmptyHash, "host;range;x-amz-content-sha256;x-amz-date", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [TestCase("PUT", "/test$file.text", "", "date=Fri, 24 May 2013 00:00:00 GMT|x-amz-storage-class=REDUCED_REDUNDANCY", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072", "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")]
    [TestCase("GET", "/", "lifecycle", "", EmptyHash, "host;x-amz-content-sha256;x-amz-date", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [TestCase("GET", "/", "max-keys=2&prefix=J", "", EmptyHash, "host;x-amz-content-sha256;x-amz-date", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void The_documented_examples_of_S3_are_accepted(string method, string path, string query, string headers, string contentSha256, string signedHeaders, string signature)
    {
        var request = S3Request(method, path, query, contentSha256);
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries)) request.Headers[header[..header.IndexOf('=')]] = header[(header.IndexOf('=') + 1)..];
        request.Headers.Authorization = $"{Example}SignedHeaders={signedHeaders}, Signature={signature}";
        var authentication = Verifier().Authenticate(request, "s3", "eu-west-1", AuthDialect.S3);
        Assert.That(authentication, Is.EqualTo(new Authentication(User, "us-east-1", "s3", new(PayloadKind.Sha256, contentSha256))));
    }

    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html")]
    [Test]
    public void The_documented_presigned_URL_is_accepted_for_a_day_and_not_a_second_more()
    {
        var clock = new FixedClock(Now.AddSeconds(86400));
        var verifier = new SigV4Verifier(Keys(), clock, CredentialsMode.Known, "000000000000");
        var request = Presigned();
        Assert.That(verifier.Authenticate(request, "s3", "eu-west-1", AuthDialect.S3), Is.EqualTo(new Authentication(User, "us-east-1", "s3", PayloadSignature.Unsigned)));

        clock.Now = Now.AddSeconds(86401);
        var error = Refused(() => verifier.Authenticate(request, "s3", "eu-west-1", AuthDialect.S3), "AccessDenied", 403, "Request has expired");
        Assert.That(error.Members, Is.EqualTo(new KeyValuePair<string, object?>[] { new("X-Amz-Expires", 86400), new("Expires", "2013-05-25T00:00:00Z"), new("ServerTime", "2013-05-25T00:00:01Z") }));
    }

    [Test]
    public void The_time_of_a_presigned_URL_counts_also_for_a_key_that_nobody_knows()
    {
        var clock = new FixedClock(Now.AddSeconds(86400));
        var verifier = new SigV4Verifier(new NoKeys(), clock, CredentialsMode.Any, "000000000000");
        Assert.That(verifier.Authenticate(Presigned(), "s3", "eu-west-1", AuthDialect.S3).Caller.Arn, Is.EqualTo("arn:aws:iam::000000000000:root"));
        clock.Now = Now.AddSeconds(86401);
        Refused(() => verifier.Authenticate(Presigned(), "s3", "eu-west-1", AuthDialect.S3), "AccessDenied", 403, "Request has expired");
    }

    [Test]
    public void A_presigned_URL_of_the_future_is_not_valid_yet() =>
        Refused(() => Verifier(Now.AddMinutes(-16)).Authenticate(Presigned(), "s3", "eu-west-1", AuthDialect.S3), "AccessDenied", 403, "Request is not yet valid");

    [TestCase("X-Amz-Expires=86400", "X-Amz-Expires=604801", "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds")]
    [TestCase("X-Amz-Expires=86400", "X-Amz-Expires=-1", "X-Amz-Expires must be non-negative")]
    [TestCase("X-Amz-Expires=86400", "X-Amz-Expires=1.5", "X-Amz-Expires should be a number")]
    [TestCase("X-Amz-Expires=86400", "X-Amz-Expires=99999999999999999999", "X-Amz-Expires should be a number")]
    [TestCase("X-Amz-Expires=86400&", "", "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")]
    [TestCase("X-Amz-Algorithm=AWS4-HMAC-SHA256&", "", "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")]
    [TestCase("X-Amz-Signature=", "X-Amz-Other=", "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")]
    [TestCase("AWS4-HMAC-SHA256", "AWS5", "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"")]
    [TestCase("20130524T000000Z", "20130524000000", "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")]
    [TestCase("%2Fs3%2Faws4_request", "", "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".")]
    [TestCase("%2Fs3%2F", "%2Fec2%2F", "Error parsing the X-Amz-Credential parameter; incorrect service \"ec2\". This endpoint belongs to \"s3\".")]
    [TestCase("aws4_request", "aws5_request", "Error parsing the X-Amz-Credential parameter; incorrect terminal \"aws5_request\". This endpoint uses \"aws4_request\".")]
    [TestCase("%2F20130524%2F", "%2F2013%2F", "Error parsing the X-Amz-Credential parameter; incorrect date format \"2013\". This date in the credential must be in the format \"yyyyMMdd\".")]
    [TestCase("AKIAIOSFODNN7EXAMPLE", "", "Error parsing the X-Amz-Credential parameter; a non-empty Access Key (AKID) must be provided in the credential.")]
    public void A_broken_presigned_URL_is_refused_in_S3s_words(string part, string broken, string message)
    {
        var request = Presigned(query => query.Replace(part, broken));
        Refused(() => Verifier().Authenticate(request, "s3", "eu-west-1", AuthDialect.S3), "AuthorizationQueryParametersError", 400, message);
        if (part != "AKIAIOSFODNN7EXAMPLE") Refused(() => AnyKey().Authenticate(request, "s3", "eu-west-1", AuthDialect.S3), "AuthorizationQueryParametersError", 400, message);
    }

    [TestCase("Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, Signature=0", "AuthorizationHeaderMalformed", "The authorization header is malformed; the authorization header requires three components: Credential, SignedHeaders, and Signature.")]
    [TestCase("Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3, SignedHeaders=host, Signature=0", "AuthorizationHeaderMalformed", "The authorization header is malformed; the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".")]
    [TestCase("Credential=AKIAIOSFODNN7EXAMPLE/20130525/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0", "AuthorizationHeaderMalformed", "The authorization header is malformed; Invalid credential date. Date is not the same as X-Amz-Date.")]
    [TestCase("Credential=AKIAIOSFODNN7EXAMPLE/20130524/us_east/s3/aws4_request, SignedHeaders=host, Signature=0", "AuthorizationHeaderMalformed", "The authorization header is malformed; the region 'us_east' is wrong; expecting 'us-east-1'")]
    [TestCase("Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0", "AuthorizationHeaderMalformed", "The authorization header is malformed; incorrect service \"sts\". This endpoint belongs to \"s3\".")]
    [TestCase("Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders, Signature=0", "AuthorizationHeaderMalformed", "The authorization header is malformed; the authorization component \"SignedHeaders\" is malformed.")]
    public void A_broken_header_is_refused_in_S3s_words(string parts, string code, string message)
    {
        var request = S3Request("GET", "/", "", EmptyHash);
        request.Headers.Authorization = "AWS4-HMAC-SHA256 " + parts;
        Refused(() => Verifier().Authenticate(request, "s3", "eu-west-1", AuthDialect.S3), code, 400, message);
        Refused(() => AnyKey().Authenticate(request, "s3", "eu-west-1", AuthDialect.S3), code, 400, message);
    }

    [TestCase("Basic YWJj", "InvalidArgument", "Unsupported Authorization Type")]
    [TestCase("word", "InvalidArgument", "Authorization header is invalid -- one and only one ' ' (space) required")]
    public void Another_kind_of_authorization_is_refused_by_S3_with_its_value(string authorization, string code, string message)
    {
        var request = S3Request("GET", "/", "", EmptyHash);
        request.Headers.Authorization = authorization;
        var error = Refused(() => Verifier().Authenticate(request, "s3", "eu-west-1", AuthDialect.S3), code, 400, message);
        Assert.That(error.Members, Is.EqualTo(new KeyValuePair<string, object?>[] { new("ArgumentName", "Authorization"), new("ArgumentValue", authorization) }));
    }

    [Test]
    public void S3_tells_what_should_have_been_signed()
    {
        var request = S3Request("GET", "/", "lifecycle", EmptyHash);
        request.Headers.Authorization = $"{Example}SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783544";
        var error = Refused(() => Verifier().Authenticate(request, "s3", "eu-west-1", AuthDialect.S3), "SignatureDoesNotMatch", 403,
            "The request signature we calculated does not match the signature you provided. Check your key and signing method.");
        var canonical = $"GET\n/\nlifecycle=\nhost:examplebucket.s3.amazonaws.com\nx-amz-content-sha256:{EmptyHash}\nx-amz-date:20130524T000000Z\n\nhost;x-amz-content-sha256;x-amz-date\n{EmptyHash}";
        var stringToSign = "AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n9766c798316ff2757b517bc739a67f6213b4ab36dd5da2f94eaebf79c77395ca";
        Assert.That(error.Members, Is.EqualTo(new KeyValuePair<string, object?>[]
        {
            new("AWSAccessKeyId", AccessKeyId),
            new("StringToSign", stringToSign),
            new("SignatureProvided", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783544"),
            new("StringToSignBytes", Bytes(stringToSign)),
            new("CanonicalRequest", canonical),
            new("CanonicalRequestBytes", Bytes(canonical)),
        }));
    }

    [Observed("by many in public reports: DynamoDB and Cognito 400, Lambda and API Gateway with the canonical string, STS 403")]
    [TestCase(AuthDialect.Json, "InvalidSignatureException", 400, false)]
    [TestCase(AuthDialect.RestJson, "InvalidSignatureException", 403, true)]
    [TestCase(AuthDialect.Query, "SignatureDoesNotMatch", 403, false)]
    public void The_other_services_tell_a_mismatch_so(AuthDialect dialect, string code, int status, bool withCanonicalString)
    {
        var error = Refused(() => Verifier().Authenticate(Request(), "sts", "eu-west-1", dialect), code, status, null);
        var canonical = $"POST\n/\n\nhost:sts.amazonaws.com\n\nhost\n{EmptyHash}";
        Assert.That(error.Message, withCanonicalString ? Does.StartWith($"{MismatchText}\n\nThe Canonical String for this request should have been\n'{canonical}'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/sts/aws4_request\n") : Is.EqualTo(MismatchText));
    }

    [Source("https://github.com/architect/dynalite/blob/main/test/connection.js")]
    [TestCase("AWS4-", true, "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-")]
    [TestCase("AWS4- Signature=b Credential=a", false, "Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4- Signature=b Credential=a")]
    [TestCase("AWS4- Signature=b,Credential=a", false, "Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4- Signature=b,Credential=a")]
    [TestCase("AWS4- Signature=b, Credential=a", false, "Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4- Signature=b, Credential=a")]
    [TestCase("AWS4-HMAC-SHA256 Signature=b,    Credential,    SignedHeaders", false, "'Credential' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Signature=b,    Credential,    SignedHeaders'.")]
    [TestCase("AWS4-HMAC-SHA25 Credential=a/20130524/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=b", false, "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA25' (only AWS4-HMAC-SHA256 for now). ")]
    [TestCase("AWS4-HMAC-SHA256 Credential=a/b/c/d, SignedHeaders=host, Signature=b", false, "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b/c/d'")]
    public void An_incomplete_header_is_told_all_that_it_lacks(string authorization, bool withoutDate, string message)
    {
        var request = Request();
        request.Headers.Authorization = authorization;
        if (withoutDate) request.Headers.Remove("x-amz-date");
        Refused(() => Verifier().Authenticate(request, "sts", "eu-west-1", AuthDialect.Json), "IncompleteSignatureException", 400, message);
        Refused(() => Verifier().Authenticate(request, "sts", "eu-west-1", AuthDialect.RestJson), "IncompleteSignatureException", 403, message);
        Refused(() => AnyKey().Authenticate(request, "sts", "eu-west-1", AuthDialect.Query), "IncompleteSignature", 400, message);
    }

    [Source("https://github.com/architect/dynalite/blob/main/test/connection.js")]
    [Test]
    public void An_incomplete_query_is_told_all_that_it_lacks_and_a_second_signature_is_refused()
    {
        Refused(() => Verifier().Authenticate(Requests.Make("POST", "/", "X-Amz-Algorithm"), "dynamodb", "eu-west-1", AuthDialect.Json), "IncompleteSignatureException", 400,
            "AWS query-string parameters must include 'X-Amz-Algorithm'. AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.");
        Refused(() => Verifier().Authenticate(Requests.Make("POST", "/", "X-Amz-Algorithm=a&X-Amz-Credential=b&X-Amz-Signature=c&X-Amz-Date=d"), "dynamodb", "eu-west-1", AuthDialect.Json), "IncompleteSignatureException", 400,
            "AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters.");
        Refused(() => Verifier().Authenticate(Requests.Make("POST", "/", "X-Amz-Algorithm", Requests.Headers(("Authorization", "X"))), "dynamodb", "eu-west-1", AuthDialect.Json), "InvalidSignatureException", 400,
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
    }

    [Source("https://github.com/architect/dynalite/blob/main/test/connection.js")]
    [Test]
    public void What_is_not_of_version_4_is_nobodys_signature()
    {
        foreach (var authorization in new[] { "", "AWS4", "X", "Bearer abc" })
        {
            var request = Requests.Make("POST", "/", "X-Amz-Algorith", Requests.Headers(("Authorization", authorization)));
            Assert.That(Verifier().Authenticate(request, "dynamodb", "eu-west-1", AuthDialect.Json), Is.EqualTo(Authentication.Anonymous("eu-west-1")), authorization);
        }
        Refused(() => throw SigV4Errors.MissingToken(AuthDialect.Json, "dynamodb"), "MissingAuthenticationTokenException", 400, "Request is missing Authentication Token");
    }

    [Observed("by many in public reports of API Gateway")]
    [Test]
    public void Lambda_and_API_Gateway_say_what_is_wrong_with_a_bearer_token()
    {
        var request = Requests.Make("GET", "/", headers: Requests.Headers(("Authorization", "Bearer abc")));
        Refused(() => Verifier().Authenticate(request, "execute-api", "eu-west-1", AuthDialect.RestJson), "IncompleteSignatureException", 403, "'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer abc'.");
    }

    [Test]
    public void All_that_is_wrong_with_a_scope_is_told_at_once()
    {
        var request = Request();
        request.Headers.Authorization = "AWS4-HMAC-SHA256 Credential=a/b/C/d/e, SignedHeaders=host, Signature=0";
        Refused(() => Verifier().Authenticate(request, "sts", "eu-west-1", AuthDialect.Query), "SignatureDoesNotMatch", 403,
            "Credential should be scoped to a valid region, not 'C'. Credential should be scoped to correct service: 'sts'. Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. "
            + "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: 'b' != '20130524', from '20130524T000000Z'.");
    }

    [Test]
    public void A_date_must_be_of_the_basic_form([Values("201", "2013-05-24T00:00:00Z", "20130524T000000", "20130524T250000Z")] string date)
    {
        var request = Request();
        request.Headers["x-amz-date"] = date;
        Refused(() => Verifier().Authenticate(request, "sts", "eu-west-1", AuthDialect.Json), "IncompleteSignatureException", 400, $"Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601");
        Refused(() => AnyKey().Authenticate(request, "sts", "eu-west-1", AuthDialect.S3), "AccessDenied", 403, "AWS authentication requires a valid Date or x-amz-date header");
    }

    [Test]
    public void Fifteen_minutes_are_allowed_and_not_a_second_more([ValueSource(nameof(NotS3))] AuthDialect dialect)
    {
        var code = dialect == AuthDialect.Query ? "SignatureDoesNotMatch" : "InvalidSignatureException";
        var status = dialect == AuthDialect.Json ? 400 : 403;
        Refused(() => Verifier(Now.AddMinutes(15)).Authenticate(Request(), "sts", "eu-west-1", dialect), code, status, null, but: "Signature expired");
        Refused(() => Verifier(Now.AddMinutes(-15)).Authenticate(Request(), "sts", "eu-west-1", dialect), code, status, null, but: "not yet current");
        Refused(() => Verifier(Now.AddSeconds(901)).Authenticate(Request(), "sts", "eu-west-1", dialect), code, status, "Signature expired: 20130524T000000Z is now earlier than 20130524T000001Z (20130524T001501Z - 15 min.)");
        Refused(() => Verifier(Now.AddSeconds(-901)).Authenticate(Request(), "sts", "eu-west-1", dialect), code, status, "Signature not yet current: 20130524T000000Z is still later than 20130523T235959Z (20130523T234459Z + 15 min.)");
    }

    [Test]
    public void The_time_of_the_clients_own_clock_is_allowed_as_well()
    {
        SigV4Verifier Both(int clientMinutes) => new(Keys(), new FixedClock(Now.AddYears(3)), CredentialsMode.Known, "000000000000", new FixedClock(Now.AddMinutes(clientMinutes)));
        foreach (var minutes in new[] { -15, 15 }) Refused(() => Both(minutes).Authenticate(Request(), "sts", "eu-west-1", AuthDialect.Query), "SignatureDoesNotMatch", 403, MismatchText);
        foreach (var minutes in new[] { -16, 16 }) Refused(() => Both(minutes).Authenticate(Request(), "sts", "eu-west-1", AuthDialect.Query), "SignatureDoesNotMatch", 403, "Signature expired: 20130524T000000Z is now earlier than 20160523T234500Z (20160524T000000Z - 15 min.)");
    }

    [Test]
    public void S3_tells_both_times()
    {
        var request = S3Request("GET", "/", "", EmptyHash);
        request.Headers.Authorization = $"{Example}SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=0";
        var error = Refused(() => Verifier(Now.AddSeconds(901)).Authenticate(request, "s3", "eu-west-1", AuthDialect.S3), "RequestTimeTooSkewed", 403, "The difference between the request time and the current time is too large.");
        Assert.That(error.Members, Is.EqualTo(new KeyValuePair<string, object?>[] { new("RequestTime", "20130524T000000Z"), new("ServerTime", "2013-05-24T00:15:01Z"), new("MaxAllowedSkewMilliseconds", 900_000L) }));
    }

    [TestCase(AuthDialect.Json, "UnrecognizedClientException", 400)]
    [TestCase(AuthDialect.RestJson, "UnrecognizedClientException", 403)]
    [TestCase(AuthDialect.Query, "InvalidClientTokenId", 403)]
    public void A_key_that_nobody_knows_is_refused_where_only_known_ones_count(AuthDialect dialect, string code, int status) =>
        Refused(() => new SigV4Verifier(new NoKeys(), new FixedClock(Now), CredentialsMode.Known, "000000000000").Authenticate(Request(), "sts", "eu-west-1", dialect), code, status, "The security token included in the request is invalid.");

    [Test]
    public void S3_names_the_key_that_nobody_knows()
    {
        var error = Refused(() => new SigV4Verifier(new NoKeys(), new FixedClock(Now), CredentialsMode.Known, "000000000000").Authenticate(Presigned(), "s3", "eu-west-1", AuthDialect.S3),
            "InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records.");
        Assert.That(error.Members, Is.EqualTo(new KeyValuePair<string, object?>[] { new("AWSAccessKeyId", AccessKeyId) }));
    }

    [TestCase("test", "000000000000")]
    [TestCase("111122223333", "111122223333")]
    [TestCase("11112222333x", "000000000000")]
    [TestCase("1111222233334", "000000000000")]
    public void Any_other_key_is_the_root_of_an_account_whatever_its_signature_and_time(string accessKeyId, string account)
    {
        var request = Request();
        request.Headers.Authorization = $"AWS4-HMAC-SHA256 Credential={accessKeyId}/20130524/ap-northeast-2/sts/aws4_request, SignedHeaders=host, Signature=0";
        var expected = new Authentication(Caller.RootOf(account) with { AccessKeyId = accessKeyId }, "ap-northeast-2", "sts", PayloadSignature.Buffered);
        var verifier = new SigV4Verifier(Keys(), new FixedClock(Now.AddYears(1)), CredentialsMode.Any, "000000000000");
        for (var round = 0; round < 2; round++) Assert.That(verifier.Authenticate(request, "sts", "eu-west-1", AuthDialect.Query), Is.EqualTo(expected));
    }

    [Test]
    public void The_key_that_is_known_is_verified_whatever_the_mode() =>
        Refused(() => new SigV4Verifier(Keys(), new FixedClock(Now), CredentialsMode.Any, "000000000000").Authenticate(Request(), "sts", "eu-west-1", AuthDialect.Query), "SignatureDoesNotMatch", 403, MismatchText);

    [TestCase(AuthDialect.Json, null, 0, "UnrecognizedClientException", 400, "The security token included in the request is invalid.")]
    [TestCase(AuthDialect.Json, "other", 0, "UnrecognizedClientException", 400, "The security token included in the request is invalid.")]
    [TestCase(AuthDialect.Json, "token", 60, "ExpiredTokenException", 400, "The security token included in the request is expired")]
    [TestCase(AuthDialect.RestJson, "token", 60, "ExpiredTokenException", 403, "The security token included in the request is expired")]
    [TestCase(AuthDialect.Query, "other", 0, "InvalidClientTokenId", 403, "The security token included in the request is invalid.")]
    [TestCase(AuthDialect.Query, "token", 60, "ExpiredToken", 403, "The security token included in the request is expired")]
    [TestCase(AuthDialect.S3, null, 0, "InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records.")]
    [TestCase(AuthDialect.S3, "other", 0, "InvalidToken", 400, "The provided token is malformed or otherwise invalid.")]
    [TestCase(AuthDialect.S3, "token", 60, "ExpiredToken", 400, "The provided token has expired.")]
    public void Temporary_credentials_hold_with_their_token_and_until_their_end(AuthDialect dialect, string? token, int minutes, string code, int status, string message)
    {
        var keys = new OneKey(AccessKeyId, new(SecretAccessKey, "token", Now.AddMinutes(60), User));
        var time = Now.AddMinutes(minutes);
        var request = Request(time);
        if (dialect == AuthDialect.S3) request.Headers["x-amz-content-sha256"] = EmptyHash;
        if (token is not null) request.Headers["x-amz-security-token"] = token;
        var error = Refused(() => new SigV4Verifier(keys, new FixedClock(time), CredentialsMode.Any, "000000000000").Authenticate(request, "sts", "eu-west-1", dialect), code, status, message);
        if (dialect == AuthDialect.S3 && token is not null) Assert.That(error.Members, Is.EqualTo(new KeyValuePair<string, object?>[] { new("Token-0", token) }));
    }

    [Observed("21 February 2026, recorded from S3 (test_put_object_with_md5_and_chunk_signature_bad_headers)")]
    [Test]
    public void S3_wants_every_header_of_its_own_signed_but_that_of_the_hash()
    {
        var request = Presigned();
        request.Headers["x-amz-decoded-content-length"] = "8";
        request.Headers["X-Amz-Date"] = "20130524T000000Z";
        request.Headers["x-amz-content-sha256"] = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
        var error = Refused(() => Verifier().Authenticate(request, "s3", "eu-west-1", AuthDialect.S3), "AccessDenied", 403, "There were headers present in the request which were not signed");
        Assert.That(error.Members, Is.EqualTo(new KeyValuePair<string, object?>[] { new("HeadersNotSigned", "x-amz-date, x-amz-decoded-content-length") }));
    }

    [Test]
    public void The_host_must_be_signed()
    {
        var request = Request();
        request.Headers.Authorization = $"AWS4-HMAC-SHA256 Credential={AccessKeyId}/20130524/us-east-1/sts/aws4_request, SignedHeaders=x-amz-date, Signature=0";
        Refused(() => Verifier().Authenticate(request, "sts", "eu-west-1", AuthDialect.Json), "InvalidSignatureException", 400, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }

    [TestCase(null, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256")]
    [TestCase("abc", "InvalidArgument", "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.")]
    [TestCase("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", "NotImplemented", "The emulator does not implement Signature Version 4A (STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD).")]
    public void S3_wants_to_know_how_the_body_is_signed(string? contentSha256, string code, string message)
    {
        var request = S3Request("GET", "/", "", contentSha256);
        request.Headers.Authorization = $"{Example}SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=0";
        Refused(() => Verifier().Authenticate(request, "s3", "eu-west-1", AuthDialect.S3), code, code == "NotImplemented" ? 501 : 400, message);
        Refused(() => AnyKey().Authenticate(request, "s3", "eu-west-1", AuthDialect.S3), code, code == "NotImplemented" ? 501 : 400, message);
    }

    [Test]
    public void Nobodys_body_is_read_as_it_says_but_cannot_have_signed_chunks()
    {
        PayloadKind Kind(string? contentSha256) => Verifier().Authenticate(S3Request("PUT", "/", "", contentSha256), "s3", "eu-west-1", AuthDialect.S3).Payload.Kind;
        Assert.Multiple(() =>
        {
            Assert.That(Kind(null), Is.EqualTo(PayloadKind.Unsigned));
            Assert.That(Kind(EmptyHash), Is.EqualTo(PayloadKind.Sha256));
            Assert.That(Kind("STREAMING-UNSIGNED-PAYLOAD-TRAILER"), Is.EqualTo(PayloadKind.UnsignedChunksWithTrailer));
            Refused(() => Kind("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"), "InvalidRequest", 400, "Anonymous requests don't support this x-amz-content-sha256 value. Please use UNSIGNED-PAYLOAD or STREAMING-UNSIGNED-PAYLOAD-TRAILER.");
        });
    }

    [Test]
    public void Version_4A_is_refused_by_name()
    {
        var ecdsa = S3Request("GET", "/", "", EmptyHash);
        ecdsa.Headers.Authorization = "AWS4-ECDSA-P256-SHA256 Credential=a/20130524/s3/aws4_request, SignedHeaders=host, Signature=0";
        Refused(() => Verifier().Authenticate(ecdsa, "s3", "eu-west-1", AuthDialect.S3), "NotImplemented", 501, "The emulator does not implement Signature Version 4A (AWS4-ECDSA-P256-SHA256).");
    }

    [Test]
    public void Whatever_stands_in_the_header_and_the_query_the_answer_is_an_error_of_AWS()
    {
        var random = new Random(815);
        string[] pieces = ["AWS4-HMAC-SHA256", " ", ", ", ",", "=", "/", ";", "Credential=", "SignedHeaders=", "Signature=", AccessKeyId, "20130524", "us-east-1", "s3", "sts", "aws4_request", "host", "%", "%2F", "\u1234", "\ud800", "X-Amz-Algorithm=AWS4-HMAC-SHA256", "&", "X-Amz-Date=20130524T000000Z", "X-Amz-Credential=", "X-Amz-Expires=9", new('0', 64), "x-amz-date", "\0", "AWSAccessKeyId="];
        string Random() => string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => pieces[random.Next(pieces.Length)]));
        var verifier = Verifier();
        var refused = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var authorization = round % 2 == 0 ? "" : round % 4 == 1 ? Random() : $"AWS4-HMAC-SHA256 Credential={AccessKeyId}/20130524/us-east-1/s3/aws4_request, SignedHeaders={Random()}, Signature={Random()}";
            var request = Requests.Make("GET", "/" + Random(), round % 4 == 0 ? Random() : round % 4 == 2 ? $"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={AccessKeyId}/20130524/us-east-1/s3/aws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders={Random()}&X-Amz-Signature={Random()}&{Random()}" : "",
                Requests.Headers(("Host", "localhost"), ("x-amz-date", round % 8 < 7 ? "20130524T000000Z" : Random()), ("x-amz-content-sha256", EmptyHash), ("Authorization", authorization)));
            try
            {
                verifier.Authenticate(request, "s3", "us-east-1", (AuthDialect)(round % 4));
            }
            catch (AwsException)
            {
                refused++;
            }
        }
        Assert.That(refused, Is.GreaterThan(5000));
    }

    private static SigV4Verifier Verifier(DateTimeOffset? now = null) => new(Keys(), new FixedClock(now ?? Now), CredentialsMode.Known, "000000000000");

    private static SigV4Verifier AnyKey() => new(new NoKeys(), new FixedClock(Now), CredentialsMode.Any, "000000000000");

    private static OneKey Keys() => new(AccessKeyId, new(SecretAccessKey, null, null, User));

    private static RestRequest S3Request(string method, string path, string query, string? contentSha256)
    {
        var headers = new HeaderDictionary { ["Host"] = "examplebucket.s3.amazonaws.com", ["x-amz-date"] = "20130524T000000Z" };
        if (contentSha256 is not null) headers["x-amz-content-sha256"] = contentSha256;
        return Requests.Make(method, path, query, headers);
    }

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html</summary>
    private static RestRequest Presigned(Func<string, string>? change = null)
    {
        var query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
        return Requests.Make("GET", "/test.txt", change?.Invoke(query) ?? query, Requests.Headers(("Host", "examplebucket.s3.amazonaws.com")));
    }

    /// <summary>To a service that is not S3, with a wrong signature.</summary>
    private static RestRequest Request(DateTimeOffset? time = null) => Requests.Make("POST", "/", headers: Requests.Headers(
        ("Host", "sts.amazonaws.com"),
        ("x-amz-date", SigV4Errors.Basic(time ?? Now)),
        ("Authorization", $"AWS4-HMAC-SHA256 Credential={AccessKeyId}/20130524/us-east-1/sts/aws4_request, SignedHeaders=host, Signature={new string('0', 64)}")));

    private static string Bytes(string text) => string.Join(' ', text.Select(character => ((int)character).ToString("x2")));

    private static AwsException Refused(Action call, string code, int status, string? message, string? but = null)
    {
        var error = Assert.Throws<AwsException>(() => call())!;
        Assert.Multiple(() =>
        {
            Assert.That(error.Code, Is.EqualTo(code));
            Assert.That(error.StatusCode, Is.EqualTo(status));
            if (message is not null) Assert.That(error.Message, Is.EqualTo(message));
            if (but is not null) Assert.That(error.Message, Does.Not.Contain(but));
        });
        return error;
    }

    private static AwsException Refused(Func<object> call, string code, int status, string? message, string? but = null) => Refused(() => { call(); }, code, status, message, but);

    private sealed class NoKeys : ICredentialLookup
    {
        public KnownKey? Find(string accessKeyId) => null;
    }
}
