using System.Buffers;

namespace Emulator.DynamoDb.Input;

/// <summary>Collects what a request violates of the constraints of its shape: AWS tells all of it in one text.</summary>
internal struct Constraints
{
    // Observed: no more than ten are told (checkValidations of architect/dynalite).
    private const int MostTold = 10;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    private List<string>? _violations;

    /// <summary>What all paths begin with.</summary>
    public string? Prefix { get; init; }

    public void NotNull(object? value, string path)
    {
        if (value is null) Violated("null", path, "Member must not be null");
    }

    public void OneOf(string? value, string path, string allowed)
    {
        if (value is not null && !Contains(allowed, value)) Violated($"'{value}'", path, $"Member must satisfy enum value set: [{allowed}]");
    }

    public void Length(string? value, string path, int least, int most)
    {
        if (value is null) return;
        if (value.Length < least) Violated($"'{value}'", path, $"Member must have length greater than or equal to {least}");
        if (value.Length > most) Violated($"'{value}'", path, $"Member must have length less than or equal to {most}");
    }

    public void Count(int? count, Func<string> value, string path, int least, int most)
    {
        if (count < least) Violated($"'{value()}'", path, $"Member must have length greater than or equal to {least}");
        if (count > most) Violated($"'{value()}'", path, $"Member must have length less than or equal to {most}");
    }

    /// <summary>A list of names of attributes.</summary>
    public void Names(List<string?>? names, string path, int most)
    {
        Count(names?.Count, () => $"[{string.Join(", ", names!)}]", path, 1, most);
        if (names?.Exists(name => name?.Length is 0 or > 255) == true)
        {
            Violated($"'[{string.Join(", ", names)}]'", path, "Member must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 1]");
        }
    }

    public void Least(long? value, string path, long least)
    {
        if (value < least) Violated($"'{value}'", path, $"Member must have value greater than or equal to {least}");
    }

    public void Most(long? value, string path, long most)
    {
        if (value > most) Violated($"'{value}'", path, $"Member must have value less than or equal to {most}");
    }

    /// <summary>The characters of table and index names.</summary>
    public void NamePattern(string? value, string path)
    {
        if (value is not null && (value.Length == 0 || value.AsSpan().ContainsAnyExcept(NameCharacters)))
        {
            Violated($"'{value}'", path, "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
        }
    }

    /// <summary>The table of an operation on items: a name or an ARN.</summary>
    public void Table(string? name, string path = "tableName")
    {
        if (name is null) NotNull(name, path);
        else if (name.Length == 0) Length(name, path, 1, 1024);
        else if (!name.StartsWith("arn:", StringComparison.Ordinal)) Name(name, path);
    }

    /// <summary>Whether this can be the name of a table, or an ARN.</summary>
    public static bool IsTable(string name) =>
        name.StartsWith("arn:", StringComparison.Ordinal) || (name.Length is >= 3 and <= 255 && !name.AsSpan().ContainsAnyExcept(NameCharacters));

    /// <summary>The name of a table or index.</summary>
    public void Name(string? name, string path)
    {
        NamePattern(name, path);
        Length(name, path, 3, 255);
    }

    public void Violated(string value, string path, string constraint)
    {
        _violations ??= [];
        if (_violations.Count < MostTold) _violations.Add($"Value {value} at '{Prefix}{path}' failed to satisfy constraint: {constraint}");
    }

    public readonly void Require()
    {
        if (_violations is null) return;
        throw DynamoDbErrors.Validation($"{_violations.Count} validation error{(_violations.Count > 1 ? "s" : "")} detected: {string.Join("; ", _violations)}");
    }

    private static bool Contains(string allowed, string value)
    {
        foreach (var range in allowed.AsSpan().Split(", "))
        {
            if (allowed.AsSpan(range).SequenceEqual(value)) return true;
        }
        return false;
    }
}
