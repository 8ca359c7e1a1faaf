using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;

namespace Emulator.Iam.Policies;

/// <summary>Compares a value of the request with one value of the policy.</summary>
internal delegate PatternMatch ValueTest(string value, AccessRequest request);

/// <summary>A condition operator: how a value of the policy becomes a test, and whether its result is turned round.</summary>
/// <param name="Compile">Makes the test of a policy value; the bool says whether the policy's version knows variables. null: the operator tests only whether the key is there.</param>
internal sealed record ConditionOperator(string Name, bool Negated, Func<string, bool, ValueTest>? Compile);

/// <summary>Every condition operator of the policy language.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html</remarks>
internal static class ConditionOperators
{
    private static readonly FrozenDictionary<string, ConditionOperator> Table = new ConditionOperator[]
    {
        new("StringEquals", false, Strings(PatternOptions.None)),
        new("StringNotEquals", true, Strings(PatternOptions.None)),
        new("StringEqualsIgnoreCase", false, Strings(PatternOptions.IgnoreCase)),
        new("StringNotEqualsIgnoreCase", true, Strings(PatternOptions.IgnoreCase)),
        new("StringLike", false, Strings(PatternOptions.Wildcards)),
        new("StringNotLike", true, Strings(PatternOptions.Wildcards)),
        new("NumericEquals", false, Numbers(static order => order == 0)),
        new("NumericNotEquals", true, Numbers(static order => order == 0)),
        new("NumericLessThan", false, Numbers(static order => order < 0)),
        new("NumericLessThanEquals", false, Numbers(static order => order <= 0)),
        new("NumericGreaterThan", false, Numbers(static order => order > 0)),
        new("NumericGreaterThanEquals", false, Numbers(static order => order >= 0)),
        new("DateEquals", false, Dates(static order => order == 0)),
        new("DateNotEquals", true, Dates(static order => order == 0)),
        new("DateLessThan", false, Dates(static order => order < 0)),
        new("DateLessThanEquals", false, Dates(static order => order <= 0)),
        new("DateGreaterThan", false, Dates(static order => order > 0)),
        new("DateGreaterThanEquals", false, Dates(static order => order >= 0)),
        new("Bool", false, Strings(PatternOptions.IgnoreCase)),
        new("BinaryEquals", false, Binary),
        new("IpAddress", false, Addresses),
        new("NotIpAddress", true, Addresses),
        new("ArnEquals", false, Arns),
        new("ArnLike", false, Arns),
        new("ArnNotEquals", true, Arns),
        new("ArnNotLike", true, Arns),
        new("Null", false, null),
    }.ToFrozenDictionary(entry => entry.Name, StringComparer.OrdinalIgnoreCase);

    public static ConditionOperator? Find(string name) => Table.GetValueOrDefault(name);

    private static PatternMatch Verdict(bool matches) => matches ? PatternMatch.Yes : PatternMatch.No;

    private static Func<string, bool, ValueTest> Strings(PatternOptions options) => (text, variables) =>
    {
        var pattern = Pattern.Parse(text, variables ? options | PatternOptions.Variables : options);
        return (value, request) => pattern.Matches(value, request);
    };

    private static Func<string, bool, ValueTest> Numbers(Func<int, bool> holds) => (text, _) =>
    {
        if (!TryNumber(text, out var expected)) return static (_, _) => PatternMatch.No;
        return (value, _) => Verdict(TryNumber(value, out var actual) && holds(actual.CompareTo(expected)));
    };

    private static Func<string, bool, ValueTest> Dates(Func<int, bool> holds) => (text, _) =>
    {
        if (!TryDate(text, out var expected)) return static (_, _) => PatternMatch.No;
        return (value, _) => Verdict(TryDate(value, out var actual) && holds(actual.CompareTo(expected)));
    };

    private static ValueTest Binary(string text, bool variables)
    {
        var expected = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, expected, out var length)) return static (_, _) => PatternMatch.No;
        // A service gives binary values in base 64, as DynamoDB does in dynamodb:LeadingKeys; else the bytes of the text are meant.
        return (value, _) => Verdict(value == text || Encoding.UTF8.GetBytes(value).AsSpan().SequenceEqual(expected.AsSpan(0, length)));
    }

    private static ValueTest Addresses(string text, bool variables)
    {
        // Source: "If you specify an IP address without the associated routing prefix, IAM uses the default prefix value of /32."
        var range = IPNetwork.TryParse(text, out var network) ? network
            : IPAddress.TryParse(text, out var single) ? new IPNetwork(single, single.GetAddressBytes().Length * 8)
            : (IPNetwork?)null;
        if (range is not { } expected) return static (_, _) => PatternMatch.No;
        return (value, _) => Verdict(IPAddress.TryParse(value, out var actual) && expected.Contains(actual.IsIPv4MappedToIPv6 ? actual.MapToIPv4() : actual));
    }

    /// <summary>Each of the six parts between colons is matched on its own; the last may contain colons.</summary>
    private static ValueTest Arns(string text, bool variables)
    {
        var options = PatternOptions.Wildcards | (variables ? PatternOptions.Variables : PatternOptions.None);
        if (text == "*") return static (_, _) => PatternMatch.Yes;
        var parts = SplitArn(text);
        if (parts.Length != 6) return static (_, _) => PatternMatch.No;
        var patterns = Array.ConvertAll(parts, part => Pattern.Parse(part, options));
        return (value, request) =>
        {
            var actual = value.Split(':', 6);
            if (actual.Length != 6) return PatternMatch.No;
            for (var i = 0; i < 6; i++)
            {
                var match = patterns[i].Matches(actual[i], request);
                if (match != PatternMatch.Yes) return match;
            }
            return PatternMatch.Yes;
        };
    }

    /// <summary>Splits at the first five colons that are not inside a variable (<c>${aws:username}</c>).</summary>
    private static string[] SplitArn(string text)
    {
        var parts = new List<string>(6);
        int start = 0, depth = 0;
        for (var i = 0; i < text.Length && parts.Count < 5; i++)
        {
            if (text[i] == '{' && i > 0 && text[i - 1] == '$') depth++;
            else if (text[i] == '}' && depth > 0) depth--;
            else if (text[i] == ':' && depth == 0)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }
        parts.Add(text[start..]);
        return [.. parts];
    }

    private static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>The W3C forms of ISO 8601 (a year, a month, a day, or a day with a time), or seconds since 1970.</summary>
    private static bool TryDate(string text, out DateTimeOffset date)
    {
        if (text.Length > 4 && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            var known = seconds is > -62_135_596_800 and < 253_402_300_800;
            date = known ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
            return known;
        }
        return DateTimeOffset.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out date);
    }

    private static readonly string[] DateForms =
        ["yyyy", "yyyy-MM", "yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyyMMddTHHmmssK"];
}
