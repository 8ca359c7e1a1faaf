using System.Text.Json.Nodes;
using System.Xml.Linq;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>@aws-sdk/client-s3 and its presigner: s3.mjs.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html")]
internal sealed class S3ScriptTests : JavaScriptFixture
{
    private static readonly Lazy<Task<JsonNode>> Script = new(() => RunAsync("s3.mjs", Administrator));

    private JsonNode _seen = null!;

    [SetUp]
    public async Task Run() => _seen = await Script.Value;

    [TestCase("absentKey", "NoSuchKey", "The specified key does not exist.", 404)]
    [TestCase("absentBucket", "NoSuchBucket", "The specified bucket does not exist", 404)]
    [TestCase("exists", "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412)]
    [TestCase("tooSmall", "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", 400)]
    [TestCase("full", "BucketNotEmpty", "The bucket you tried to delete is not empty", 409)]
    [TestCase("ownedAlready", "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.", 409)]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html")]
    public void A_refusal_is_told_in_the_words_of_AWS(string call, string name, string message, int status) =>
        Assert.That(Json(_seen[call]), Is.EqualTo(Refusal(name, message, status)));

    [Test]
    public void Answers_without_a_body_tell_their_status() =>
        Assert.That(((int)_seen["absentHead"]!["status"]!, (int)_seen["notModified"]!["status"]!), Is.EqualTo((404, 304)));

    [Test]
    public void An_object_comes_back_as_it_was_put() => Assert.Multiple(() =>
    {
        // MD5 and CRC32 of "Hello".
        var (etag, crc32) = ("\"8b1a9953c4611296a827abf8c47804d7\"", "99GJgg==");
        Assert.That((string)_seen["created"]!, Is.EqualTo("/notes-of-the-script"));
        Assert.That(Json(_seen["put"]), Is.EqualTo(Json(new { etag, crc32 })));
        Assert.That(_seen["plain"], Is.EqualTo(JsonNode.Parse($$"""
            {"body":"Hello","type":"text/plain","length":5,"metadata":{"author":"ada","title":"first-note"},"etag":{{Json(etag)}},"crc32":"{{crc32}}","isDated":true}
            """)).Using<JsonNode>(JsonNode.DeepEquals));
    });

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html")]
    public void A_streamed_body_with_its_checksum_behind_it_is_stored_without_its_chunks() =>
        Assert.That(Json(_seen["streamed"]), Is.EqualTo("""{"length":524288,"isEqual":true,"encoding":null}"""));

    [Test]
    public void Each_checksum_is_verified_and_kept() =>
        Assert.That(Json(_seen["checksums"]), Is.EqualTo("""{"ChecksumCRC32":"99GJgg==","ChecksumSHA1":"9/+ei3uy4Jtwk1pdeF4MxdnQq/A=","ChecksumSHA256":"GF+NsyJx/iX1Yab8k4suJkMG7DBO2lGAB9F2SCY4GWk="}"""));

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html")]
    public void Keys_are_any_text() => Assert.Multiple(() =>
    {
        string[] keys = ["메모/사진 1+1.txt", "a b/c//d", "../up", "50%25?x=1&y=2#z", "dir/"];
        Assert.That(_seen["bodies"]!.AsArray().Select(body => (string)body!), Is.EqualTo(keys.Select(key => $"body of {key}")));
        Assert.That((string)_seen["copy"]!, Is.EqualTo($"body of {keys[0]}"));
        Assert.That(_seen["deleted"]!.AsArray().Select(key => (string)key!), Is.EquivalentTo(keys));
    });

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html")]
    public void Keys_are_listed_in_the_order_of_their_bytes() => Assert.Multiple(() =>
    {
        Assert.That(_seen["listed"]!.AsArray().Select(key => (string)key!), Is.EqualTo(new[]
        {
            "../up", "50%25?x=1&y=2#z", "a b/c//d", "checksum/CRC32", "checksum/SHA1", "checksum/SHA256", "copy", "dir/",
            "list/0/file", "list/1/file", "list/2/file", "list/3/file", "list/4/file", "plain.txt", "stream.bin", "메모/사진 1+1.txt",
        }));
        Assert.That(Json(_seen["pages"]), Is.EqualTo("""[["list/0/file","list/1/file"],["list/2/file","list/3/file"],["list/4/file"]]"""));
        Assert.That(Json(_seen["folders"]), Is.EqualTo("""["list/0/","list/1/","list/2/","list/3/","list/4/"]"""));
    });

    [Test]
    public void A_range_is_a_part_of_the_object() => Assert.That(Json(_seen["range"]), Is.EqualTo("""{"body":"ell","range":"bytes 1-3/5"}"""));

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html")]
    public void Parts_become_one_object() => Assert.Multiple(() =>
    {
        var multipart = _seen["multipart"]!;
        Assert.That((string)multipart["etag"]!, Does.Match("^\"[0-9a-f]{32}-2\"$"));
        Assert.That((string)multipart["length"]!, Is.EqualTo("bytes 5242879-5242882/5242883"));
        Assert.That((string)multipart["end"]!, Is.EqualTo("end"));
        Assert.That((int)multipart["left"]!, Is.Zero);
    });

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html")]
    public void A_presigned_URL_allows_what_was_signed_and_nothing_else()
    {
        var presigned = _seen["presigned"]!;
        Assert.Multiple(() =>
        {
            Assert.That((int)presigned["put"]!, Is.EqualTo(200));
            Assert.That(Json(presigned["get"]), Is.EqualTo("""{"status":200,"body":"by URL"}"""));
            Assert.That(Error(presigned["otherKey"]!), Is.EqualTo((403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.")));
            Assert.That(Error(presigned["otherMethod"]!).Code, Is.EqualTo("SignatureDoesNotMatch"));
            Assert.That(Error(presigned["expired"]!), Is.EqualTo((403, "AccessDenied", "Request has expired")));
        });
    }

    [Test]
    public void A_bucket_is_in_the_region_of_its_constraint() => Assert.That((string)_seen["location"]!, Is.EqualTo("eu-west-1"));

    [Test]
    public void What_is_not_built_is_refused_by_name() =>
        Assert.That(Json(_seen["notBuilt"]), Is.EqualTo(Refusal("NotImplemented", "The emulator does not implement SelectObjectContent.", 501)));

    private static (int Status, string? Code, string? Message) Error(JsonNode answer)
    {
        var error = XDocument.Parse((string)answer["body"]!).Root!;
        return ((int)answer["status"]!, error.Element("Code")?.Value, error.Element("Message")?.Value);
    }
}
