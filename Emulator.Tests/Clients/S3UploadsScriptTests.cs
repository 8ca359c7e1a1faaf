using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>@aws-sdk/lib-storage, @aws-sdk/s3-presigned-post, and web streams, paginators and waiters of @aws-sdk/client-s3: s3-uploads.mjs.</summary>
[Source("https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-aws-sdk-lib-storage/")]
internal sealed class S3UploadsScriptTests : JavaScriptFixture
{
    private static readonly Lazy<Task<JsonNode>> Script = new(() => RunAsync("s3-uploads.mjs", Administrator));

    private JsonNode _seen = null!;

    [SetUp]
    public async Task Run() => _seen = await Script.Value;

    [Test]
    public void A_stream_of_unknown_length_goes_up_in_parts() => Sees("stream", """
        {
          "location": "/uploads-of-the-script/%ED%9D%90%EB%A6%84/stream%20%2B1.bin",
          "key": "흐름/stream +1.bin",
          "isOfThreeParts": true,
          "length": 12582917,
          "type": "video/mp4",
          "metadata": { "made": "by-test" },
          "tags": [{ "Key": "kind", "Value": "film 1+1" }],
          "loaded": 12582917,
          "partNumbers": [1, 2, 3],
          "isWhole": true
        }
        """);

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html")]
    public void The_checksum_of_the_parts_is_kept() => Sees("checksums", """
        {
          "default": { "member": "ChecksumCRC32", "type": "COMPOSITE", "parts": "3", "isTold": true },
          "SHA256": { "member": "ChecksumSHA256", "type": "COMPOSITE", "parts": "3", "isTold": true },
          "CRC64NVME": { "member": "ChecksumCRC64NVME", "type": "FULL_OBJECT", "parts": null, "isTold": true }
        }
        """);

    [Test]
    public void A_short_stream_is_put_in_one_piece() => Sees("single", """{ "etag": "\"8b1a9953c4611296a827abf8c47804d7\"", "empty": 0, "body": "Hello" }""");

    [Test]
    public void An_upload_that_ends_early_leaves_neither_parts_nor_an_object() => Assert.Multiple(() =>
    {
        Sees("aborted", """{ "name": "AbortError", "message": "Upload aborted." }""");
        Sees("broken", """{ "name": "Error", "message": "The stream broke." }""");
        Sees("conditional", """{ "name": "PreconditionFailed", "message": "At least one of the pre-conditions you specified did not hold", "status": 412 }""");
        Sees("left", """{ "uploads": 0 }""");
        Sees("absent", """[[true, "NotFound", 404], [true, "NotFound", 404]]""");
        Sees("absentGet", """[true, "NoSuchKey", "absent", "The specified key does not exist."]""");
    });

    [Test]
    public void A_body_is_a_web_stream_that_may_be_left_early() => Sees("webStream", """{ "isWhole": true, "first": "The quick" }""");

    [Test]
    public void Paginators_see_everything_once() => Sees("pages", """
        {
          "parts": [[1, 2], [3]],
          "buckets": [["uploads-b", "uploads-c"], ["uploads-of-the-script"]],
          "objects": [["checked", "empty"], ["small", "흐름/stream +1.bin"]]
        }
        """);

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html")]
    public void A_presigned_form_allows_what_its_policy_says() => Sees("posted", """
        {
          "accepted": { "status": 201, "code": null, "message": null, "key": "posted/나의 note.txt" },
          "tooLong": { "status": 400, "code": "EntityTooLarge", "message": "Your proposed upload exceeds the maximum allowed size", "key": null },
          "otherType": { "status": 403, "code": "AccessDenied", "message": "Invalid according to Policy: Policy Condition failed: [&quot;starts-with&quot;, &quot;$Content-Type&quot;, &quot;text/&quot;]", "key": null },
          "otherField": { "status": 403, "code": "AccessDenied", "message": "Invalid according to Policy: Policy Condition failed: [&quot;eq&quot;, &quot;$x-amz-meta-author&quot;, &quot;ada&quot;]", "key": null },
          "object": { "type": "text/plain", "metadata": { "author": "ada" } }
        }
        """);

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html")]
    public void Parts_go_up_by_presigned_URLs() => Sees("presigned", """{ "isWhole": true, "head": [200, "12582917", "video/webm"], "range": [206, "quick", "text/plain"] }""");

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html")]
    public void A_bucket_is_a_host_too() =>
        Sees("virtual", """{ "location": "http://uploads-of-the-script.s3.localhost/a//b/../%ED%98%B8%EC%8A%A4%ED%8A%B8", "body": "The", "isWhole": true }""");

    private void Sees(string name, string expected) => Assert.That(_seen[name], Is.EqualTo(JsonNode.Parse(expected)).Using<JsonNode>(JsonNode.DeepEquals));
}
