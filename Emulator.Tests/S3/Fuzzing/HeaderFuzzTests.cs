using System.Security.Cryptography;
using System.Text;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Fuzzing;

/// <summary>Headers that mean something, with values that are right, nearly right and nonsense.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonRequestHeaders.html")]
internal sealed class HeaderFuzzTests : SocketFuzzFixture
{
    private static readonly string[] Names =
    [
        "Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Content-MD5", "Content-Type", "Content-Encoding", "Content-Language", "Content-Disposition", "Cache-Control", "Expires", "Expect", "Origin",
        "Access-Control-Request-Method", "Access-Control-Request-Headers", "Date", "Accept-Encoding", "X-Forwarded-For", "X-Amz-Target", "Authorization",
        "x-amz-copy-source", "x-amz-copy-source-range", "x-amz-copy-source-if-match", "x-amz-copy-source-if-none-match", "x-amz-copy-source-if-modified-since", "x-amz-copy-source-if-unmodified-since",
        "x-amz-metadata-directive", "x-amz-tagging-directive", "x-amz-tagging", "x-amz-meta-a", "x-amz-meta-", "x-amz-meta-\u00e9", "x-amz-meta-a.b_c!#$%&'*+^`|~", "x-amz-storage-class", "x-amz-acl", "x-amz-grant-read", "x-amz-grant-full-control",
        "x-amz-checksum-crc32", "x-amz-checksum-crc32c", "x-amz-checksum-sha1", "x-amz-checksum-sha256", "x-amz-checksum-crc64nvme", "x-amz-checksum-algorithm", "x-amz-sdk-checksum-algorithm", "x-amz-checksum-type", "x-amz-checksum-mode",
        "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id", "x-amz-server-side-encryption-context", "x-amz-server-side-encryption-bucket-key-enabled", "x-amz-server-side-encryption-customer-algorithm",
        "x-amz-server-side-encryption-customer-key", "x-amz-server-side-encryption-customer-key-MD5", "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date", "x-amz-object-lock-legal-hold", "x-amz-bypass-governance-retention",
        "x-amz-decoded-content-length", "x-amz-content-sha256", "x-amz-trailer", "x-amz-date", "x-amz-security-token", "x-amz-expected-bucket-owner", "x-amz-source-expected-bucket-owner", "x-amz-mp-object-size", "x-amz-object-attributes",
        "x-amz-max-parts", "x-amz-part-number-marker", "x-amz-website-redirect-location", "x-amz-write-offset-bytes", "x-amz-request-payer", "x-amz-mfa", "x-amz-object-ownership", "x-amz-bucket-object-lock-enabled", "x-amz-optional-object-attributes",
    ];

    private static readonly string[] Values =
    [
        "", " ", "0", "1", "-1", "4", "5", "99999999999999999999999", "9223372036854775807", "-9223372036854775808", "2147483648", "NaN", "true", "TRUE", "false", "*", "\"\"", "\"", "W/\"a\"", ",", ",,,,", ";", "=", "&", "a=b", "a=b&a=c", "a=%", "a=%zz&=&&", "aws:a=b", "%00", "%", "%e2%82",
        "bytes=", "bytes=0-", "bytes=-1", "bytes=1-0", "bytes=0-3", "bytes=3-99999999999999999999", "bytes=-9223372036854775808", "bytes=9223372036854775807-9223372036854775807", "bytes=0-0,-1", "items=0-1", "bytes 0-1",
        "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999-14:00", "2024-02-30", "20260101T000000Z", "1e9", "2199-01-01T00:00:00Z",
        "/the-bucket/key", "the-bucket/key", "the-bucket/key?versionId=null", "/the-bucket/key?versionId=", "?versionId=a", "%2Fthe-bucket%2Fkey", "/", "//", "the-bucket", "the-bucket/", "/no-such-bucket/key", "arn:aws:s3:us-east-1:000000000000:accesspoint/a/object/b", "the-bucket/%", "the-bucket/%ff", "../../etc/passwd",
        "AAAAAA==", "AAAA", "====", "1B2M2Y8AsgTpgAmY7PhCfg==", "lhR6sg==", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "CRC32", "crc32", "SHA256", "MD5", "FULL_OBJECT", "COMPOSITE", "ENABLED",
        "AES256", "aws:kms", "aws:kms:dsse", "aws:", "alias/a", "arn:aws:kms:us-east-1:000000000000:key/x", "e30=", "eyJhIjoiYiJ9", "bm8=", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "dnF5YPFiT6ZZfFRpbSg1hg==",
        "GOVERNANCE", "COMPLIANCE", "ON", "OFF", "STANDARD", "GLACIER", "standard", "private", "public-read", "id=x", "id=\"x\",uri=\"http://acs.amazonaws.com/groups/global/AllUsers\"", "emailAddress=a@b", "uri", "COPY", "REPLACE",
        "aws-chunked", "gzip,aws-chunked", "chunked", "100-continue", "200-ok", "UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "x-amz-checksum-crc32", "x-amz-checksum-crc32,x-amz-checksum-sha1", "000000000000", "111111111111", "ETag", "ETag,Checksum,ObjectParts", "ObjectSize,,", "http://a", "https://", "/a", "=?UTF-8?B?w6k=?=", "=?UTF-8?B?////?=", "=?UTF-8?Q?=0D=0Aa:_b?=", "=?UTF-8?Q?=00?=", "=?UTF-8?Q?=ED=A0=80?=",
        "\u00e9", "\ud83d\ude00", "\u007f", "\t", "a\u0001b", "GET", "multipart/form-data; boundary=a", "application/x-www-form-urlencoded", "text/html; charset=\"", "DynamoDB_20120810.GetItem",
        "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=a/b", "AWS4-HMAC-SHA256 Credential=////,SignedHeaders=,Signature=", "AWS a:b", "AWS :", "Bearer x", "Basic YTpi", "Requester", "BucketOwnerEnforced", "RestoreStatus",
    ];

    private static readonly (string Method, string Target, string? Body)[] Operations =
    [
        ("GET", $"/{TheBucket}/key", null), ("HEAD", $"/{TheBucket}/key", null), ("GET", $"/{TheBucket}/key?attributes", null), ("PUT", $"/{TheBucket}/key", "data"), ("PUT", $"/{TheBucket}/key", ""), ("DELETE", $"/{TheBucket}/key", null),
        ("POST", $"/{TheBucket}/key?uploads", null), ("PUT", $"/{TheBucket}/parts?partNumber=1&uploadId={{upload}}", "data"), ("POST", $"/{TheBucket}/parts?uploadId={{upload}}", "<CompleteMultipartUpload/>"), ("GET", $"/{TheBucket}?list-type=2", null), ("GET", $"/{TheBucket}?uploads", null),
        ("PUT", "/new-bucket", ""), ("POST", $"/{TheBucket}", "--a\r\nContent-Disposition: form-data; name=key\r\n\r\nk\r\n--a\r\nContent-Disposition: form-data; name=file\r\n\r\nf\r\n--a--\r\n"), ("OPTIONS", $"/{TheBucket}/key", null), ("PUT", $"/{TheBucket}/key?acl", ""), ("PUT", $"/{TheBucket}?acl", ""),
        ("PUT", $"/{TheBucket}/key?tagging", "<Tagging><TagSet/></Tagging>"), ("POST", $"/{TheBucket}?delete", "<Delete><Object><Key>none</Key></Object></Delete>"), ("PUT", $"/{TheBucket}?lifecycle", "<LifecycleConfiguration/>"), ("GET", "/", null), ("HEAD", $"/{TheBucket}", null),
    ];

    private string _upload = "";

    [SetUp]
    public async Task MakeAsync()
    {
        await S3.PutBucketOwnershipControlsAsync(new PutBucketOwnershipControlsRequest { BucketName = TheBucket, OwnershipControls = new() { Rules = [new() { ObjectOwnership = "ObjectWriter" }] } });
        _upload = (await S3.InitiateMultipartUploadAsync(TheBucket, "parts")).UploadId;
    }

    [Test]
    public Task Whatever_stands_in_headers_is_answered_and_what_is_kept_of_it_is_given_back() => Fuzz.RunAsync(600, async random =>
    {
        await PutAsync("key", "data");
        var (method, target, body) = random.OneOf<(string, string, string?)>(Operations);
        List<(string, string)> headers = [("Host", random.Next(20) == 0 ? random.OneOf<string>(["localhost", "the-bucket.s3.localhost", "", "a b", "[::1", "the-bucket.localhost:99999", "%00.s3.localhost", "s3.amazonaws.com"]) : "localhost")];
        if (random.Next(4) > 0) headers.AddRange(Signed);
        if (method == "PUT" && random.Next(3) == 0) headers.Add(("x-amz-copy-source", random.OneOf($"/{TheBucket}/key", $"{TheBucket}/key?versionId=null", "/no-such-bucket/a")));
        for (var more = random.Next(1, 5); more > 0; more--) headers.Add((random.OneOf<string>(Names), Value(random)));
        var content = body is null ? null : Encoding.UTF8.GetBytes(body);
        if (content is not null) headers.Add(("Content-Length", content.Length.ToString()));
        if (content is [(byte)'<', ..]) headers.Add(("Content-MD5", Convert.ToBase64String(MD5.HashData(content))));
        // Who asks for 100-continue gets it or is refused; the body is there in any case.
        await AnswerAsync(Request(method, target.Replace("{upload}", _upload, StringComparison.Ordinal), headers, content));
        await EverythingIsReadAsync();
        if (target == "/new-bucket") await AnswerAsync(Request("DELETE", target, [("Host", "localhost"), .. Signed]));
    });

    [Test]
    public async Task A_body_that_is_not_as_declared_leaves_the_object_as_it_was()
    {
        await Fuzz.RunAsync(150, SendWrongLengthAsync);
        await Aws.DisposeAsync(); // no request goes on
        Assert.That(Files(), Is.Zero, "nothing of it is left");
    }

    private async Task SendWrongLengthAsync(Random random)
    {
        await PutAsync("key", "before");
        var body = Bytes(random.Next(2) == 0 ? random.Next(1, 50) : random.Next(16_000, 200_000), random.Next());
        var declared = body.Length + random.Next(1, 5000);
        List<(string, string)> headers = [("Host", "localhost"), .. Signed];
        if (random.Next(2) == 0) headers.Add(("Content-Length", declared.ToString()));
        else headers.AddRange([("Content-Length", body.Length.ToString()), ("x-amz-decoded-content-length", (random.Next(2) == 0 ? declared : body.Length - 1).ToString())]);
        var answer = await AnswerAsync(Request("PUT", $"/{TheBucket}/key", headers, body), closes: true);
        Assert.That(answer.Status, Is.AnyOf(0, 400), answer.ToString());
        Assert.That(await GetTextAsync("key"), Is.EqualTo("before"));
    }

    private int Files()
    {
        var bodies = Path.Combine(Aws.Host.DataPath!, "bodies");
        return Directory.Exists(bodies) ? Directory.GetFiles(bodies, "*", SearchOption.AllDirectories).Length : 0;
    }

    private static string Value(Random random) => random.Next(4) switch
    {
        0 => Encoding.UTF8.GetString(random.Damage(Encoding.UTF8.GetBytes(random.OneOf<string>(Values)))).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal),
        1 when random.Next(10) == 0 => new string(random.OneOf('a', '=', ',', '%', '"'), random.Next(1, 30_000)),
        _ => random.OneOf<string>(Values),
    };
}
