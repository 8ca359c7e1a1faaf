using System.Net;
using System.Text;
using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Emulator.Configuration;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.SigV4;
using Emulator.SigV4.Checksums;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace Emulator.Tests.SigV4;

/// <summary>What the AWS SDK for .NET signs, under its real host names, is accepted, and its bodies are read.</summary>
[Source("https://docs.aws.amazon.com/sdk-for-net/v4/developer-guide/welcome.html")]
internal sealed class SdkSignatureTests
{
    private const string AccessKeyId = "ASIAIOSFODNN7EXAMPLE";
    private const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string SessionToken = "IQoJb3JpZ2luX2VjEHcaCXVzLWVhc3QtMSJH+/=";
    private static readonly Caller User = Caller.RootOf("123456789012");
    private static readonly SessionAWSCredentials Credentials = new(AccessKeyId, SecretAccessKey, SessionToken);

    private static readonly string[] Keys =
    [
        "plain.txt", "a b/c+d", "한국어/사진.jpg", "//", "a//b", "../up", "./here", "a/../b", "tilde~(paren)*'!", "100%", "%2F", "semi;colon:at@", "equals=&and?query#", "trailing/", "\u00e9\u0301", "emoji-😀",
    ];

    // Not "//" in path style: there the SDK sends one slash less than it signs.
    private static IEnumerable<TestCaseData> KeysInBothStyles =>
        from key in Keys from pathStyle in new[] { false, true } where !(pathStyle && key == "//") select new TestCaseData(key, pathStyle);

    [TestCaseSource(nameof(KeysInBothStyles))]
    public async Task A_get_of_any_key_in_both_styles(string key, bool pathStyle)
    {
        var server = new Capture();
        using var s3 = S3(server, pathStyle);
        await s3.GetObjectAsync(new GetObjectRequest { BucketName = "bucket", Key = key, ResponseHeaderOverrides = new() { ContentDisposition = "attachment; filename=\"a b+c.txt\"" } });
        Assert.That(server.Caller("s3", AuthDialect.S3), Is.EqualTo(User));
    }

    [Test]
    public async Task A_presigned_URL_of_any_key([ValueSource(nameof(Keys))] string key)
    {
        using var s3 = S3(new Capture(), pathStyle: false);
        var url = await s3.GetPreSignedURLAsync(new GetPreSignedUrlRequest { BucketName = "bucket", Key = key, Verb = HttpVerb.PUT, ContentType = "text/plain", Expires = DateTime.UtcNow.AddMinutes(5) });
        var request = Capture.Describe(HttpMethod.Put, url, Requests.Headers(("Host", "bucket.s3.eu-central-1.amazonaws.com"), ("Content-Type", "text/plain")), []);
        Assert.That(Capture.Authenticate(request, "s3", AuthDialect.S3).Caller, Is.EqualTo(User));
        Assert.That(() => Capture.Authenticate(request with { Method = "GET" }, "s3", AuthDialect.S3), Throws.TypeOf<AwsException>().With.Property(nameof(AwsException.Code)).EqualTo("SignatureDoesNotMatch"));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(8192)]
    [TestCase(300_000)]
    public async Task A_put_of_a_stream_in_signed_or_unsigned_chunks_with_its_checksum(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        foreach (var (useChunks, disablePayloadSigning) in new[] { (true, false), (true, true), (false, false) })
        {
            foreach (var algorithm in new[] { Amazon.S3.ChecksumAlgorithm.CRC32, Amazon.S3.ChecksumAlgorithm.SHA1, Amazon.S3.ChecksumAlgorithm.SHA256 })
            {
                var server = new Capture();
                using var s3 = S3(server, pathStyle: true);
                await s3.PutObjectAsync(new PutObjectRequest { BucketName = "bucket", Key = "key", InputStream = new MemoryStream(content), UseChunkEncoding = useChunks, DisablePayloadSigning = disablePayloadSigning, ChecksumAlgorithm = algorithm });
                var authentication = server.Authenticate("s3", AuthDialect.S3);
                Assert.That(authentication.Caller, Is.EqualTo(User));
                var request = server.Request!;
                var decodedLength = SigV4Verifier.DecodedLength(request, authentication);
                using var body = ChecksumStream.ForUpload(request with { Body = SigV4Verifier.Decode(request.Body, request, authentication) }, decodedLength);
                var read = new MemoryStream();
                await body.CopyToAsync(read);
                Assert.Multiple(() =>
                {
                    Assert.That(read.ToArray(), Is.EqualTo(content), $"{authentication.Payload.Kind} {algorithm}");
                    Assert.That(decodedLength, Is.EqualTo(length));
                    Assert.That(body.Algorithm?.Name(), Is.EqualTo(algorithm.Value));
                    Assert.That(body.IsDeclared);
                });
            }
        }
    }

    [Test]
    public async Task Calls_of_the_json_and_query_protocols()
    {
        var dynamo = new Capture("{}");
        using var dynamoDb = new AmazonDynamoDBClient(Credentials, dynamo.Configure(new AmazonDynamoDBConfig()));
        await dynamoDb.ListTablesAsync(new ListTablesRequest { Limit = 5, ExclusiveStartTableName = "name" });
        Assert.That(dynamo.Caller("dynamodb", AuthDialect.Json), Is.EqualTo(User));

        var query = new Capture("<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult/></GetCallerIdentityResponse>");
        using var sts = new AmazonSecurityTokenServiceClient(Credentials, query.Configure(new AmazonSecurityTokenServiceConfig()));
        await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest());
        Assert.That(query.Caller("sts", AuthDialect.Query), Is.EqualTo(User));
    }

    [Test]
    public async Task A_changed_body_of_a_json_call_is_refused()
    {
        var server = new Capture("{}");
        using var dynamoDb = new AmazonDynamoDBClient(Credentials, server.Configure(new AmazonDynamoDBConfig()));
        await dynamoDb.ListTablesAsync();
        var changed = server.Request! with { Content = Encoding.UTF8.GetBytes("{ }") };
        Assert.That(() => Capture.Authenticate(changed, "dynamodb", AuthDialect.Json), Throws.TypeOf<AwsException>().With.Property(nameof(AwsException.Code)).EqualTo("InvalidSignatureException"));
    }

    private static AmazonS3Client S3(Capture server, bool pathStyle) => new(Credentials, server.Configure(new AmazonS3Config { ForcePathStyle = pathStyle }));

    /// <summary>Keeps the request that the SDK sends and answers something that it can read.</summary>
    private sealed class Capture(string answer = "") : HttpClientFactory
    {
        public RestRequest? Request { get; private set; }

        public T Configure<T>(T config) where T : ClientConfig
        {
            config.RegionEndpoint = RegionEndpoint.EUCentral1;
            config.HttpClientFactory = this;
            config.MaxErrorRetry = 0;
            return config;
        }

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this));

        public Caller Caller(string service, AuthDialect dialect) => Authenticate(service, dialect).Caller;

        public Authentication Authenticate(string service, AuthDialect dialect) => Authenticate(Request!, service, dialect);

        public static Authentication Authenticate(RestRequest request, string service, AuthDialect dialect)
        {
            var keys = new OneKey(AccessKeyId, new(SecretAccessKey, SessionToken, DateTimeOffset.UtcNow.AddHours(1), User));
            return new SigV4Verifier(keys, TimeProvider.System, CredentialsMode.Known, "000000000000").Authenticate(request, service, "us-east-1", dialect);
        }

        public static RestRequest Describe(HttpMethod method, string url, HeaderDictionary headers, byte[] content)
        {
            var target = url[url.IndexOf('/', url.IndexOf("//", StringComparison.Ordinal) + 2)..];
            var mark = target.IndexOf('?');
            return Requests.Make(method.Method, mark < 0 ? target : target[..mark], mark < 0 ? "" : target[(mark + 1)..], headers, content);
        }

        private string Answer { get; } = answer;

        private sealed class Handler(Capture capture) : HttpMessageHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
            {
                var headers = new HeaderDictionary { ["Host"] = message.Headers.Host ?? message.RequestUri!.Authority };
                foreach (var (name, values) in message.Headers.NonValidated) headers[name] = values.ToArray();
                foreach (var (name, values) in message.Content?.Headers.NonValidated ?? default) headers[name] = values.ToArray();
                var content = message.Content is null ? [] : await message.Content.ReadAsByteArrayAsync(cancellationToken);
                // The URI is made with DangerousDisablePathAndQueryCanonicalization, so its original text is what goes over the wire.
                capture.Request = Describe(message.Method, message.RequestUri!.OriginalString, headers, content);
                return new(HttpStatusCode.OK) { Content = new StringContent(capture.Answer), RequestMessage = message };
            }
        }
    }
}
