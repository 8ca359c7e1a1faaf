using System.Net;
using System.Security.Cryptography;
using NUnit.Framework;

namespace Emulator.Tests.S3.Upstream;

/// <summary>Bodies are verified before their last bytes go on: what is wrong is refused, and nothing is kept there.</summary>
[TestFixture(true)]
[TestFixture(false)]
internal sealed class ForwardedBodyTests(bool trailers) : UpstreamFixture
{
    protected override string Yaml => $"s3: {{ upstream: {{ {Server}, trailers: {(trailers ? "true" : "false")} }} }}";

    [TestCase("YjJ6bQ==", "x-amz-checksum-crc32", "BadDigest")]
    [TestCase("not base 64", "x-amz-checksum-crc32", "InvalidRequest")]
    public async Task A_wrong_trailer(string value, string name, string code) =>
        await RefusedAsync(await SendChunkedAsync($"b\r\ntest data..\r\n0\r\n{name}:{value}\r\n\r\n", 11, name), code);

    [Test]
    public async Task Another_length_than_declared() =>
        await RefusedAsync(await SendChunkedAsync("b\r\ntest data..\r\n0\r\n\r\n", 12, null), "IncompleteBody");

    [Test]
    public async Task Another_hash_than_declared() =>
        await RefusedAsync(await SendAsync(HttpMethod.Put, $"/{TheBucket}/a", "other", ("x-amz-content-sha256", new string('0', 64))), "XAmzContentSHA256Mismatch");

    [Test]
    public async Task Another_digest_than_declared() =>
        await RefusedAsync(await SendAsync(HttpMethod.Put, $"/{TheBucket}/a", "other", ("Content-MD5", Convert.ToBase64String(MD5.HashData("one"u8)))), "BadDigest");

    [Test]
    public async Task Another_checksum_than_declared() =>
        await RefusedAsync(await SendAsync(HttpMethod.Put, $"/{TheBucket}/a", "other", ("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData("one"u8)))), "BadDigest");

    [Test]
    public async Task A_right_trailer_is_kept_with_the_object()
    {
        var (response, body) = await SendChunkedAsync("b\r\ntest data..\r\n0\r\nx-amz-checksum-sha256:" + Convert.ToBase64String(SHA256.HashData("test data.."u8)) + "\r\n\r\n", 11, "x-amz-checksum-sha256");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), body);
        var head = await S3There.GetObjectMetadataAsync(new() { BucketName = TheBucket, Key = "a", ChecksumMode = Amazon.S3.ChecksumMode.ENABLED });
        Assert.Multiple(() =>
        {
            Assert.That(head.ContentLength, Is.EqualTo(11));
            Assert.That(head.ChecksumSHA256, trailers ? Is.EqualTo(Convert.ToBase64String(SHA256.HashData("test data.."u8))) : Is.Null);
            Assert.That(head.Headers.ContentEncoding, Is.EqualTo("gzip"));
        });
    }

    [TestCase(0)]
    [TestCase(1 << 20)]
    [TestCase((3 << 20) + 1)]
    public async Task A_body_is_framed_anew_whatever_its_length(int length)
    {
        var body = Bytes(length);
        await PutAsync("a", body, request => request.ChecksumAlgorithm = Amazon.S3.ChecksumAlgorithm.SHA1);
        Assert.That((await GetAsync("a")).AsSpan().SequenceEqual(body), Is.True);
    }

    [Test]
    public async Task A_form_is_sent_on_as_an_object()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("forms/${filename}"), "key" },
            { new StringContent("201"), "success_action_status" },
            { new StringContent("text/plain"), "Content-Type" },
            { new StringContent("v"), "x-amz-meta-k" },
            { new StringContent("<Tagging><TagSet><Tag><Key>a b</Key><Value>c+d</Value></Tag></TagSet></Tagging>"), "tagging" },
            { new ByteArrayContent("from a form"u8.ToArray()), "file", "f.txt" },
        };
        using var response = await Http.PostAsync($"/{TheBucket}", form);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created), body);
        using var kept = await S3There.GetObjectAsync(TheBucket, "forms/f.txt");
        var tags = await S3There.GetObjectTaggingAsync(new() { BucketName = TheBucket, Key = "forms/f.txt" });
        Assert.Multiple(() =>
        {
            Assert.That(body, Does.Contain($"<Bucket>{TheBucket}</Bucket><Key>forms/f.txt</Key><ETag>{kept.ETag.Replace("\"", "&quot;")}</ETag>"));
            Assert.That(new StreamReader(kept.ResponseStream).ReadToEnd(), Is.EqualTo("from a form"));
            Assert.That((kept.Headers.ContentType, kept.Metadata["k"]), Is.EqualTo(("text/plain", "v")));
            Assert.That(tags.Tagging.Single(), Has.Property("Key").EqualTo("a b").And.Property("Value").EqualTo("c+d"));
        });
    }

    [Test]
    public async Task S3_Control_is_answered_here()
    {
        var asked = There.Journal.Count;
        var (response, body) = await SendAsync(HttpMethod.Get, "http://000000000000.s3-control.us-east-1.amazonaws.com/v20180820/accesspoint", null,
            ("Authorization", S3Signing.RootKey), ("x-amz-date", S3Signing.Date), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), ("x-amz-account-id", "000000000000"));
        Assert.That((response.StatusCode, There.Journal.Count), Is.EqualTo((HttpStatusCode.OK, asked)), body);
    }

    private Task<(HttpResponseMessage Response, string Body)> SendChunkedAsync(string framed, int length, string? trailer)
    {
        var headers = new List<(string, string)>
        {
            ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"), ("x-amz-decoded-content-length", $"{length}"), ("Content-Encoding", "aws-chunked,gzip"),
        };
        if (trailer is not null) headers.Add(("x-amz-trailer", trailer));
        return SendAsync(HttpMethod.Put, $"/{TheBucket}/a", framed, [.. headers]);
    }

    private async Task RefusedAsync((HttpResponseMessage Response, string Body) answer, string code)
    {
        Assert.Multiple(async () =>
        {
            Assert.That(answer.Response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.Body, Does.Contain($"<Code>{code}</Code>"));
            Assert.That((await S3There.ListObjectsV2Async(new() { BucketName = TheBucket })).S3Objects ?? [], Is.Empty);
        });
    }
}
