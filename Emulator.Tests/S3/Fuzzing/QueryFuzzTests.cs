using System.Xml.Linq;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Fuzzing;

/// <summary>Parameters of the query, right, nearly right and nonsense.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html")]
internal sealed class QueryFuzzTests : SocketFuzzFixture
{
    private static readonly string[] Values =
    [
        "", "0", "1", "2", "-1", "1000", "1001", "2147483647", "2147483648", "-2147483648", "9223372036854775808", "99999999999999999999999999", "1.5", "1e3", "+1", "%201", "0x10", "NaN", "null", "true", "url", "URL", "a", "a/", "/", "key", "%00", "%FF", "%ED%A0%80", "%C3%A9", "%F0%9F%98%80", "%", "%zz", "%0d%0a", "a%0Ab", "%EF%BF%BF",
        "us-east-1", "xx-nowhere-9", "text%2Fplain", "attachment;%20filename=%22a%22", "%C3%A9", "2", "null%00", "{upload}", "{version}", "{token}", "HTTP%2F1.1", "<a>", "%3Ca%3E%26", "..%2F..%2F", "*",
    ];

    private static readonly string[] Names =
    [
        "list-type", "prefix", "delimiter", "marker", "max-keys", "encoding-type", "continuation-token", "start-after", "fetch-owner", "key-marker", "version-id-marker", "upload-id-marker", "max-uploads", "max-parts", "part-number-marker", "partNumber", "uploadId", "versionId", "max-buckets", "bucket-region",
        "response-content-type", "response-content-disposition", "response-expires", "response-cache-control", "response-content-language", "response-content-encoding", "versions", "uploads", "acl", "tagging", "attributes", "delete", "policy", "policyStatus", "location", "versioning", "id", "inventory", "analytics", "metrics",
        "intelligent-tiering", "x-id", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature", "AWSAccessKeyId", "Signature", "Expires", "x-amz-meta-a", "x-amz-meta-%0d%0a", "x-amz-meta-a%20b", "x-amz-acl", "Action", "restore", "select", "select-type", "torrent", "legal-hold", "retention", "object-lock",
    ];

    private static readonly string[] Targets =
    [
        $"GET /{TheBucket}?list-type=2", $"GET /{TheBucket}?", $"GET /{TheBucket}?versions", $"GET /{TheBucket}?uploads", $"GET /{TheBucket}/parts?uploadId={{upload}}", $"GET /{TheBucket}/key?", $"HEAD /{TheBucket}/key?", $"GET /{TheBucket}/key?versionId={{version}}", $"DELETE /{TheBucket}/none?",
        $"PUT /{TheBucket}/parts?uploadId={{upload}}", $"PUT /{TheBucket}/written?", $"POST /{TheBucket}/parts?uploadId={{upload}}", $"POST /{TheBucket}/more?uploads", "GET /?", $"HEAD /{TheBucket}?", $"GET /{TheBucket}?inventory", $"GET /{TheBucket}?metrics",
    ];

    private (string Upload, string Version, string Token) _names;

    [SetUp]
    public async Task MakeAsync()
    {
        await S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = TheBucket, VersioningConfig = new() { Status = "Enabled" } });
        foreach (var key in new[] { "a", "a/b", "a/c", "b", "key", "\0", "\u00e9" }) await PutAsync(key, "data");
        var version = (await PutAsync("key", "data")).VersionId;
        var upload = (await S3.InitiateMultipartUploadAsync(TheBucket, "parts")).UploadId;
        for (var i = 1; i < 4; i++) await S3.UploadPartAsync(new UploadPartRequest { BucketName = TheBucket, Key = "parts", UploadId = upload, PartNumber = i, InputStream = new MemoryStream([1]) });
        _names = (upload, version, (await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket, MaxKeys = 1 })).NextContinuationToken);
    }

    [Test]
    public Task Whatever_stands_in_the_query_is_answered() => Fuzz.RunAsync(1200, async random =>
    {
        var words = random.OneOf<string>(Targets).Split(' ');
        var target = words[1];
        for (var more = random.Next(1, 5); more > 0; more--) target += $"&{random.OneOf<string>(Names)}{(random.Next(10) == 0 ? "" : "=")}{random.OneOf<string>(Values)}";
        target = target.Replace("{upload}", Near(random, _names.Upload), StringComparison.Ordinal).Replace("{version}", Near(random, _names.Version), StringComparison.Ordinal).Replace("{token}", Near(random, _names.Token), StringComparison.Ordinal);
        List<(string, string)> headers = [("Host", "localhost"), ("Content-Length", "0")];
        if (random.Next(4) > 0) headers.AddRange(Signed);
        var answer = await AnswerAsync(Request(words[0], target, headers));
        if (answer.Head.Contains("application/xml", StringComparison.Ordinal) && answer.Body.Length > 0 && !target.Contains('%')) XDocument.Parse(answer.Text.Replace("&#x0;", "", StringComparison.Ordinal));
        if (target.StartsWith($"/{TheBucket}/written", StringComparison.Ordinal)) await EverythingIsReadAsync("written");
    });

    private static string Near(Random random, string text) => random.Next(2) == 0 ? text : Uri.EscapeDataString(new string([.. System.Text.Encoding.Latin1.GetString(random.Damage(System.Text.Encoding.ASCII.GetBytes(text))).Where(char.IsAscii)]));
}
