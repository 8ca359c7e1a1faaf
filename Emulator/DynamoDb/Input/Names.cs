using System.Text;

namespace Emulator.DynamoDb.Input;

/// <summary>What the name of an attribute must be.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html</remarks>
internal static class Names
{
    public const string Empty = "One or more parameter values were invalid: Empty attribute name";

    // Observed: https://github.com/ExtendDB/extenddb/issues/365.
    private const string TooLong = "1 validation error detected: Attribute name is too large, must be less than 65536 bytes";

    /// <summary>What is wrong with a name; null where nothing is.</summary>
    public static string? Problem(string? name) =>
        string.IsNullOrEmpty(name) ? Empty
        : name.Length * 3 > DynamoDbLimits.AttributeNameBytes && Encoding.UTF8.GetByteCount(name) > DynamoDbLimits.AttributeNameBytes ? TooLong
        : null;

    public static void Check(IEnumerable<string?>? names)
    {
        foreach (var name in names ?? [])
        {
            if (Problem(name) is { } problem) throw DynamoDbErrors.Validation(problem);
        }
    }
}
