using System.Text;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Fuzzing;

/// <summary>Request lines as no client library would send them.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html")]
internal sealed class TargetFuzzTests : SocketFuzzFixture
{
    private static readonly string[] Scraps =
    [
        "/", "//", "/./", "/../", "..", ".", "%2e%2e", "%2E%2E%2F", "..%2f", "%2f", "%5c..%5c", "\\..\\", "%00", "%", "%%", "%2", "%zz", "%c0%af", "%C0%80", "%e0%80%af", "%ed%a0%80", "%f4%90%80%80", "%ff", "%EF%BB%BF", "%0d%0a", "%20", "+", "%2B", "%25", "%252e", "?", "&", "=", "#", ";", "@", ":", "~", "*",
        "{", "}", "|", "^", "\"", "<", ">", "`", "key", "the-bucket", "no-such-bucket", "a/b/c", "_emulator", "?list-type=2", "?uploads", "?uploadId=", "?versionId=", "?partNumber=1", "?tagging", "?acl", "?policy", "?location", "?torrent", "?attributes", "?delete", "?x-amz-meta-a=%0d%0ab", "?X-Amz-Signature=", "?AWSAccessKeyId=a&Signature=b&Expires=1",
        "http://", "http://localhost", "https://h:99999/", "http:///", "%E2%82%AC", "%F0%9F%98%80", "\u00e9", "\ud83d\ude00", "\u007f", "\u0001", "%7F", "%01", "etc/passwd", "store.db", "bodies", "lock",
    ];

    private static readonly string[] Methods = ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "get", "TRACE", "CONNECT", "QUERY", "A"];

    [TestCase("/the-bucket/../../etc/passwd", "../../etc/passwd")]
    [TestCase("/the-bucket/%2e%2e/%2E%2E%2Fetc%2fpasswd", "../../etc/passwd")]
    [TestCase("/the-bucket/..", "..")]
    [TestCase("/the-bucket/.", ".")]
    [TestCase("/the-bucket//", "/")]
    [TestCase("/the-bucket//a//b/", "/a//b/")]
    [TestCase("/the-bucket/./a/./b/../c", "./a/./b/../c")]
    [TestCase("/the-bucket/%2Fetc/passwd", "/etc/passwd")]
    [TestCase("/the-bucket/C%3A%5CWindows%5c..", "C:\\Windows\\..")]
    [TestCase("/the-bucket/a%0D%0Ab", "a\r\nb")]
    [TestCase("/the-bucket/%EF%BB%BF", "\uFEFF")]
    [TestCase("/the-bucket/a+b%2Bc%20d", "a+b+c d")]
    [TestCase("/the-bucket/a%25b%252e", "a%b%2e")]
    [TestCase("/the-bucket/%F0%9F%98%80", "\ud83d\ude00")]
    [TestCase("http://localhost/the-bucket/a%2Fb", "a/b")]
    [TestCase("http://localhost/the-bucket/a?x=/b", "a")]
    [TestCase("/the-bucket/_emulator/reset", "_emulator/reset")]
    [TestCase("/the-bucket/a;b=c:d@e$f,g'(h)!*~", "a;b=c:d@e$f,g'(h)!*~")]
    public async Task A_path_names_a_key_and_nothing_else(string target, string key)
    {
        foreach (var body in new[] { "small", new string('x', 20_000) })
        {
            var put = await AnswerAsync(Request("PUT", target, [("Host", "localhost"), .. Signed, ("Content-Length", body.Length.ToString())], Encoding.ASCII.GetBytes(body)));
            Assert.That(put.Status, Is.EqualTo(200), put.ToString());
            var list = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket, Encoding = "url" });
            Assert.That(list.S3Objects.Select(one => Uri.UnescapeDataString(one.Key)), Is.EqualTo(new[] { key }));
            Assert.That((await AnswerAsync(Request("GET", target, [("Host", "localhost"), .. Signed]))).Text, Is.EqualTo(body));
        }
    }

    [TestCase("/the-bucket/%C0%AF")]
    [TestCase("/the-bucket/%c0%80")]
    [TestCase("/the-bucket/%E0%80%AFa")]
    [TestCase("/the-bucket/%ED%A0%80")]
    [TestCase("/the-bucket/%F4%90%80%80")]
    [TestCase("/the-bucket/%FF")]
    [TestCase("/the-bucket/%E2%82")]
    [TestCase("/the-bucket/a%")]
    [TestCase("/the-bucket/a%2")]
    [TestCase("/the-bucket/a%zz")]
    public async Task What_is_not_UTF_8_is_no_key(string target)
    {
        var answer = await AnswerAsync(Request("PUT", target, [("Host", "localhost"), .. Signed, ("Content-Length", "0")]));
        Assert.That((answer.Status, answer.Text.Contains("<Code>InvalidURI</Code>", StringComparison.Ordinal)), Is.EqualTo((400, true)), answer.ToString());
    }

    [Test]
    public Task Whatever_stands_in_the_request_line_is_answered() => Fuzz.RunAsync(800, async random =>
    {
        var target = new StringBuilder(random.Next(10) == 0 ? "" : $"/{TheBucket}/");
        for (var parts = random.Next(6); parts > 0; parts--) target.Append(random.OneOf<string>(Scraps));
        if (random.Next(50) == 0) target.Append(random.OneOf('a', '%', '/', '?', '&'), random.Next(1, 40_000));
        var body = random.Next(2) == 0 ? "data"u8.ToArray() : [];
        var headers = new List<(string, string)> { ("Host", random.OneOf("localhost", "localhost", $"{TheBucket}.s3.localhost", $"{TheBucket}.s3-website.localhost", "a.b.c.s3.localhost")), ("Content-Length", body.Length.ToString()) };
        if (random.Next(3) > 0) headers.AddRange(Signed);
        await AnswerAsync(Request(random.OneOf<string>(Methods), target.ToString(), headers, body));
    });

    [Test]
    public Task Requests_that_are_hardly_HTTP_do_no_harm() => Fuzz.RunAsync(300, async random =>
    {
        var good = Request("PUT", $"/{TheBucket}/key?tagging", [("Host", "localhost"), .. Signed, ("Content-Length", "4"), ("Transfer-Encoding", "chunked")], "4\r\ndata\r\n0\r\n\r\n"u8.ToArray());
        await AnswerAsync(random.Damage(good, "\r\n", "\n", "\r", "\r\n\r\n", ":", " ", "\t", "HTTP/1.1", "HTTP/2.0", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\0", "Content-Length: 5\r\n", "Transfer-Encoding: gzip\r\n", "ffffffff\r\n", "-1\r\n", "4;a=b\r\n"), closes: true);
        Assert.That((await AnswerAsync(Request("GET", $"/{TheBucket}?list-type=2", [("Host", "localhost"), .. Signed]))).Status, Is.EqualTo(200));
    });
}
