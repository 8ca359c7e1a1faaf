using System.Text;
using Emulator.Protocols;
using Emulator.SigV4;
using Emulator.SigV4.Checksums;
using NUnit.Framework;

namespace Emulator.Tests.SigV4.Checksums;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html")]
internal sealed class ChecksumStreamTests
{
    private const string Text = "test data..";

    [Test]
    public async Task Without_a_checksum_of_the_clients_it_is_CRC64NVME()
    {
        var stream = await ReadAsync();
        Assert.Multiple(() =>
        {
            Assert.That((stream.Algorithm, stream.Value, stream.IsDeclared), Is.EqualTo(((ChecksumAlgorithm?)ChecksumAlgorithm.Crc64Nvme, "qUVrWYOrIAM=", false)));
            Assert.That(Convert.ToHexStringLower(stream.Md5), Is.EqualTo("e6d9226c2a86b7232933663c13467527"));
            Assert.That(stream.LengthBytes, Is.EqualTo(11));
        });
    }

    [Test]
    public async Task A_right_checksum_is_accepted([Values] ChecksumAlgorithm algorithm)
    {
        var value = Checksum.Of(algorithm, Encoding.ASCII.GetBytes(Text));
        var stream = await ReadAsync(("x-amz-sdk-checksum-algorithm", algorithm.Name()), (algorithm.HeaderName(), value));
        Assert.That((stream.Algorithm, stream.Value, stream.IsDeclared), Is.EqualTo(((ChecksumAlgorithm?)algorithm, value, true)));
    }

    [Observed("21 February 2026, recorded from S3 (test_put_object_checksum)")]
    [Test]
    public void A_wrong_checksum_or_none_at_all_is_told_apart([Values] ChecksumAlgorithm algorithm)
    {
        var wrong = Checksum.Of(algorithm, "other"u8);
        Refused("BadDigest", $"The {algorithm.Name()} you specified did not match the calculated checksum.", (algorithm.HeaderName(), wrong));
        foreach (var invalid in new[] { "test", "not base 64!", wrong + "AAAA", "" })
        {
            Refused("InvalidRequest", $"Value for {algorithm.HeaderName()} header is invalid.", (algorithm.HeaderName(), invalid));
        }
    }

    [Observed("21 February 2026, recorded from S3 (test_s3_checksum_no_algorithm)")]
    [Test]
    public void Only_one_checksum_may_be_declared()
    {
        (string, string) crc32 = ("x-amz-checksum-crc32", Checksum.Of(ChecksumAlgorithm.Crc32, Encoding.ASCII.GetBytes(Text)));
        (string, string) sha256 = ("x-amz-checksum-sha256", Checksum.Of(ChecksumAlgorithm.Sha256, Encoding.ASCII.GetBytes(Text)));
        Refused("InvalidRequest", "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.", crc32, sha256);
        Refused("InvalidRequest", "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.", crc32, ("x-amz-trailer", "x-amz-checksum-crc32"));
    }

    [TestCase("x-amz-sdk-checksum-algorithm", "CRC32", "InvalidRequest", "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.")]
    [TestCase("x-amz-sdk-checksum-algorithm", "TEST", "InvalidRequest", "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]")]
    [TestCase("x-amz-checksum-crc16", "AAA=", "InvalidRequest", "The algorithm type you specified in x-amz-checksum- header is invalid.")]
    [TestCase("x-amz-checksum-xxhash3", "AAAAAAAAAAA=", "NotImplemented", "The emulator does not implement the checksum x-amz-checksum-xxhash3.")]
    [TestCase("x-amz-trailer", "x-amz-meta-a", "InvalidRequest", "The value specified in the x-amz-trailer header is not supported")]
    public void What_cannot_be_is_refused(string header, string value, string code, string message) => Refused(code, message, (header, value));

    [Test]
    public async Task Headers_that_only_begin_alike_are_no_checksums() =>
        Assert.That((await ReadAsync(("x-amz-checksum-algorithm", "SHA1"), ("x-amz-checksum-type", "FULL_OBJECT"), ("x-amz-checksum-mode", "ENABLED"))).IsDeclared, Is.False);

    [Test]
    [Observed("reports on S3: aws-sdk-go-v2 #2610, localstack #12169: SDKs put the checksum of an empty body into presigned URLs, and S3 takes any body")]
    public async Task A_checksum_in_the_query_of_a_presigned_URL_is_not_looked_at()
    {
        var request = Requests.Make("PUT", "/bucket/key", "x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32", content: Encoding.ASCII.GetBytes(Text));
        Assert.That((await ReadAsync(request)).IsDeclared, Is.False);
    }

    [Observed("21 February 2026, recorded from S3 (test_s3_invalid_content_md5)")]
    [TestCase("__invalid__")]
    [TestCase("000")]
    [TestCase("not base64 encoded checksum")]
    [TestCase("MTIz")]
    [TestCase("dGVzdC1zdHJpbmc=")]
    public void An_MD5_that_is_none_is_refused_with_its_value(string md5) =>
        Assert.That(Refused("InvalidDigest", "The Content-MD5 you specified was invalid.", ("Content-MD5", md5)).Members, Is.EqualTo(new KeyValuePair<string, object?>[] { new("Content-MD5", md5) }));

    [Observed("21 February 2026, recorded from S3 (test_s3_invalid_content_md5)")]
    [Test]
    public async Task A_wrong_MD5_is_refused_with_both_in_different_spellings()
    {
        await ReadAsync(("Content-MD5", Convert.ToBase64String(Convert.FromHexString("e6d9226c2a86b7232933663c13467527"))));
        var error = Refused("BadDigest", "The Content-MD5 you specified did not match what we received.", ("Content-MD5", Convert.ToBase64String(Convert.FromHexString("09891eb590524e35fc73372cddc5d596"))));
        Assert.That(error.Members, Is.EqualTo(new KeyValuePair<string, object?>[] { new("ExpectedDigest", "09891eb590524e35fc73372cddc5d596"), new("CalculatedDigest", "5tkibCqGtyMpM2Y8E0Z1Jw==") }));
    }

    [Test]
    public async Task A_body_with_a_declared_hash_is_compared_at_its_last_byte()
    {
        var right = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(Text)));
        foreach (var length in new long?[] { 11, null })
        {
            Assert.That(await ReadHashedAsync(right, length), Is.EqualTo(Text));
            var wrong = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([]));
            var error = Assert.ThrowsAsync<AwsException>(() => ReadHashedAsync(wrong, length))!;
            Assert.Multiple(() =>
            {
                Assert.That((error.Code, error.StatusCode, error.Message), Is.EqualTo(("XAmzContentSHA256Mismatch", 400, "The provided 'x-amz-content-sha256' header does not match what was computed.")));
                Assert.That(error.Members, Is.EqualTo(new KeyValuePair<string, object?>[] { new("ClientComputedContentSHA256", wrong), new("S3ComputedContentSHA256", right) }));
            });
        }
        Assert.That(() => ReadHashedAsync(right, 12), Throws.TypeOf<AwsException>().With.Property(nameof(AwsException.Code)).EqualTo("IncompleteBody"));
    }

    private static async Task<string> ReadHashedAsync(string sha256, long? length)
    {
        await using var stream = new HashedStream(new Trickle(Encoding.ASCII.GetBytes(Text), () => 3), sha256, length);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static Task<ChecksumStream> ReadAsync(params (string Name, string Value)[] headers) =>
        ReadAsync(Requests.Make("PUT", "/bucket/key", headers: Requests.Headers(headers), content: Encoding.ASCII.GetBytes(Text)));

    private static async Task<ChecksumStream> ReadAsync(RestRequest request)
    {
        var stream = ChecksumStream.ForUpload(request, request.ContentLength);
        await stream.CopyToAsync(Stream.Null);
        return stream;
    }

    private static AwsException Refused(string code, string message, params (string Name, string Value)[] headers)
    {
        var error = Assert.ThrowsAsync<AwsException>(() => ReadAsync(headers))!;
        Assert.That((error.Code, error.Message, error.StatusCode), Is.EqualTo((code, message, code == "NotImplemented" ? 501 : 400)));
        return error;
    }
}
