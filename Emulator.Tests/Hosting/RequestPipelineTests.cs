using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;

namespace Emulator.Tests.Hosting;

/// <summary>What the pipeline does when something breaks: no part of AWS.</summary>
internal sealed class RequestPipelineTests
{
    [TestCase("DynamoDB_20120810.ListTables", "application/x-amz-json-1.0")]
    [TestCase("AWSCognitoIdentityProviderService.ListUserPools", "application/x-amz-json-1.1")]
    public async Task A_fault_of_its_own_is_a_500_with_a_trace_id_and_the_emulator_lives_on(string target, string contentType)
    {
        var log = new List<string>();
        var folder = Directory.CreateTempSubdirectory("emulator").FullName;
        await using var aws = await AwsEmulator.StartAsync(options => (options.DataFolder, options.Log) = (folder, log.Add));
        await aws.Host.Store.DisposeAsync(); // from here on every read is a fault

        using var response = await SendAsync(aws, target);
        var body = await response.Content.ReadAsStringAsync();
        var entry = aws.Journal.Entries[^1];
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo(contentType));
            Assert.That(body, Does.Contain("InternalFailure").And.Contain(entry.RequestId));
            Assert.That(response.Headers.GetValues("x-amzn-RequestId"), Is.EqualTo(new[] { entry.RequestId }));
            Assert.That((entry.StatusCode, entry.ErrorCode), Is.EqualTo((500, "InternalFailure")));
            Assert.That(log, Has.Some.Contains(entry.RequestId));
        });
        using var health = await aws.CreateHttpClient().GetAsync("http://localhost:4566/_emulator/health");
        Assert.That(health.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_client_that_goes_in_the_midst_of_its_body_leaves_nothing()
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.Configuration = "s3: { buckets: { pictures: {} } }");
        var address = await aws.ListenAsync();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, address.Port);
            var date = aws.Clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'");
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"PUT /pictures/half HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\nX-Amz-Date: {date}\r\nx-amz-content-sha256: UNSIGNED-PAYLOAD\r\n"
                + $"Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/{date[..8]}/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature={new string('0', 64)}\r\n\r\nonly this"));
        }
        for (var patience = 0; patience < 1_000 && !aws.Journal.Of("s3", "PutObject").Any(); patience++) await Task.Delay(10);
        using var s3 = aws.CreateClient<Amazon.S3.AmazonS3Client>();
        Assert.That((await s3.ListObjectsV2Async(new() { BucketName = "pictures" })).S3Objects ?? [], Is.Empty);
        Assert.That(aws.Journal.Of("s3", "PutObject").Single().StatusCode, Is.Not.EqualTo(200).And.Not.EqualTo(500));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html")]
    public async Task A_body_over_the_services_limit_is_refused_before_it_is_read()
    {
        await using var aws = await AwsEmulator.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://dynamodb.us-east-1.amazonaws.com/") { Content = new ByteArrayContent(new byte[18 << 20]) };
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.BatchWriteItem");
        using var response = await aws.CreateHttpClient().SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    /// <summary>botocore takes the next answer on such a connection for a part of this one, and waits a minute for its end.</summary>
    [TestCase(0, "close")]
    [TestCase(1, null)]
    [Source("https://github.com/boto/botocore/blob/develop/botocore/awsrequest.py")]
    public async Task A_connection_ends_with_an_answer_that_comes_in_place_of_a_100(int length, string? connection)
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.Configuration = "s3: { buckets: { pictures: {} } }");
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(await aws.ListenAsync(), "pictures/empty")) { Content = new ByteArrayContent(new byte[length]) };
        request.Headers.ExpectContinue = true;
        request.Headers.TryAddWithoutValidation("Authorization", S3.S3Signing.RootKey);
        request.Headers.TryAddWithoutValidation("x-amz-date", S3.S3Signing.Date);
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        aws.Clock.Set(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var response = await http.SendAsync(request);
        Assert.That((response.StatusCode, response.Headers.Connection.SingleOrDefault()), Is.EqualTo((HttpStatusCode.OK, connection)));
    }

    private static async Task<HttpResponseMessage> SendAsync(AwsEmulator aws, string target)
    {
        var date = aws.Clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'");
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost/") { Content = new StringContent("""{"MaxResults":1}""", new MediaTypeHeaderValue("application/x-amz-json-1.0")) };
        request.Headers.Add("X-Amz-Target", target);
        request.Headers.Add("X-Amz-Date", date);
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/{date[..8]}/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature={new string('0', 64)}".Replace("/service/", target.StartsWith('D') ? "/dynamodb/" : "/cognito-idp/"));
        return await aws.CreateHttpClient().SendAsync(request);
    }
}
