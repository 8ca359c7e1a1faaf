using System.Globalization;
using Emulator.Protocols;
using Emulator.S3.Objects;

namespace Emulator.S3.Lifecycle;

/// <summary>Which objects a rule is for: all that have the prefix, the tags and a size between the two.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-filters.html</remarks>
internal sealed record LifecycleFilter(string Prefix, IReadOnlyList<Tag> Tags, long? SizeGreaterThan, long? SizeLessThan)
{
    public bool HasSize => SizeGreaterThan is not null || SizeLessThan is not null;

    /// <summary>As error texts name it. Observed: <c>(prefix=logs/)</c>.</summary>
    public string Told => $"(prefix={Prefix})";

    /// <summary>The filter of a rule, or the prefix that a rule of the older form has in its place.</summary>
    public static LifecycleFilter Parse(XmlNode rule)
    {
        if (rule.Child("Filter") is not { } filter) return new(rule.Required("Prefix"), [], null, null);
        if (rule.Child("Prefix") is not null) throw RestXml.MalformedXml();
        var and = filter.Child("And");
        if (and is { Children.Count: 0 }) throw RestXml.MalformedXml();
        var node = and ?? filter;
        var tags = node.All("Tag").Select(tag => new Tag(tag.Required("Key"), tag.Required("Value"))).ToList();
        if (tags.DistinctBy(tag => tag.Key).Count() < tags.Count) throw S3Errors.InvalidRequest("Duplicate Tag Keys are not allowed.");
        return new(node.Value("Prefix") ?? "", tags, Size(node, "ObjectSizeGreaterThan"), Size(node, "ObjectSizeLessThan"));
    }

    public bool Fits(StoredObject version)
    {
        if (!FitsKey(version.Key)) return false;
        // A delete marker has neither size nor tags.
        if (version.IsDeleteMarker) return Tags.Count == 0 && !HasSize;
        return !(version.Size <= SizeGreaterThan) && !(version.Size >= SizeLessThan) && Tags.All(version.Tags.Contains);
    }

    public bool FitsKey(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    private static long? Size(XmlNode node, string name)
    {
        if (node.Value(name) is not { } text) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : throw RestXml.MalformedXml();
    }
}
