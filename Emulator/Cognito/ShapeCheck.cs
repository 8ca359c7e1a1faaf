using System.Globalization;
using System.Text;
using Emulator.Protocols;

namespace Emulator.Cognito;

/// <summary>What a text member may be: its length and its pattern, as the API model states them.</summary>
/// <param name="Pattern">The pattern as AWS prints it.</param>
/// <param name="Matches">Whether a text matches the pattern as a whole.</param>
/// <param name="Sensitive">AWS does not repeat the value in the error.</param>
internal sealed record TextShape(int Min, int Max, string? Pattern = null, Func<string, bool>? Matches = null, bool Sensitive = false);

/// <summary>Collects the violated constraints of an input's shape into the one error that AWS makes of them.</summary>
internal sealed class ShapeCheck
{
    private readonly List<string> _problems = [];

    public ShapeCheck Required(string member, string? value, TextShape shape)
    {
        if (value is null) return Add(member, "null", shape.Sensitive, "Member must not be null");
        return Optional(member, value, shape);
    }

    public ShapeCheck Optional(string member, string? value, TextShape shape)
    {
        if (value is null) return this;
        var length = value.Length;
        if (length < shape.Min) Add(member, $"'{value}'", shape.Sensitive, $"Member must have length greater than or equal to {shape.Min}");
        if (length > shape.Max) Add(member, $"'{value}'", shape.Sensitive, $"Member must have length less than or equal to {shape.Max}");
        if (shape.Matches is { } matches && !matches(value)) Add(member, $"'{value}'", shape.Sensitive, $"Member must satisfy regular expression pattern: {shape.Pattern}");
        return this;
    }

    public ShapeCheck Present(string member, object? value) => value is null ? Add(member, "null", false, "Member must not be null") : this;

    /// <summary>A list or map without nulls in it.</summary>
    public ShapeCheck NoNulls(string member, IEnumerable<object?>? items) =>
        items?.Contains(null) == true ? Add(member, "'[null]'", false, "Member must satisfy constraint: [Member must not be null]") : this;

    public ShapeCheck Range(string member, int? value, int min, int max)
    {
        if (value < min) Add(member, $"'{value}'", false, $"Member must have value greater than or equal to {min}");
        if (value > max) Add(member, $"'{value}'", false, $"Member must have value less than or equal to {max}");
        return this;
    }

    public ShapeCheck OneOf(string member, string? value, params ReadOnlySpan<string> allowed) =>
        value is null || allowed.Contains(value) ? this : Add(member, $"'{value}'", false, $"Member must satisfy enum value set: [{string.Join(", ", allowed)}]");

    public ShapeCheck EachOneOf(string member, IReadOnlyList<string>? values, params ReadOnlySpan<string> allowed)
    {
        if (values is null) return this;
        foreach (var value in values)
        {
            if (!allowed.Contains(value)) return Add(member, $"'[{string.Join(", ", values)}]'", false, $"Member must satisfy constraint: [Member must satisfy enum value set: [{string.Join(", ", allowed)}]]");
        }
        return this;
    }

    /// <summary>Throws where a constraint is violated.</summary>
    public void Done()
    {
        if (_problems.Count == 0) return;
        var head = _problems.Count == 1 ? "1 validation error detected: " : $"{_problems.Count} validation errors detected: ";
        throw new AwsException("InvalidParameterException", head + string.Join("; ", _problems));
    }

    private ShapeCheck Add(string member, string value, bool sensitive, string constraint)
    {
        _problems.Add(sensitive ? $"Value at '{member}' failed to satisfy constraint: {constraint}" : $"Value {value} at '{member}' failed to satisfy constraint: {constraint}");
        return this;
    }
}

/// <summary>Patterns of the API models, as functions: they match in one pass, whatever the input.</summary>
internal static class Patterns
{
    /// <summary><c>[\p{L}\p{M}\p{S}\p{N}\p{P}]+</c>: all that can be seen.</summary>
    public const string VisiblePattern = @"[\p{L}\p{M}\p{S}\p{N}\p{P}]+";

    public static bool Visible(string text) => text.Length > 0 && All(text, IsVisible);

    /// <summary><c>[\S]+</c></summary>
    public const string NonSpacePattern = @"[\S]+";

    public static bool NonSpace(string text) => text.Length > 0 && All(text, rune => !(rune.IsAscii && char.IsWhiteSpace((char)rune.Value)));

    /// <summary><c>[\w+]+</c></summary>
    public static bool WordOrPlus(string text) => AllAscii(text, "_+");

    /// <summary><c>[\w\s+=,.@-]+</c></summary>
    public static bool Name(string text) => AllAscii(text, "_+=,.@- \t\n\r\f\v");

    /// <summary>Letters, digits and the given signs, at least one.</summary>
    public static bool AllAscii(string text, string signs)
    {
        if (text.Length == 0) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !signs.Contains(c)) return false;
        }
        return true;
    }

    private static bool All(string text, Func<Rune, bool> allowed)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!allowed(rune)) return false;
        }
        return true;
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        _ => true,
    };
}
