using System.Runtime.InteropServices;

namespace Emulator.Iam.Policies;

/// <summary>Whether a value matches a pattern; <see cref="Unresolved"/> where the pattern needs a policy variable that the request does not have.</summary>
internal enum PatternMatch { No, Yes, Unresolved }

/// <summary>How the text of a pattern is read.</summary>
[Flags]
internal enum PatternOptions
{
    None = 0,

    /// <summary><c>*</c> and <c>?</c> stand for any run of characters and any one.</summary>
    Wildcards = 1,

    /// <summary><c>${...}</c> is a policy variable (policies of version 2012-10-17).</summary>
    Variables = 2,
    IgnoreCase = 4,
}

/// <summary>A string of a policy with wildcards and policy variables, read once and matched often.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html.
/// A value that a variable brings in is literal: a wildcard inside it stands for itself.
/// </remarks>
internal sealed class Pattern
{
    private readonly Symbol[] _symbols;
    private readonly PatternOptions _options;
    private readonly Shape _shape;
    private readonly string _literal;

    private Pattern(string text, Symbol[] symbols, PatternOptions options)
    {
        Text = text;
        _symbols = symbols;
        _options = options;
        (_shape, _literal) = ShapeOf(symbols);
    }

    private enum Shape { Anything, Exact, Prefix, Wildcards, Variables }

    private enum SymbolKind : byte { Literal, AnyRun, AnyOne, Variable }

    /// <summary>One character, one wildcard, or one variable with its name and default.</summary>
    private readonly record struct Symbol(SymbolKind Kind, char Character = '\0', string? Variable = null, string? Default = null);

    /// <summary>The pattern as the policy has it.</summary>
    public string Text { get; }

    public static Pattern Parse(string text, PatternOptions options)
    {
        var symbols = new List<Symbol>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '$' && options.HasFlag(PatternOptions.Variables) && TryReadVariable(text, i, out var variable, out var next))
            {
                symbols.Add(variable);
                i = next - 1;
            }
            else
            {
                symbols.Add(!options.HasFlag(PatternOptions.Wildcards) ? new(SymbolKind.Literal, c) : c switch
                {
                    '*' => new(SymbolKind.AnyRun),
                    '?' => new(SymbolKind.AnyOne),
                    _ => new(SymbolKind.Literal, c),
                });
            }
        }
        return new(text, [.. symbols], options);
    }

    /// <param name="request">Gives the values of policy variables; null where the pattern has none.</param>
    public PatternMatch Matches(ReadOnlySpan<char> value, AccessRequest? request)
    {
        var comparison = _options.HasFlag(PatternOptions.IgnoreCase) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return _shape switch
        {
            Shape.Anything => PatternMatch.Yes,
            Shape.Exact => Verdict(value.Equals(_literal, comparison)),
            Shape.Prefix => Verdict(value.StartsWith(_literal, comparison)),
            Shape.Wildcards => Verdict(Glob(_symbols, value, comparison == StringComparison.OrdinalIgnoreCase)),
            _ => TryExpand(request, out var symbols) ? Verdict(Glob(symbols, value, comparison == StringComparison.OrdinalIgnoreCase)) : PatternMatch.Unresolved,
        };
    }

    private static PatternMatch Verdict(bool matches) => matches ? PatternMatch.Yes : PatternMatch.No;

    /// <summary>Remembers only the last run: a later one can take over all that an earlier one could, so the time is at most the product of the lengths.</summary>
    private static bool Glob(ReadOnlySpan<Symbol> pattern, ReadOnlySpan<char> value, bool ignoreCase)
    {
        int at = 0, symbol = 0, run = -1, runEnd = 0;
        while (at < value.Length)
        {
            if (symbol < pattern.Length && pattern[symbol].Kind == SymbolKind.AnyRun)
            {
                run = symbol++;
                runEnd = at;
            }
            else if (symbol < pattern.Length && (pattern[symbol].Kind == SymbolKind.AnyOne || Same(pattern[symbol].Character, value[at], ignoreCase)))
            {
                symbol++;
                at++;
            }
            else if (run >= 0)
            {
                symbol = run + 1;
                at = ++runEnd;
            }
            else
            {
                return false;
            }
        }
        while (symbol < pattern.Length && pattern[symbol].Kind == SymbolKind.AnyRun) symbol++;
        return symbol == pattern.Length;
    }

    private static bool Same(char a, char b, bool ignoreCase) => a == b || (ignoreCase && char.ToUpperInvariant(a) == char.ToUpperInvariant(b));

    private bool TryExpand(AccessRequest? request, out ReadOnlySpan<Symbol> expanded)
    {
        var symbols = new List<Symbol>(_symbols.Length + 32);
        expanded = default;
        foreach (var symbol in _symbols)
        {
            if (symbol.Kind != SymbolKind.Variable)
            {
                symbols.Add(symbol);
                continue;
            }
            var values = request?.Values(symbol.Variable!) ?? default;
            if ((values.Count == 1 ? values[0] : symbol.Default) is not { } value) return false;
            foreach (var c in value) symbols.Add(new(SymbolKind.Literal, c));
        }
        expanded = CollectionsMarshal.AsSpan(symbols);
        return true;
    }

    /// <summary><c>${key}</c>, <c>${key, 'default'}</c>, and the characters <c>${*}</c>, <c>${?}</c>, <c>${$}</c>.</summary>
    private static bool TryReadVariable(string text, int start, out Symbol symbol, out int next)
    {
        symbol = default;
        next = start;
        if (start + 1 >= text.Length || text[start + 1] != '{') return false;
        var end = text.IndexOf('}', start);
        if (end < 0) return false;
        next = end + 1;
        var inside = text.AsSpan(start + 2, end - start - 2);
        if (inside is "*" or "?" or "$")
        {
            symbol = new(SymbolKind.Literal, inside[0]);
            return true;
        }
        var comma = inside.IndexOf(',');
        var name = (comma < 0 ? inside : inside[..comma]).Trim();
        var fallback = comma < 0 ? default : inside[(comma + 1)..].Trim();
        var quoted = fallback.Length >= 2 && fallback[0] == '\'' && fallback[^1] == '\'';
        symbol = new(SymbolKind.Variable, Variable: name.ToString().ToLowerInvariant(), Default: quoted ? fallback[1..^1].ToString() : null);
        return true;
    }

    private static (Shape, string) ShapeOf(Symbol[] symbols)
    {
        if (Array.Exists(symbols, symbol => symbol.Kind == SymbolKind.Variable)) return (Shape.Variables, "");
        var literal = Array.FindIndex(symbols, symbol => symbol.Kind != SymbolKind.Literal);
        if (literal < 0) return (Shape.Exact, Text(symbols));
        if (literal != symbols.Length - 1 || symbols[literal].Kind != SymbolKind.AnyRun) return (Shape.Wildcards, "");
        return literal == 0 ? (Shape.Anything, "") : (Shape.Prefix, Text(symbols.AsSpan(0, literal)));

        static string Text(ReadOnlySpan<Symbol> symbols)
        {
            Span<char> characters = new char[symbols.Length];
            for (var i = 0; i < symbols.Length; i++) characters[i] = symbols[i].Character;
            return characters.ToString();
        }
    }
}
