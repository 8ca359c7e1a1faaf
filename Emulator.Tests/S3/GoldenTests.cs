using System.Text.RegularExpressions;
using Amazon.S3;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Documents to the last byte, but for ids and times.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html")]
internal sealed partial class GoldenTests : S3Fixture
{
    [TestCase("ListBuckets", "GET", "/")]
    [TestCase("ListBucketsPaged", "GET", "/?max-buckets=1")]
    [TestCase("ListObjects", "GET", "/the-bucket?delimiter=/&max-keys=1")]
    [TestCase("ListObjectsV2", "GET", "/the-bucket?list-type=2&fetch-owner=true&delimiter=/&encoding-type=url")]
    [TestCase("ListObjectsEmpty", "GET", "/the-bucket?prefix=none")]
    [TestCase("ListObjectVersions", "GET", "/the-bucket?versions&max-keys=1&encoding-type=url")]
    [TestCase("GetBucketVersioning", "GET", "/the-bucket?versioning")]
    [TestCase("GetBucketLocation", "GET", "/the-bucket?location")]
    [TestCase("ListMultipartUploads", "GET", "/the-bucket?uploads")]
    [TestCase("GetObjectTagging", "GET", "/the-bucket/a%26b?tagging")]
    [TestCase("GetBucketNotification", "GET", "/the-bucket?notification")]
    [TestCase("NoSuchKey", "GET", "/the-bucket/absent")]
    [TestCase("NoSuchBucket", "GET", "/absent-bucket")]
    [TestCase("MethodNotAllowed", "PATCH", "/the-bucket")]
    public async Task The_document_is_the_golden_one(string name, string method, string target)
    {
        await PutAsync("a&b", "something", put =>
        {
            put.ChecksumAlgorithm = ChecksumAlgorithm.CRC32;
            put.TagSet = [new() { Key = "k", Value = "v" }];
        });
        await PutAsync("dir/한", "x");
        await S3.InitiateMultipartUploadAsync(TheBucket, "upload");
        var (_, body) = await SendAsync(new HttpMethod(method), target, null, ("Authorization", S3Signing.RootKey), ("x-amz-date", S3Signing.Date), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD"));
        var path = Path.Combine(Repository.Root, "Emulator.Tests", "S3", "Golden", name + ".xml");
        Assert.That(Normalised(body), Is.EqualTo((await File.ReadAllTextAsync(path)).TrimEnd('\n')));
    }

    private static string Normalised(string body)
    {
        body = Time().Replace(body, "<time>");
        body = Ids().Replace(body, "<$1>[id]</$1>");
        return Owner().Replace(body, "[owner]");
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z")]
    private static partial Regex Time();

    [GeneratedRegex("<(RequestId|HostId|UploadId|NextUploadIdMarker|ContinuationToken|NextContinuationToken)>[^<]+</\\1>")]
    private static partial Regex Ids();

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Owner();
}
