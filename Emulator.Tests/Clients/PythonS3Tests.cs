using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>boto3's resource and client of S3: s3.py; its transfers in threads: s3_transfers.py.</summary>
[Source("https://docs.aws.amazon.com/boto3/latest/reference/services/s3.html")]
internal sealed class PythonS3Tests : PythonFixture
{
    private static readonly Lazy<Task<JsonNode>> Script = new(() => RunAsync("s3.py"));

    [Test]
    public async Task An_object_comes_back_as_it_was_put() => await SeesAsync("""
        {
          "buckets": ["boto"],
          "again": null,
          "object": [6, "text/plain; charset=utf-8", "max-age=60", "ko", { "author": "ada" }, "\"ef1c511c9efb9259438f098aff940740\"", "AES256", "안녕"],
          "lines": ["one", "two", "three"],
          "range": ["one", "two\nthree\n", "three\n"]
        }
        """);

    [Test]
    [Source("https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html")]
    public async Task Each_checksum_is_verified_and_kept() => await SeesAsync("""
        {
          "checksums": { "CRC32": "99GJgg==", "SHA1": "9/+ei3uy4Jtwk1pdeF4MxdnQq/A=", "SHA256": "GF+NsyJx/iX1Yab8k4suJkMG7DBO2lGAB9F2SCY4GWk=" },
          "badChecksum": ["BadDigest", "The SHA256 you specified did not match the calculated checksum.", 400],
          "badMd5": ["BadDigest", "The Content-MD5 you specified did not match what we received.", 400],
          "byDefault": true
        }
        """);

    [Test]
    [Source("https://docs.aws.amazon.com/boto3/latest/guide/collections.html")]
    public async Task Collections_and_paginators_see_every_key_once() => await SeesAsync("""
        {
          "filter": ["list/3/03", "list/3/08", "list/3/13", "list/3/18", "list/3/23"],
          "limit": [["checked", 5], ["lines", 14]],
          "pageSizes": [10, 10, 5],
          "prefixes": [["list/0/", "list/1/"], ["list/2/", "list/3/"], ["list/4/"]],
          "resumed": [6, 22],
          "search": ["lines", "메모/note +1.txt"],
          "deleted": [25, ["checked", "lines", "메모/note +1.txt"]]
        }
        """);

    [Test]
    public async Task Versions_are_found_restored_and_deleted_for_good() => await SeesAsync("""
        {
          "versioning": "Enabled",
          "gone": ["NoSuchKey", "The specified key does not exist.", 404],
          "versions": [[false, 1], [false, 1], [false, 1], [true, null]],
          "oldest": "1",
          "restored": "1",
          "full": ["BucketNotEmpty", "The bucket you tried to delete is not empty. You must delete all versions in the bucket.", 409],
          "purged": 5
        }
        """);

    [Test]
    public async Task Settings_are_told_as_they_were_put() => await SeesAsync("""
        {
          "settings": [
            [{ "Key": "team", "Value": "팀 1" }],
            [{ "AllowedMethods": ["GET"], "AllowedOrigins": ["*"], "MaxAgeSeconds": 60 }],
            [{ "Expiration": { "Days": 3 }, "ID": "old", "Filter": { "Prefix": "old/" }, "Status": "Enabled" }],
            "FULL_CONTROL"
          ],
          "unset": ["NoSuchBucketPolicy", "NoSuchWebsiteConfiguration", "ObjectLockConfigurationNotFoundError"]
        }
        """);

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html")]
    public async Task A_refusal_is_told_in_the_words_of_AWS() => await SeesAsync("""
        {
          "refusals": {
            "absent": ["NoSuchKey", "The specified key does not exist.", 404],
            "head": ["404", "Not Found", 404],
            "bucket": ["NoSuchBucket", "The specified bucket does not exist", 404],
            "upload": ["NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.", 404],
            "range": ["InvalidRange", "The requested range is not satisfiable", 416],
            "itself": ["InvalidRequest", "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.", 400],
            "modified": ["PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412],
            "key": ["KeyTooLongError", "Your key is too long", 400],
            "owner": ["AccessDenied", "Access Denied", 403],
            "stranger": ["InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403],
            "secret": ["SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.", 403]
          },
          "class": "NoSuchKey",
          "waited": "Waiter ObjectExists failed: Max attempts exceeded. Previously accepted state: Matched expected HTTP status code: 404"
        }
        """);

    [TestCase("s3", "2")]
    [TestCase("s3v4", "4")]
    [Source("https://docs.aws.amazon.com/boto3/latest/guide/s3-presigned-urls.html")]
    public async Task A_presigned_URL_and_a_presigned_form_of_either_version_allow_what_was_signed_and_nothing_else(string signer, string version)
    {
        var seen = await Script.Value;
        Same(seen["presigned"]![signer], $$"""
            {
              "version": "{{version}}",
              "put": [200, ""],
              "get": ["attachment; filename=\"a b.txt\"", "text/csv", "by URL"],
              "otherType": 403,
              "otherKey": 403,
              "head": 200,
              "list": true,
              "delete": [204, ""]
            }
            """);
        Same(seen["posted"]![signer], """[201, true, "by form", "EntityTooLarge", "AccessDenied"]""");
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html")]
    public async Task A_bucket_is_a_host_too() => await SeesAsync("""
        {
          "virtual": {
            "body": "by host",
            "keys": ["a//b/../c d"],
            "byPath": "by host",
            "url": [200, "by host"],
            "hosts": ["boto-host.s3.localhost", "boto.with.dots.s3.localhost"]
          },
          "list": ["boto", "boto-host", "boto.with.dots"]
        }
        """);

    [Test]
    [Source("https://docs.aws.amazon.com/boto3/latest/guide/s3.html")]
    public async Task Large_objects_go_there_and_back_in_parts_and_threads() => Same(await RunAsync("s3_transfers.py"), """
        {
          "file": [17825795, "-4\"", "video/mp4", { "made": "by-test" }, "STANDARD_IA", ["a=1", "kind=film"], 17825795],
          "back": [true, 17825795],
          "objects": [true, true, true],
          "copy": [true, true],
          "sha256": [true, 4, [5242880, 5242880, 5242880, 2097155]],
          "small": [true, 200],
          "broken": ["broken", false, []],
          "absent": "An error occurred (404) when calling the HeadObject operation: Not Found"
        }
        """);

    /// <summary>What the script saw, as far as it is expected here.</summary>
    private static async Task SeesAsync(string expected)
    {
        var seen = (await Script.Value).AsObject();
        var names = JsonNode.Parse(expected)!.AsObject().Select(member => member.Key).ToHashSet();
        Same(new JsonObject(seen.Where(member => names.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))), expected);
    }
}
