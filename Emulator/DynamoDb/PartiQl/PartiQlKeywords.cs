using System.Collections.Frozen;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>The words that no attribute can be called by without double quotes, and what they mean to the grammar.</summary>
/// <remarks>The words of SQL-92 and of PartiQL's reference implementation, whose parser and texts DynamoDB has: https://github.com/partiql/partiql-lang-kotlin (LexerConstants, version 0.2).</remarks>
internal static class PartiQlKeywords
{
    private static readonly FrozenSet<string> Words = Split("""
        absolute action add all allocate alter and any are as asc assertion at authorization avg begin between bit bit_length by cascade cascaded case cast catalog char character
        character_length char_length check close coalesce collate collation column commit connect connection constraint constraints continue convert corresponding count create cross
        current current_date current_time current_timestamp current_user cursor date deallocate dec decimal declare default deferrable deferred delete desc describe descriptor
        diagnostics disconnect distinct domain double drop else end escape except exception exec execute exists external extract date_add date_diff false fetch first float for foreign
        found from full get global go goto grant group having identity immediate in indicator initially inner input insensitive insert int integer intersect interval into is isolation
        join key language last left level like local lower match max min module names national natural nchar next no not null nullif numeric octet_length of on only open option or order
        outer output overlaps pad partial position precision prepare preserve primary prior privileges procedure public read real references relative restrict revoke right rollback rows
        schema scroll section select session session_user set size smallint some space sql sqlcode sqlerror sqlstate substring sum system_user table temporary then time timestamp to
        transaction translate translation trim true union unique unknown update upper usage user using value values varchar varying view when whenever where with work write zone
        missing pivot unpivot limit tuple remove index let bool boolean string symbol clob blob struct list sexp bag
        returning modified all new old
        """);

    /// <summary>Words that are operators.</summary>
    private static readonly FrozenSet<string> OperatorWords = Split("and or not is in union except intersect between like");

    /// <summary>Keywords that may stand before a parenthesis as the name of a function.</summary>
    private static readonly FrozenSet<string> Functions = Split("exists count avg max min sum char_length character_length octet_length bit_length upper lower size nullif coalesce sexp list bag");

    /// <summary>What may stand after IS.</summary>
    private static readonly FrozenSet<string> Types = Split(
        "missing null boolean smallint integer float real double decimal numeric timestamp character string symbol clob blob struct tuple list sexp bag");

    /// <summary>Several words that are one token.</summary>
    private static readonly FrozenDictionary<(string, string), (PartiQlTokenKind Kind, string Text)> Pairs = new Dictionary<(string, string), (PartiQlTokenKind, string)>
    {
        [("not", "in")] = (PartiQlTokenKind.Operator, "not_in"),
        [("is", "not")] = (PartiQlTokenKind.Operator, "is_not"),
        [("not", "between")] = (PartiQlTokenKind.Operator, "not_between"),
        [("not", "like")] = (PartiQlTokenKind.Operator, "not_like"),
        [("insert", "into")] = (PartiQlTokenKind.Keyword, "insert_into"),
        [("modified", "old")] = (PartiQlTokenKind.Keyword, "modified_old"),
        [("modified", "new")] = (PartiQlTokenKind.Keyword, "modified_new"),
        [("all", "old")] = (PartiQlTokenKind.Keyword, "all_old"),
        [("all", "new")] = (PartiQlTokenKind.Keyword, "all_new"),
    }.ToFrozenDictionary();

    public static bool IsFunction(string keyword) => Functions.Contains(keyword);

    public static bool IsType(string keyword) => Types.Contains(keyword);

    /// <summary>What a word without quotes is.</summary>
    public static (PartiQlTokenKind Kind, string Text) Of(string word)
    {
        var lower = word.ToLowerInvariant();
        return lower switch
        {
            "as" => (PartiQlTokenKind.As, lower),
            "at" => (PartiQlTokenKind.At, lower),
            "by" => (PartiQlTokenKind.By, lower),
            "for" => (PartiQlTokenKind.For, lower),
            "asc" => (PartiQlTokenKind.Asc, lower),
            "desc" => (PartiQlTokenKind.Desc, lower),
            "null" => (PartiQlTokenKind.Null, lower),
            "missing" => (PartiQlTokenKind.Missing, lower),
            "true" or "false" => (PartiQlTokenKind.Boolean, lower),
            "bool" => (PartiQlTokenKind.Keyword, "boolean"),
            "int" => (PartiQlTokenKind.Keyword, "integer"),
            "dec" => (PartiQlTokenKind.Keyword, "decimal"),
            "char" => (PartiQlTokenKind.Keyword, "character"),
            _ when OperatorWords.Contains(lower) => (PartiQlTokenKind.Operator, lower),
            _ when Words.Contains(lower) => (PartiQlTokenKind.Keyword, lower),
            _ => (PartiQlTokenKind.Identifier, word),
        };
    }

    /// <summary>The one token that two words are; null where they are two.</summary>
    public static (PartiQlTokenKind Kind, string Text)? Merge(PartiQlToken first, PartiQlToken second) =>
        first.Keyword is { } one && second.Keyword is { } two && Pairs.TryGetValue((one, two), out var merged) ? merged : null;

    /// <summary>How strongly an infix operator binds; 0 for what is none.</summary>
    public static int Precedence(PartiQlToken token) => token.Kind is not (PartiQlTokenKind.Operator or PartiQlTokenKind.Star) ? 0 : token.Keyword switch
    {
        "intersect" or "except" or "union" => SetPrecedence,
        "or" => 10,
        "and" => 20,
        "=" or "<>" or "is" or "is_not" or "in" or "not_in" => 40,
        "<" or "<=" or ">" or ">=" or "between" or "not_between" or "like" or "not_like" => 50,
        "+" or "-" or "||" => 60,
        "*" or "/" or "%" => 70,
        _ => 0,
    };

    public const int SetPrecedence = 5;

    /// <summary>What FROM, WHERE and the other clauses of SELECT hold binds more than the operators between whole SELECTs.</summary>
    public const int ClausePrecedence = 6;

    public const int NotPrecedence = 30;

    private static FrozenSet<string> Split(string words) => words.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
