using Emulator.Protocols;

namespace Emulator.S3.Objects;

/// <summary>A tag of an object or a bucket.</summary>
internal sealed record Tag(string Key, string Value);

/// <summary>The sets of tags as they come and go: a header in query form, or a <c>Tagging</c> document.</summary>
internal static class TagSet
{
    /// <summary>The tags of <c>x-amz-tagging</c>: <c>key1=value1&amp;key2=value2</c>.</summary>
    public static IReadOnlyList<Tag> ParseHeader(string? header)
    {
        if (string.IsNullOrEmpty(header)) return [];
        var tags = new List<Tag>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in QueryForm(header))
        {
            if (!keys.Add(key) || !IsValid(key) || !IsValid(value))
            {
                throw S3Errors.InvalidArgument("The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.", "x-amz-tagging", header);
            }
            tags.Add(new(key, value));
        }
        if (tags.Count > S3Limits.ObjectTags) throw TooManyObjectTags();
        foreach (var tag in tags) Check(tag, "Your TagKey cannot be prefixed with aws:");
        return Ordered(tags);
    }

    public static string ToHeader(IEnumerable<Tag> tags) => string.Join('&', tags.Select(static tag => $"{Uri.EscapeDataString(tag.Key)}={Uri.EscapeDataString(tag.Value)}"));

    /// <summary>The tags of a <c>Tagging</c> document.</summary>
    public static IReadOnlyList<Tag> Parse(XmlNode tagging, int limit, AwsException tooMany, string systemTagMessage)
    {
        var set = tagging.Only("TagSet").Child("TagSet") ?? throw RestXml.MalformedXml();
        return Parse(set.Only("Tag").All("Tag"), limit, tooMany, systemTagMessage);
    }

    public static IReadOnlyList<Tag> Parse(IEnumerable<XmlNode> nodes, int limit, AwsException tooMany, string systemTagMessage)
    {
        var tags = new List<Tag>();
        foreach (var node in nodes) tags.Add(new(node.Only("Key", "Value").Required("Key"), node.Required("Value")));
        return Accept(tags, limit, tooMany, systemTagMessage);
    }

    /// <summary>The tags in their order, if they may be one set.</summary>
    public static IReadOnlyList<Tag> Accept(List<Tag> tags, int limit, AwsException tooMany, string systemTagMessage)
    {
        if (tags.Count > limit) throw tooMany;
        for (var i = 0; i < tags.Count; i++)
        {
            var tag = tags[i];
            if (tags.FindIndex(other => other.Key == tag.Key) < i) throw S3Errors.InvalidTag("Cannot provide multiple Tags with the same key", tag.Key);
            Check(tag, systemTagMessage);
        }
        return Ordered(tags);
    }

    public static AwsException TooManyObjectTags() => new("BadRequest", "Object tags cannot be greater than 10");

    public static AwsException TooManyBucketTags() => new("BadRequest", "Bucket tag count cannot be greater than 50");

    public static Reply Write(IReadOnlyList<Tag> tags)
    {
        var xml = new XmlBuilder().Root("Tagging"u8).Start("TagSet"u8);
        foreach (var tag in tags) xml.Start("Tag"u8).Element("Key"u8, tag.Key).Element("Value"u8, tag.Value).End("Tag"u8);
        return xml.End("TagSet"u8).End("Tagging"u8).ToReply();
    }

    public static bool IsValidKey(string key) => key.Length is > 0 and <= S3Limits.TagKeyCharacters && IsValid(key);

    public static bool IsValidValue(string value) => value.Length <= S3Limits.TagValueCharacters && IsValid(value);

    private static void Check(Tag tag, string systemTagMessage)
    {
        if (!IsValidKey(tag.Key)) throw S3Errors.InvalidTag("The TagKey you have provided is invalid", tag.Key);
        if (!IsValidValue(tag.Value)) throw S3Errors.InvalidTag("The TagValue you have provided is invalid", tag.Key, tag.Value);
        if (tag.Key.StartsWith("aws:", StringComparison.Ordinal)) throw S3Errors.InvalidTag(systemTagMessage, tag.Key);
    }

    /// <summary>Letters, digits, spaces and + - = . _ : / @ of any script.</summary>
    private static bool IsValid(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c) && !char.IsWhiteSpace(c) && !char.IsSurrogate(c) && "+-=._:/@".IndexOf(c) < 0) return false;
        }
        return true;
    }

    // Observed: GetObjectTagging and GetBucketTagging answer in the order of the keys.
    private static List<Tag> Ordered(List<Tag> tags)
    {
        tags.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        return tags;
    }

    private static IEnumerable<(string Key, string Value)> QueryForm(string text)
    {
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            yield return equals < 0 ? (Decode(pair), "") : (Decode(pair[..equals]), Decode(pair[(equals + 1)..]));
        }

        static string Decode(string part) => Uri.UnescapeDataString(part.Replace('+', ' '));
    }
}
