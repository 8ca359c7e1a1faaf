using System.Globalization;
using System.Text;

namespace Emulator.Lambda.Invocations;

/// <summary>Reads a text that is not JSON up to its first mistake, and names that as Jackson does, which is Lambda's parser.</summary>
/// <remarks>Observed 2025-11-24: an invalid start byte, and a character that begins no value. The other texts are those of Jackson. https://github.com/FasterXML/jackson-core</remarks>
internal ref struct JacksonScanner(ReadOnlySpan<byte> text)
{
    private const string Values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly Stack<int> _open = [];
    private int _at;

    private readonly bool InObject => _open.TryPeek(out var start) && _text[start] == '{';

    public string Problem()
    {
        var problem = Value();
        while (problem is null && _open.Count > 0) problem = Next();
        SkipSpace();
        return problem ?? Unexpected("Expected space separating root-level values");
    }

    /// <summary>What follows inside a container: a comma and another entry, or its end. The first entry has no comma before it.</summary>
    private string? Next()
    {
        var start = _open.Peek();
        var first = _text[start..Math.Min(_at, _text.Length)].TrimEnd(" \t\r\n"u8).Length == 1;
        SkipSpace();
        if (AtEnd) return EndOfInput();
        if (_text[_at] == (InObject ? '}' : ']'))
        {
            _at++;
            _open.Pop();
            return null;
        }
        if (!first)
        {
            if (_text[_at] != ',') return Unexpected($"was expecting comma to separate {(InObject ? "Object" : "Array")} entries");
            _at++;
        }
        return InObject ? Name() ?? Value() : Value();
    }

    private string? Name()
    {
        SkipSpace();
        if (AtEnd) return EndOfInput();
        if (_text[_at] != '"') return Unexpected("was expecting double-quote to start field name");
        if (String("name") is { } problem) return problem;
        SkipSpace();
        if (AtEnd) return EndOfInput();
        if (_text[_at] != ':') return Unexpected("was expecting a colon to separate field name and value");
        _at++;
        return null;
    }

    private string? Value()
    {
        SkipSpace();
        if (AtEnd) return EndOfInput();
        switch (_text[_at])
        {
            case (byte)'{' or (byte)'[':
                if (_open.Count >= LambdaLimits.PayloadDepth) return $"Document nesting depth ({_open.Count + 1}) exceeds the maximum allowed ({LambdaLimits.PayloadDepth}, from `StreamReadConstraints.getMaxNestingDepth()`)";
                _open.Push(_at++);
                return null;
            case (byte)'"':
                return String("value");
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                while (!AtEnd && (IsWord(_text[_at]) || _text[_at] is (byte)'-' or (byte)'+' or (byte)'.')) _at++;
                return null;
            case var letter when IsWord(letter):
                return Word();
            default:
                return Unexpected($"expected a valid value {Values}");
        }
    }

    private string? Word()
    {
        var start = _at;
        while (!AtEnd && IsWord(_text[_at])) _at++;
        var word = _text[start.._at];
        if (word.SequenceEqual("true"u8) || word.SequenceEqual("false"u8) || word.SequenceEqual("null"u8)) return null;
        if (!AtEnd && _text[_at] is >= 0x80 and not (>= 0xC2 and <= 0xF4)) return InvalidStart();
        return $"Unrecognized token '{Encoding.ASCII.GetString(word)}': was expecting {Values}{At(_at)}";
    }

    private string? String(string what)
    {
        for (_at++; !AtEnd; _at++)
        {
            switch (_text[_at])
            {
                case (byte)'"':
                    _at++;
                    return null;
                case (byte)'\\':
                    _at++;
                    if (!AtEnd && !"\"\\/bfnrtu"u8.Contains(_text[_at])) return $"Unrecognized character escape {Character(_text[_at])}{At(_at)}";
                    break;
                case < 0x20:
                    return $"Illegal unquoted character ({Character(_text[_at])}): has to be escaped using backslash to be included in string {what}{At(_at)}";
                case >= 0x80 and not (>= 0xC2 and <= 0xF4):
                    return InvalidStart();
                case >= 0x80:
                    if (Rune.DecodeFromUtf8(_text[_at..], out _, out var length) != System.Buffers.OperationStatus.Done) return $"Invalid UTF-8 middle byte 0x{(_at + length < _text.Length ? _text[_at + length] : 0):x}{At(_at + length)}";
                    _at += length - 1;
                    break;
            }
        }
        return $"Unexpected end-of-input: was expecting closing quote for a string value{At(_text.Length)}";
    }

    private readonly bool AtEnd => _at >= _text.Length;

    private void SkipSpace()
    {
        while (!AtEnd && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') _at++;
    }

    private static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'$';

    private readonly string InvalidStart() => $"Invalid UTF-8 start byte 0x{_text[_at]:x}{At(_at + 1)}";

    private readonly string Unexpected(string expected) => AtEnd ? EndOfInput() : $"Unexpected character ({Character(_text[_at])}): {expected}{At(_at)}";

    private readonly string EndOfInput() => _open.TryPeek(out var start)
        ? $"Unexpected end-of-input: expected close marker for {(InObject ? "Object" : "Array")} (start marker at {Place(start)}){At(_text.Length)}"
        : $"Unexpected end-of-input{At(_text.Length)}";

    private static string Character(byte b) => b is < 0x20 or >= 0x80
        ? $"(CTRL-CHAR, code {b})"
        : string.Create(CultureInfo.InvariantCulture, $"'{(char)b}' (code {b})");

    private readonly string At(int place) => $"\n at {Place(place)}";

    private readonly string Place(int place)
    {
        var before = _text[..Math.Min(place, _text.Length)];
        var column = before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: {before.Count((byte)'\n') + 1}, column: {column}]");
    }
}
