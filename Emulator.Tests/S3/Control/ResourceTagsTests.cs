using System.Net;
using System.Xml.Linq;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Control;

/// <summary>Tags of buckets and access points.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_TagResource.html")]
[Observed("2025-11, recorded: TestS3ControlTagging")]
internal sealed class ResourceTagsTests : S3ControlFixture
{
    private const string Invalid =
        "This request contains a tag key or value that isn't valid. Valid characters include the following: [a-zA-Z+-=._:/]. Tag keys can contain up to 128 characters. Tag values can contain up to 256 characters.";

    [Test]
    public async Task A_bucket_is_tagged_and_untagged()
    {
        var bucket = PathOf($"arn:aws:s3:::{TheBucket}");
        Assert.That(await TagsAsync(bucket), Is.Empty);
        Assert.That((await ControlAsync(HttpMethod.Post, bucket, Request(("key2", "value2"), ("key1", "value1")))).Status, Is.EqualTo(HttpStatusCode.NoContent));
        await ControlAsync(HttpMethod.Post, bucket, Request(("key3", "value3"), ("key2", "new")));
        Assert.That(await TagsAsync(bucket), Is.EqualTo("key1=value1 key2=new key3=value3"));
        Assert.That((await S3.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = TheBucket })).TagSet.Select(tag => tag.Key), Is.EqualTo(new[] { "key1", "key2", "key3" }));
        for (var i = 0; i < 2; i++) Assert.That((await ControlAsync(HttpMethod.Delete, bucket + "?tagKeys=key3&tagKeys=key1")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await TagsAsync(bucket), Is.EqualTo("key2=new"));
        await ControlAsync(HttpMethod.Delete, bucket + "?tagKeys=key2");
        Assert.That((await ErrorOf(() => S3.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = TheBucket }))).ErrorCode, Is.EqualTo("NoSuchTagSet"));
    }

    [Test]
    public async Task An_access_point_is_tagged_when_it_is_made_and_after()
    {
        await CreateAccessPointAsync("photos", "<Tags><Tag><Key>team</Key><Value>films</Value></Tag></Tags>");
        var point = PathOf(ArnOf("photos"));
        Assert.That(await TagsAsync(point), Is.EqualTo("team=films"));
        await ControlAsync(HttpMethod.Post, point, Request(("stage", "test")));
        Assert.That(await TagsAsync(point), Is.EqualTo("stage=test team=films"));
        await ControlAsync(HttpMethod.Delete, point + "?tagKeys=team&tagKeys=stage");
        Assert.That(await TagsAsync(point), Is.Empty);
    }

    [TestCase("<Tag><Value>value1</Value></Tag>", "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema")]
    [TestCase("<Tag><Key>key1</Key></Tag>", "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema")]
    [TestCase("<Tag><Key>aws:test</Key><Value>value1</Value></Tag>", "InvalidTag", "User-defined tag keys can't start with \"aws:\". This prefix is reserved for system tags. Remove \"aws:\" from your tag keys and try again.")]
    [TestCase("<Tag><Key>key1</Key><Value>value1</Value></Tag><Tag><Key>key1</Key><Value>value1</Value></Tag>", "InvalidTag", "There are duplicate tag keys in your request. Remove the duplicate tag keys and try again.")]
    [TestCase("<Tag><Key>test</Key><Value>value1,value2</Value></Tag>", "InvalidTag", Invalid)]
    [TestCase("<Tag><Key>test,test2</Key><Value>value1</Value></Tag>", "InvalidTag", Invalid)]
    public Task Tags_that_cannot_be_are_refused(string tags, string code, string message) =>
        RefusesAsync(HttpMethod.Post, PathOf($"arn:aws:s3:::{TheBucket}"), $"<TagResourceRequest><Tags>{tags}</Tags></TagResourceRequest>", code, message, HttpStatusCode.BadRequest);

    [TestCase("arn:aws:s3:::no-such-bucket")]
    [TestCase("arn:aws:s3:us-east-1:000000000000:accesspoint/absent")]
    public async Task What_is_absent_has_no_tags(string arn)
    {
        const string Message = "The specified resource doesn't exist.";
        await RefusesAsync(HttpMethod.Get, PathOf(arn), null, "NoSuchResource", Message, HttpStatusCode.NotFound);
        await RefusesAsync(HttpMethod.Post, PathOf(arn), Request(("key1", "value1")), "NoSuchResource", Message, HttpStatusCode.NotFound);
        await RefusesAsync(HttpMethod.Delete, PathOf(arn) + "?tagKeys=key1", null, "NoSuchResource", Message, HttpStatusCode.NotFound);
    }

    private async Task<string> TagsAsync(string path)
    {
        var (status, document) = await ControlAsync(HttpMethod.Get, path);
        Assert.That((status, document.Name.LocalName), Is.EqualTo((HttpStatusCode.OK, "ListTagsForResourceResult")));
        return string.Join(' ', document.Element("Tags")!.Elements("Tag").Select(tag => $"{tag.Element("Key")!.Value}={tag.Element("Value")!.Value}"));
    }

    private static string PathOf(string arn) => "/tags/" + Uri.EscapeDataString(arn);

    private static string Request(params (string Key, string Value)[] tags) =>
        new XElement("TagResourceRequest", new XElement("Tags", tags.Select(tag => new XElement("Tag", new XElement("Key", tag.Key), new XElement("Value", tag.Value))))).ToString(SaveOptions.DisableFormatting);
}
