using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.SigV4;

/// <summary>Uploads with credentials that are verified, in every framing that the SDK sends.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html")]
internal sealed class S3BodiesOverTheWireTests
{
    private const string Configuration = """
        credentials: known
        accounts:
          "111122223333":
            keys:
              - id: AKIAIOSFODNN7EXAMPLE
                secret: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
        """;

    [Test]
    public async Task A_stream_arrives_as_it_was([Values(0, 1, 200_000)] int length, [Values] bool chunks, [Values] bool unsigned)
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.Configuration = Configuration);
        using var s3 = Client(aws, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        await s3.PutBucketAsync("framed-bodies");
        var content = new byte[length];
        new Random(length).NextBytes(content);
        foreach (var algorithm in new[] { ChecksumAlgorithm.CRC32, ChecksumAlgorithm.SHA256 })
        {
            await s3.PutObjectAsync(new() { BucketName = "framed-bodies", Key = "a key", InputStream = new MemoryStream(content), UseChunkEncoding = chunks, DisablePayloadSigning = unsigned, ChecksumAlgorithm = algorithm });
            using var answer = await s3.GetObjectAsync(new GetObjectRequest { BucketName = "framed-bodies", Key = "a key", ChecksumMode = ChecksumMode.ENABLED });
            var read = new MemoryStream();
            await answer.ResponseStream.CopyToAsync(read);
            Assert.That(read.ToArray(), Is.EqualTo(content), algorithm.Value);
        }
    }

    [Test]
    public async Task A_wrong_secret_is_refused_in_S3s_words()
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.Configuration = Configuration);
        using var s3 = Client(aws, "wrong");
        Assert.That(() => s3.ListBucketsAsync(), Throws.TypeOf<AmazonS3Exception>().With.Property(nameof(AmazonS3Exception.ErrorCode)).EqualTo("SignatureDoesNotMatch")
            .And.Message.EqualTo("The request signature we calculated does not match the signature you provided. Check your key and signing method."));
    }

    [Test]
    public async Task A_presigned_URL_works_until_its_time_is_over_on_the_emulators_clock()
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.Configuration = Configuration);
        using var s3 = Client(aws, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        await s3.PutBucketAsync("presigned");
        await s3.PutObjectAsync(new() { BucketName = "presigned", Key = "사진 +1.txt", ContentBody = "text" });
        var url = await s3.GetPreSignedURLAsync(new() { BucketName = "presigned", Key = "사진 +1.txt", Expires = DateTime.UtcNow.AddMinutes(5) });
        using var http = aws.CreateHttpClient();
        Assert.That(await http.GetStringAsync(url), Is.EqualTo("text"));
        aws.Clock.Advance(TimeSpan.FromMinutes(6));
        using var late = await http.GetAsync(url);
        Assert.That(await late.Content.ReadAsStringAsync(), Does.Contain("<Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>300</X-Amz-Expires>"));
    }

    [Test]
    [Observed("2024-04-18 and 2025-01-22, in https://github.com/aws/aws-sdk-go-v2/issues/2610 and https://github.com/localstack/localstack/issues/12169")]
    public async Task A_checksum_among_the_parameters_of_a_presigned_URL_is_not_looked_at()
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.Configuration = Configuration);
        using var s3 = Client(aws, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        await s3.PutBucketAsync("presigned");
        var request = new GetPreSignedUrlRequest { BucketName = "presigned", Key = "a", Verb = HttpVerb.PUT, Expires = DateTime.UtcNow.AddMinutes(5) };
        request.Parameters.Add("x-amz-checksum-crc32", "AAAAAA=="); // of no bytes
        request.Parameters.Add("x-amz-sdk-checksum-algorithm", "CRC32");
        using var http = aws.CreateHttpClient();
        using var put = await http.PutAsync(await s3.GetPreSignedURLAsync(request), new StringContent("text"));
        Assert.That(put.StatusCode, Is.EqualTo(System.Net.HttpStatusCode.OK), await put.Content.ReadAsStringAsync());
    }

    private static AmazonS3Client Client(AwsEmulator aws, string secretAccessKey) => aws.CreateClient<AmazonS3Client>(new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", secretAccessKey));
}
