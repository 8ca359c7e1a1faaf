using System.Text;
using NUnit.Framework;

namespace Emulator.Tests.S3.Fuzzing;

/// <summary>Forms of browsers, damaged.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html")]
internal sealed class FormFuzzTests : SocketFuzzFixture
{
    private static readonly string[] Scraps =
    [
        "\r\n", "\n", "\r", "--", "--x", "--x--", "\r\n--x\r\n", "\r\n--x--\r\n", "Content-Disposition: form-data; name=\"file\"\r\n\r\n", "name=", "name=\"\"", "name=\"key\"", "filename=\"\"", "filename*=UTF-8''%00", "filename=\"../../../etc/passwd\"", ";", "\"", "${filename}", "\0", "\u00e9", ":",
        "Content-Type: multipart/mixed; boundary=y\r\n", "Content-Transfer-Encoding: base64\r\n", "policy", "e30=", "key", "success_action_redirect", "success_action_status", "201", "http://a/\r\nX: y", "tagging", "<Tagging>", "x-amz-meta-a", "x-amz-meta-a b", "x-amz-meta-\r\n", "acl", "public-read", "x-amz-server-side-encryption", "AES256", "x-amz-checksum-crc32", "Content-Type",
    ];

    [Test]
    public Task A_damaged_form_is_taken_or_refused() => Fuzz.RunAsync(600, async random =>
    {
        var form = Form(
            ("key", random.OneOf("key", "a/${filename}", "../../x", "\u00e9")), ("x-amz-meta-a", random.OneOf("b", "b\r\nc", "\u00e9\0", "\u0001")), ("Content-Type", random.OneOf("text/plain", "a\r\nb: c", "", "\u00e9")),
            ("success_action_status", random.OneOf("201", "200", "204", "x", "")), ("success_action_redirect", random.OneOf("", "http://a/b?c", "http://a/\u00e9", "http://a/\r\nb: c", "javascript:1", "//", "http://a/ b")),
            ("tagging", random.OneOf("<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>", "", "<")), ("x-amz-storage-class", random.OneOf("STANDARD", "no")), ("Cache-Control", random.OneOf("no-cache", "a\nb")),
            ("file", random.OneOf("", "data", new string('x', 20_000))));
        var body = random.Next(4) == 0 ? form : random.Damage(form, Scraps);
        if (random.Next(5) == 0) body = body[..random.Next(body.Length)];
        List<(string, string)> headers = [("Host", "localhost"), ("Content-Length", body.Length.ToString()), ("Content-Type", random.OneOf("multipart/form-data; boundary=x", "multipart/form-data; boundary=x", "multipart/form-data; boundary=\"x\"", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=--x", "text/plain"))];
        await AnswerAsync(Request("POST", $"/{TheBucket}", headers, body));
        await EverythingIsReadAsync();
    });

    [Test]
    public Task A_policy_of_any_form_is_taken_or_refused() => Fuzz.RunAsync(300, async random =>
    {
        var policy = random.Damage("""{"expiration":"2199-01-01T00:00:00Z","conditions":[{"bucket":"the-bucket"},["starts-with","$key",""],["content-length-range",0,10],["eq","$x-amz-meta-a","b"]]}"""u8.ToArray(),
            "{", "}", "[", "]", ",", ":", "null", "1e400", "-1", "99999999999999999999", "\"\"", "\"$\"", "\"\\ud800\"", "true", "{\"a\":{}}", "content-length-range");
        var encoded = random.Next(10) == 0 ? Encoding.UTF8.GetString(policy) : Convert.ToBase64String(policy);
        var signed = random.Next(2) == 0
            ? new[] { ("AWSAccessKeyId", "AKIAIOSFODNN7EXAMPLE"), ("signature", random.OneOf("AAAA", "", "x")) }
            : [("x-amz-algorithm", random.OneOf("AWS4-HMAC-SHA256", "")), ("x-amz-credential", random.OneOf("AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/s3/aws4_request", "a/b", "////", "")), ("x-amz-date", random.OneOf("20260101T000000Z", "", "x")), ("x-amz-signature", random.OneOf("00", "", "\u00e9"))];
        var form = Form([("key", "key"), ("policy", encoded), .. signed, ("x-amz-meta-a", "b"), ("file", "data")]);
        await AnswerAsync(Request("POST", $"/{TheBucket}", [("Host", "localhost"), ("Content-Length", form.Length.ToString()), ("Content-Type", "multipart/form-data; boundary=x")], form));
    });

    private static byte[] Form(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var form = new StringBuilder();
        foreach (var (name, value) in fields) form.Append($"--x\r\nContent-Disposition: form-data; name=\"{name}\"{(name == "file" ? "; filename=\"f.txt\"" : "")}\r\n\r\n{value}\r\n");
        return Encoding.UTF8.GetBytes(form.Append("--x--\r\n").ToString());
    }
}
