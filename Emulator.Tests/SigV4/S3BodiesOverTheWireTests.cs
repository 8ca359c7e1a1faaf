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

    private static AmazonS3Client Client(AwsEmulator aws, string secretAccessKey) => aws.CreateClient<AmazonS3Client>(new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", secretAccessKey));
}
