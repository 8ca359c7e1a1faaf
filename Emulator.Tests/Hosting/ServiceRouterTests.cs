using Emulator.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NUnit.Framework;

namespace Emulator.Tests.Hosting;

/// <summary>The routing table, row by row.</summary>
[Source("https://docs.aws.amazon.com/general/latest/gr/rande.html")]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html")]
internal sealed class ServiceRouterTests
{
    private const string Scope = "AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu-west-1/";

    // Reserved paths win over everything.
    [TestCase("GET", "localhost:4566", "/_emulator/health", null, "control", "")]
    [TestCase("GET", "bucket.s3.localhost", "/_console/", null, "console", "")]
    // S3 by host.
    [TestCase("GET", "s3.amazonaws.com", "/bucket/key", "s3", null, "", "/bucket/key")]
    [TestCase("GET", "s3.eu-west-1.amazonaws.com", "/bucket/key", "s3", null, "", "/bucket/key")]
    [TestCase("GET", "bucket.s3.eu-west-1.amazonaws.com", "/key", "s3", null, "", "/bucket/key")]
    [TestCase("GET", "my.dotted.bucket.s3.eu-west-1.amazonaws.com", "/key", "s3", null, "", "/my.dotted.bucket/key")]
    [TestCase("GET", "bucket.s3.dualstack.eu-west-1.amazonaws.com", "/key", "s3", null, "", "/bucket/key")]
    [TestCase("GET", "bucket.s3-eu-west-1.amazonaws.com", "/key", "s3", null, "", "/bucket/key")]
    [TestCase("GET", "bucket.s3.localhost:4566", "/a%20b/../c//d?x=1", "s3", null, "", "/bucket/a%20b/../c//d")]
    [TestCase("GET", "bucket.s3.localhost.localstack.cloud:4566", "/key", "s3", null, "", "/bucket/key")]
    [TestCase("GET", "bucket.s3-website.eu-west-1.amazonaws.com", "/", null, "website", "bucket")]
    [TestCase("GET", "bucket.s3-website-us-east-1.amazonaws.com", "/", null, "website", "bucket")]
    [TestCase("GET", "bucket.s3-website.localhost:4566", "/page", null, "website", "bucket")]
    // Access points, by the ARN that their host name means.
    [TestCase("GET", "my-photos-111111111111.s3-accesspoint.eu-west-1.amazonaws.com", "/key", "s3", null, "", "/arn%3Aaws%3As3%3Aeu-west-1%3A111111111111%3Aaccesspoint%2Fmy-photos/key")]
    [TestCase("GET", "my-photos-111111111111.s3-accesspoint.dualstack.eu-west-1.amazonaws.com", "/key", "s3", null, "", "/arn%3Aaws%3As3%3Aeu-west-1%3A111111111111%3Aaccesspoint%2Fmy-photos/key")]
    [TestCase("GET", "my-photos-111111111111.s3-object-lambda.eu-west-1.amazonaws.com", "/key", "s3-object-lambda", null, "")]
    [TestCase("GET", "mfzwi23gnjvgw.accesspoint.s3-global.amazonaws.com", "/key", "s3-global", null, "")]
    // S3 Control.
    [TestCase("GET", "111111111111.s3-control.eu-west-1.amazonaws.com", "/v20180820/accesspoint", "s3control", null, "", "/v20180820/accesspoint")]
    [TestCase("GET", "111111111111.s3-control.dualstack.eu-west-1.amazonaws.com", "/v20180820/accesspoint", "s3control", null, "")]
    [TestCase("GET", "111111111111.s3-control.localhost:4566", "/v20180820/accesspoint", "s3control", null, "")]
    [TestCase("GET", "s3-control.localhost:4566", "/v20180820/accesspoint", "s3control", null, "")]
    [TestCase("GET", "localhost:4566", "/v20180820/accesspoint", "s3", null, "", "/v20180820/accesspoint")]
    // Deployed APIs and functions.
    [TestCase("GET", "abc123.execute-api.eu-west-1.amazonaws.com", "/stage/x", null, "execute-api", "abc123")]
    [TestCase("GET", "abc123.execute-api.localhost:4566", "/x", null, "execute-api", "abc123")]
    [TestCase("GET", "localhost:4566", "/restapis/abc123/$default/_user_request_/notes/1", null, "execute-api", "abc123", "/$default/notes/1")]
    [TestCase("GET", "id.lambda-url.eu-west-1.on.aws", "/", null, "lambda-url", "id")]
    // Cognito.
    [TestCase("GET", "cognito-idp.eu-west-1.amazonaws.com", "/eu-west-1_AbCdEf123/.well-known/jwks.json", null, "well-known", "eu-west-1_AbCdEf123", "/.well-known/jwks.json")]
    [TestCase("GET", "localhost:4566", "/eu-west-1_AbCdEf123/.well-known/openid-configuration", null, "well-known", "eu-west-1_AbCdEf123", "/.well-known/openid-configuration")]
    [TestCase("POST", "cognito-idp.eu-west-1.amazonaws.com", "/", "cognito-idp", null, "")]
    [TestCase("POST", "cognito-identity.eu-west-1.amazonaws.com", "/", "cognito-identity", null, "")]
    [TestCase("GET", "domain.auth.eu-west-1.amazoncognito.com", "/login", null, "hosted-ui", "domain")]
    [TestCase("GET", "localhost:4566", "/oauth2/authorize?x=y", null, "hosted-ui", "")]
    // APIs by host.
    [TestCase("POST", "dynamodb.eu-west-1.amazonaws.com", "/", "dynamodb", null, "")]
    [TestCase("POST", "111122223333.ddb.eu-west-1.amazonaws.com", "/", "dynamodb", null, "")]
    [TestCase("POST", "streams.dynamodb.eu-west-1.amazonaws.com", "/", "dynamodbstreams", null, "")]
    [TestCase("POST", "streams-dynamodb.eu-west-1.api.aws", "/", "dynamodbstreams", null, "")]
    [TestCase("POST", "sts.amazonaws.com", "/", "sts", null, "")]
    [TestCase("POST", "lambda.eu-west-1.amazonaws.com", "/2015-03-31/functions/f/invocations", "lambda", null, "")]
    [TestCase("POST", "unheardof.eu-west-1.amazonaws.com", "/", "unheardof", null, "")]
    // By path.
    [TestCase("GET", "localhost:4566", "/2015-03-31/functions/", "lambda", null, "")]
    [TestCase("GET", "localhost:4566", "/v2/apis", "apigateway", null, "")]
    // The rest is S3's.
    [TestCase("GET", "localhost:4566", "/bucket/key", "s3", null, "", "/bucket/key")]
    [TestCase("GET", "127.0.0.1:4566", "/", "s3", null, "", "/")]
    [TestCase("GET", "emulator:4566", "/v2/apis-are-nice", "s3", null, "", "/v2/apis-are-nice")]
    [TestCase("GET", "", "*", "s3", null, "", "/")]
    [TestCase("GET", "[::1]:4566", "http://[::1]:4566/bucket/key?x", "s3", null, "", "/bucket/key")]
    [TestCase("GET", "localhost:4566", "http://localhost:4566?prefix=a/b", "s3", null, "", "/")]
    public void A_request_goes_by_host_or_path(string method, string host, string target, string? service, string? endpoint, string about, string? path = null)
    {
        var route = ServiceRouter.Resolve(Request(method, host, target));
        Assert.Multiple(() =>
        {
            Assert.That(route.Service, Is.EqualTo(service));
            Assert.That(route.Endpoint, Is.EqualTo(endpoint));
            Assert.That(route.Target, Is.EqualTo(about));
            if (path is not null) Assert.That(route.Path, Is.EqualTo(path));
        });
    }

    [TestCase("localhost:4566")]
    [TestCase("111111111111.localhost:4566")]
    public void A_header_with_an_account_means_S3_Control(string host)
    {
        var request = Request("GET", host, "/v20180820/tags/arn%3Aaws%3As3%3A%3A%3Abucket");
        request.Headers.Authorization = Scope + "s3/aws4_request";
        request.Headers["x-amz-account-id"] = "111111111111";
        Assert.That((ServiceRouter.Resolve(request).Service, ServiceRouter.Resolve(request).Path), Is.EqualTo(("s3control", "/v20180820/tags/arn%3Aaws%3As3%3A%3A%3Abucket")));
    }

    [TestCase("DynamoDB_20120810.GetItem", "dynamodb")]
    [TestCase("DynamoDBStreams_20120810.GetRecords", "dynamodbstreams")]
    [TestCase("AWSCognitoIdentityProviderService.SignUp", "cognito-idp")]
    [TestCase("AWSCognitoIdentityService.GetId", "cognito-identity")]
    [TestCase("TrentService.DescribeKey", "kms")]
    [TestCase("AmazonSSM.GetParameter", "AmazonSSM")]
    public void A_target_header_names_the_service(string target, string service)
    {
        var request = Request("POST", "localhost:4566", "/");
        request.Headers["X-Amz-Target"] = target;
        Assert.That(ServiceRouter.Resolve(request).Service, Is.EqualTo(service));
    }

    [TestCase("dynamodb.localhost:4566", "dynamodbstreams")]
    [TestCase("dynamodb.us-east-1.amazonaws.com", "dynamodb")]
    public void A_local_host_of_DynamoDB_is_that_of_its_streams_too(string host, string service)
    {
        var request = Request("POST", host, "/");
        request.Headers["X-Amz-Target"] = "DynamoDBStreams_20120810.GetRecords";
        Assert.That(ServiceRouter.Resolve(request).Service, Is.EqualTo(service));
    }

    [TestCase("s3", "s3")]
    [TestCase("dynamodb", "dynamodb")]
    [TestCase("sts", "sts")]
    [TestCase("lambda", "lambda")]
    [TestCase("sqs", "sqs")]
    public void A_credential_scope_names_service_and_region(string scope, string service)
    {
        var request = Request("POST", "localhost:4566", "/");
        request.Headers.Authorization = $"{Scope}{scope}/aws4_request, SignedHeaders=host, Signature=0";
        var route = ServiceRouter.Resolve(request);
        Assert.Multiple(() =>
        {
            Assert.That(route.Service, Is.EqualTo(service));
            Assert.That(route.Region, Is.EqualTo("eu-west-1"));
        });
    }

    [Test]
    public void A_presigned_query_names_service_and_region()
    {
        var route = ServiceRouter.Resolve(Request("GET", "localhost:4566", "/bucket/key?X-Amz-Credential=AKIA%2F20260101%2Feu-central-1%2Fs3%2Faws4_request&X-Amz-Signature=0"));
        Assert.That(route, Is.EqualTo(Route.Api("s3", "/bucket/key", "eu-central-1") with { IsSignedRegion = true }));
    }

    [TestCase("my.bucket.localhost:4566", "/my.bucket/key")]
    [TestCase("my-bucket.localhost.localstack.cloud:4566", "/my-bucket/key")]
    [TestCase("localhost:4566", "/key")]
    [TestCase("container:4566", "/key")]
    public void What_an_SDK_puts_before_a_local_endpoint_is_a_bucket(string host, string path)
    {
        var request = Request("GET", host, "/key");
        request.Headers.Authorization = $"{Scope}s3/aws4_request, SignedHeaders=host, Signature=0";
        Assert.That(ServiceRouter.Resolve(request), Is.EqualTo(Route.Api("s3", path, "eu-west-1") with { IsSignedRegion = true }));
    }

    [Test]
    public void A_form_with_an_action_is_the_query_protocol()
    {
        var request = Request("POST", "localhost:4566", "/");
        request.ContentType = "application/x-www-form-urlencoded; charset=utf-8";
        Assert.That(ServiceRouter.Resolve(request).Service, Is.EqualTo("sts"));
    }

    [Test]
    public void A_preflight_at_the_root_is_for_an_API_that_pages_may_call()
    {
        var request = Request("OPTIONS", "localhost:4566", "/");
        request.Headers.Origin = "http://notes-web.s3-website.localhost:4566";
        request.Headers.AccessControlRequestMethod = "POST";
        request.Headers.AccessControlRequestHeaders = "content-type,x-amz-target";
        Assert.That(ServiceRouter.Resolve(request).Service, Is.Not.Null.And.Not.EqualTo("s3"));
    }

    [Test]
    public void No_target_makes_it_throw()
    {
        var random = new Random(7);
        const string alphabet = "/:.?&=%#[]{}@!*_-aZ09 \\\"<>é한\0\r\n";
        for (var round = 0; round < 20_000; round++)
        {
            var request = Request("GET", Random(random, alphabet), Random(random, alphabet));
            request.Headers.Authorization = Random(random, alphabet + "Credential=Credential=");
            request.Headers["X-Amz-Target"] = Random(random, alphabet);
            Assert.That(() => ServiceRouter.Resolve(request), Throws.Nothing);
        }
    }

    private static string Random(Random random, string alphabet) =>
        string.Create(random.Next(40), (random, alphabet), static (span, from) =>
        {
            foreach (ref var c in span) c = from.alphabet[from.random.Next(from.alphabet.Length)];
        });

    private static HttpRequest Request(string method, string host, string target)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = method;
        http.Request.Headers.Host = host;
        http.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        return http.Request;
    }
}
