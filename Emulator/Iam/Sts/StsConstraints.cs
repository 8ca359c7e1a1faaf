using System.Buffers;
using System.Globalization;
using Emulator.Protocols;

namespace Emulator.Iam.Sts;

/// <summary>Checks what the shapes of the API demand and tells all violations in one text, as AWS does.</summary>
internal sealed class StsConstraints
{
    private readonly List<string> _violations = [];

    /// <summary>A set of characters and the pattern by which AWS names it.</summary>
    public sealed record Alphabet(SearchValues<char> Characters, string Pattern);

    private const string Word = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

    public static Alphabet SessionName { get; } = new(SearchValues.Create(Word + "+=,.@-"), @"[\w+=,.@-]*");

    public static Alphabet ExternalId { get; } = new(SearchValues.Create(Word + "+=,.@:/-"), @"[\w+=,.@:\/-]*");

    public StsConstraints Required(string name, string? value)
    {
        if (value is null) _violations.Add($"Value null at '{name}' failed to satisfy constraint: Member must not be null");
        return this;
    }

    public StsConstraints Length(string name, string? value, int minimum, int maximum)
    {
        if (value?.Length < minimum) Violated(name, value, $"Member must have length greater than or equal to {minimum}");
        if (value?.Length > maximum) Violated(name, value, $"Member must have length less than or equal to {maximum}");
        return this;
    }

    public StsConstraints Only(string name, string? value, Alphabet alphabet)
    {
        if (value.AsSpan().ContainsAnyExcept(alphabet.Characters)) Violated(name, value!, $"Member must satisfy regular expression pattern: {alphabet.Pattern}");
        return this;
    }

    /// <summary>Letters, spaces and digits of any script, and a few signs: keys and values of tags.</summary>
    public StsConstraints OnlyTagCharacters(string name, string? value, string pattern)
    {
        if (value?.Any(c => !(char.IsLetter(c) || char.IsSeparator(c) || char.IsNumber(c) || "_.:/=+-@".Contains(c))) == true)
            Violated(name, value, $"Member must satisfy regular expression pattern: {pattern}");
        return this;
    }

    public StsConstraints Range(string name, int? value, int minimum, int maximum)
    {
        var text = value?.ToString(CultureInfo.InvariantCulture);
        if (value < minimum) Violated(name, text!, $"Member must have value greater than or equal to {minimum}");
        if (value > maximum) Violated(name, text!, $"Member must have value less than or equal to {maximum}");
        return this;
    }

    public StsConstraints Count(string name, int count, int maximum)
    {
        if (count > maximum) _violations.Add($"Value at '{name}' failed to satisfy constraint: Member must have length less than or equal to {maximum}");
        return this;
    }

    public void ThrowIfViolated()
    {
        if (_violations.Count == 0) return;
        throw new AwsException("ValidationError", $"{_violations.Count} validation {(_violations.Count == 1 ? "error" : "errors")} detected: {string.Join("; ", _violations)}");
    }

    private void Violated(string name, string value, string constraint) => _violations.Add($"Value '{value}' at '{name}' failed to satisfy constraint: {constraint}");
}
