using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.AccessPoints;
using Emulator.S3.Buckets;
using Emulator.S3.Objects;
using Emulator.Storage;

namespace Emulator.S3.Control.Operations;

/// <summary>The tags of buckets and access points: add, take away, list.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_TagResource.html; recorded: TestS3ControlTagging</remarks>
internal static class ResourceTags
{
    private const string Invalid =
        "This request contains a tag key or value that isn't valid. Valid characters include the following: [a-zA-Z+-=._:/]. Tag keys can contain up to 128 characters. Tag values can contain up to 256 characters.";

    public static ValueTask<IReadOnlyList<Tag>> List(S3Service service, Call call, ResourceTagsInput input)
    {
        using var snapshot = service.Snapshot();
        return new(Find(snapshot, call, input.ResourceArn));
    }

    public static Reply Write(IReadOnlyList<Tag> output)
    {
        var xml = S3ControlDocument.Open("ListTagsForResourceResult"u8).Start("Tags"u8);
        foreach (var tag in output) xml.Start("Tag"u8).Element("Key"u8, tag.Key).Element("Value"u8, tag.Value).End("Tag"u8);
        return xml.End("Tags"u8).End("ListTagsForResourceResult"u8).ToReply();
    }

    /// <summary>Adds tags; a tag whose key is there already gets the new value.</summary>
    public static async ValueTask<bool> Tag(S3Service service, Call call, ResourceTagsInput input)
    {
        var document = await input.Document.ReadAsync("TagResourceRequest", call.Cancelled);
        var added = Parse(document.Only("Tags").Child("Tags") ?? throw RestXml.MalformedXml());
        return await ChangeAsync(service, call, input.ResourceArn, present => [.. present.Where(tag => !added.Any(other => other.Key == tag.Key)), .. added]);
    }

    public static ValueTask<bool> Untag(S3Service service, Call call, ResourceTagsInput input) =>
        ChangeAsync(service, call, input.ResourceArn, present => [.. present.Where(tag => !input.TagKeys.Contains(tag.Key))]);

    /// <summary>The tags of a document; none where it has none.</summary>
    public static IReadOnlyList<Tag> Parse(XmlNode? document)
    {
        if (document is null) return [];
        var tags = new List<Tag>();
        foreach (var node in document.Only("Tag").Children)
        {
            var tag = new Tag(node.Only("Key", "Value").Required("Key"), node.Required("Value"));
            if (tags.Exists(other => other.Key == tag.Key)) throw S3Errors.InvalidTag("There are duplicate tag keys in your request. Remove the duplicate tag keys and try again.");
            if (tag.Key.StartsWith("aws:", StringComparison.Ordinal)) throw S3Errors.InvalidTag("User-defined tag keys can't start with \"aws:\". This prefix is reserved for system tags. Remove \"aws:\" from your tag keys and try again.");
            if (!TagSet.IsValidKey(tag.Key) || !TagSet.IsValidValue(tag.Value)) throw S3Errors.InvalidTag(Invalid);
            tags.Add(tag);
        }
        return tags;
    }

    private static ValueTask<bool> ChangeAsync(S3Service service, Call call, string arn, Func<IReadOnlyList<Tag>, List<Tag>> change) => service.CommitAsync((tx, _) =>
    {
        var tags = change(Find(tx, call, arn));
        if (tags.Count > S3Limits.BucketTags) throw TagSet.TooManyBucketTags();
        tags.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        if (NameOfPoint(call, arn) is { } name)
        {
            AccessPointStore.Put(tx, AccessPointStore.Require(tx, call.Account, call.Region, name) with { Tags = tags.Count == 0 ? null : tags });
            return true;
        }
        var bucket = RequireBucket(tx, arn);
        if (tags.Count == 0) BucketSettings.Tagging.Delete(tx, bucket);
        else BucketSettings.Tagging.Put(tx, bucket, tags);
        return true;
    });

    private static IReadOnlyList<Tag> Find(IReader reader, Call call, string arn) => NameOfPoint(call, arn) is { } name
        ? (AccessPointStore.Find(reader, call.Account, call.Region, name) ?? throw NoSuchResource()).Tags ?? []
        : BucketSettings.Tagging.Find(reader, RequireBucket(reader, arn)) ?? [];

    private static Bucket RequireBucket(IReader reader, string arn)
    {
        const string Buckets = "arn:aws:s3:::";
        // Storage Lens groups and access grants have tags too.
        if (!arn.StartsWith(Buckets, StringComparison.Ordinal)) throw Errors.NotImplemented($"tags of {arn}");
        return BucketStore.Find(reader, arn[Buckets.Length..]) ?? throw NoSuchResource();
    }

    /// <summary>The name of the access point whose ARN it is; null where it is none's.</summary>
    private static string? NameOfPoint(Call call, string arn)
    {
        const string Points = "accesspoint/";
        var resource = Arn.ResourceOf(arn);
        if (!resource.StartsWith(Points, StringComparison.Ordinal)) return null;
        var name = resource[Points.Length..].ToString();
        return arn == AccessPoint.ArnOf(call.Account, call.Region, name) ? name : throw NoSuchResource();
    }

    private static AwsException NoSuchResource() => new("NoSuchResource", "The specified resource doesn't exist.", 404);
}

internal sealed record ResourceTagsInput(string ResourceArn, IReadOnlyList<string> TagKeys, S3Document Document)
{
    public static ResourceTagsInput Bind(RestRequest request) =>
        new(request.Labels["resourceArn"], [.. request.Query.Where(pair => pair.Key == "tagKeys").Select(pair => pair.Value)], S3Request.Document(request));
}
