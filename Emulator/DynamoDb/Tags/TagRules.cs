using System.Globalization;
using System.Text;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Tags;

/// <summary>What AWS asks of tags.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html; source of texts and order: DDB-TABLE-071, 105 to 109, 372 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, taken from AWS.</remarks>
internal static class TagRules
{
    private const string Punctuation = " +-=._:/@";

    public static void CheckTags(IReadOnlyList<TagInput?> tags)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            CheckKey(tag?.Key);
            if (tag?.Value is not { Length: <= DynamoDbLimits.TagValueChars } value || !value.EnumerateRunes().All(IsAllowed)) throw DynamoDbErrors.Validation($"The Tag Value provided is invalid, Value: {tag?.Value ?? "null"}");
            if (!seen.Add(tag.Key!)) throw DynamoDbErrors.Validation($"Duplicate Tag Keys provided as input: Duplicate Tag Key found {tag.Key}");
        }
        if (tags.Count > DynamoDbLimits.TagsPerTable) throw TooMany();
    }

    public static void CheckKeys(IReadOnlyList<string?> keys)
    {
        foreach (var key in keys) CheckKey(key);
        if (keys.Count > DynamoDbLimits.TagsPerTable) throw TooMany();
    }

    /// <summary>What a table has after all: the limits hold for old and new tags together.</summary>
    public static void CheckSet(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > DynamoDbLimits.TagsPerTable) throw TooMany();
        var bytes = tags.Sum(tag => Encoding.UTF8.GetByteCount(tag.Key) + Encoding.UTF8.GetByteCount(tag.Value));
        if (bytes > DynamoDbLimits.TagSetBytes) throw DynamoDbErrors.Validation($"Tag set size {bytes} bytes is above max size limit of {DynamoDbLimits.TagSetBytes} bytes");
    }

    /// <summary>The table of a request on tags.</summary>
    public static TableName TableOf(Call call, string? resourceArn)
    {
        if (resourceArn is null) throw DynamoDbErrors.Validation("Invalid TableArn");
        var arn = ResourceArn.Parse(resourceArn);
        arn.RefuseIndex();
        if (arn.Table.Region != call.Region || !Constraints.IsTable(arn.Table.Name)) throw DynamoDbErrors.Validation($"Invalid TableArn: Invalid ResourceArn provided as input {resourceArn}");
        // A stream has tags of its own.
        return arn.Stream is null ? arn.Table : throw new AwsException("NotImplemented", "The emulator does not implement tags of streams.", 501);
    }

    /// <summary>Another account's table may be one that the caller must not know of.</summary>
    public static AwsException NotFound(Call call, TableName name) => name.Account == call.Account
        ? new("ResourceNotFoundException", $"Requested resource not found: ResourceArn: {Arns.Table(name.Account, name.Region, name.Name)} not found")
        : new("AccessDeniedException", "Access is denied");

    private static void CheckKey(string? key)
    {
        if (key is not { Length: >= 1 and <= DynamoDbLimits.TagKeyChars } || !key.EnumerateRunes().All(IsAllowed)) throw DynamoDbErrors.Validation($"The Tag Key provided is invalid, Key: {key ?? "null"}");
        if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) throw DynamoDbErrors.Validation($"Tag Key cannot be prefixed with aws:, Key: {key}");
    }

    /// <summary>Letters, digits and spaces of every script, and little else.</summary>
    private static bool IsAllowed(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.SpaceSeparator => true,
        _ => rune.IsAscii && Punctuation.Contains((char)rune.Value),
    };

    private static AwsException TooMany() => DynamoDbErrors.Validation("Number of Tags exceed the current limit for the provided ResourceArn");
}
