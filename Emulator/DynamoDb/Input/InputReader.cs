using System.Text.Json;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Input;

/// <summary>Decodes a structure of the input, positioned before its members.</summary>
internal delegate T StructDecoder<out T>(ref InputReader json);

/// <summary>Reads the JSON of a request member by member, with the texts in which AWS refuses a value of the wrong kind. Members that are not known are skipped, nulls are absent.</summary>
/// <remarks>Source of the texts: test/helpers.js of architect/dynalite, whose expectations were taken from AWS.</remarks>
internal ref struct InputReader
{
    // Deeper than the 32 levels that a value may have, each of which takes two levels of JSON, so that what is too deep gets DynamoDB's own error.
    private const int MaxJsonDepth = 1024;

    private const string Namespace = "com.amazonaws.dynamodb.v20120810.";
    private const string Structure = "Start of structure or map found where not expected";
    private const string FieldType = "Unexpected field type";
    private const string ParameterizedCast = "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base of loader 'bootstrap')";

    private static readonly double FirstMoment = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly double LastMoment = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private Utf8JsonReader _json;
    private bool _atElement;

    private InputReader(ReadOnlySpan<byte> content) =>
        _json = new Utf8JsonReader(content, new JsonReaderOptions { MaxDepth = MaxJsonDepth });

    /// <summary>Decodes the whole input of an operation.</summary>
    public static T Decode<T>(ReadOnlySpan<byte> content, StructDecoder<T> decode)
    {
        var json = new InputReader(content);
        try
        {
            if (!json._json.Read() || json._json.TokenType != JsonTokenType.StartObject) throw Errors.Serialization();
            var input = decode(ref json);
            if (json._json.Read()) throw Errors.Serialization();
            return input;
        }
        catch (JsonException)
        {
            throw Errors.Serialization();
        }
    }

    /// <summary>Goes to the next member of the structure or map; its value must be read or skipped before the next.</summary>
    public bool NextMember()
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Whether the member has this name.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _json.ValueTextEquals(name);

    /// <summary>The member's name, where it is data.</summary>
    public readonly string Name() => Text();

    /// <summary>Goes to the next element of a list.</summary>
    public bool NextElement()
    {
        _json.Read();
        _atElement = _json.TokenType != JsonTokenType.EndArray;
        return _atElement;
    }

    public void Skip()
    {
        Advance();
        _json.Skip();
    }

    /// <summary>Skips a value and says whether it was null.</summary>
    public bool SkipIsNull()
    {
        Advance();
        var isNull = _json.TokenType == JsonTokenType.Null;
        _json.Skip();
        return isNull;
    }

    public string? String()
    {
        Advance();
        return _json.TokenType switch
        {
            JsonTokenType.String => Text(),
            JsonTokenType.Null => null,
            _ => throw WrongScalar("String"),
        };
    }

    public bool? Boolean()
    {
        Advance();
        switch (_json.TokenType)
        {
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            case JsonTokenType.Null: return null;
            case JsonTokenType.String:
                return Text().ToUpperInvariant() switch
                {
                    "TRUE" or "1" or "YES" => true,
                    "FALSE" or "0" or "NO" => false,
                    _ => throw Errors.Serialization("Unexpected token received from parser"),
                };
            default: throw WrongScalar("Boolean");
        }
    }

    public int? Integer() => Whole("Integer") is { } value ? (int)Math.Clamp(value, int.MinValue, int.MaxValue) : null;

    public long? Long() => Whole("Long");

    public double? Double()
    {
        Advance();
        if (_json.TokenType == JsonTokenType.Null) return null;
        if (_json.TokenType != JsonTokenType.Number) throw WrongScalar("Double");
        return _json.TryGetDouble(out var number) ? number : throw Errors.Serialization();
    }

    /// <summary>A moment, as seconds with or without a fraction.</summary>
    public DateTimeOffset? Timestamp()
    {
        Advance();
        if (_json.TokenType == JsonTokenType.Null) return null;
        if (_json.TokenType != JsonTokenType.Number) throw WrongScalar("Date");
        if (!_json.TryGetDouble(out var seconds)) throw Errors.Serialization();
        return DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Clamp(Math.Round(seconds * 1000), FirstMoment, LastMoment));
    }

    /// <summary>Enters a structure; false where it is null.</summary>
    /// <param name="type">AWS's name of the shape.</param>
    /// <param name="isElement">Whether it is the element of a list or map, of which AWS speaks in other words.</param>
    public bool BeginStruct(string type, bool isElement = false)
    {
        Advance();
        return _json.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.Null => false,
            JsonTokenType.StartArray => throw Errors.Serialization($"Unrecognized collection type class {Namespace}{type}"),
            _ => throw Errors.Serialization(isElement ? "Unexpected value type in payload" : FieldType),
        };
    }

    /// <summary>Enters a map; false where it is null.</summary>
    /// <param name="valueType">AWS's name of the value's shape, or a Java class.</param>
    public bool BeginMap(string valueType, bool isElement = false)
    {
        Advance();
        return _json.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.Null => false,
            JsonTokenType.StartArray => throw Errors.Serialization($"Unrecognized collection type java.util.Map<java.lang.String, {(valueType.Contains('.') ? "" : Namespace)}{valueType}>"),
            _ => throw Errors.Serialization(isElement ? ParameterizedCast : FieldType),
        };
    }

    /// <summary>Enters a list; false where it is null.</summary>
    public bool BeginList(bool isElement = false)
    {
        Advance();
        return _json.TokenType switch
        {
            JsonTokenType.StartArray => true,
            JsonTokenType.Null => false,
            JsonTokenType.StartObject => throw Errors.Serialization(Structure),
            _ => throw Errors.Serialization(isElement ? ParameterizedCast : FieldType),
        };
    }

    /// <summary>A list of strings; null where it is absent.</summary>
    public List<string?>? Strings()
    {
        if (!BeginList()) return null;
        var list = new List<string?>();
        while (NextElement()) list.Add(String());
        return list;
    }

    /// <summary>A map of strings in the order of the request; null where it is absent.</summary>
    public Dictionary<string, string?>? StringMap()
    {
        if (!BeginMap("java.lang.String")) return null;
        var map = new Dictionary<string, string?>(StringComparer.Ordinal);
        while (NextMember())
        {
            var name = Name();
            map[name] = String();
        }
        return map;
    }

    /// <summary>A list of structures; null where it is absent, an element where it is.</summary>
    public List<T?>? Structs<T>(string type, StructDecoder<T> decode) where T : class
    {
        if (!BeginList()) return null;
        var list = new List<T?>();
        while (NextElement()) list.Add(BeginStruct(type, isElement: true) ? decode(ref this) : null);
        return list;
    }

    /// <summary>A structure; null where it is absent.</summary>
    public T? Struct<T>(string type, StructDecoder<T> decode) where T : class => BeginStruct(type) ? decode(ref this) : null;

    /// <summary>The length of the string that comes next with its escapes: room that suffices for it.</summary>
    public readonly int RawLength => _json.ValueSpan.Length;

    /// <summary>The string's UTF-8 where it has no escapes; otherwise <see cref="Copy"/> must unescape it.</summary>
    public readonly bool TryGetUtf8(out ReadOnlySpan<byte> utf8)
    {
        utf8 = _json.ValueIsEscaped ? default : _json.ValueSpan;
        return !_json.ValueIsEscaped && System.Text.Unicode.Utf8.IsValid(utf8);
    }

    /// <summary>Unescapes the present string or name.</summary>
    public readonly int Copy(scoped Span<byte> destination)
    {
        try
        {
            return _json.CopyString(destination);
        }
        catch (InvalidOperationException) // not UTF-8, or half of a surrogate pair
        {
            throw Errors.Serialization();
        }
    }

    /// <summary>Goes to a string; false where it is null.</summary>
    public bool BeginString()
    {
        Advance();
        if (_json.TokenType is JsonTokenType.String) return true;
        return _json.TokenType is JsonTokenType.Null ? false : throw WrongScalar("String");
    }

    /// <summary>Goes to a string that holds Base64; false where it is null.</summary>
    public bool BeginBlob()
    {
        Advance();
        return _json.TokenType switch
        {
            JsonTokenType.String => true,
            JsonTokenType.Null => false,
            JsonTokenType.StartArray => throw Errors.Serialization("Unrecognized collection type class java.nio.ByteBuffer"),
            JsonTokenType.StartObject => throw Errors.Serialization(Structure),
            _ => throw Errors.Serialization("only base-64-encoded strings are convertible to bytes"),
        };
    }

    private long? Whole(string type)
    {
        Advance();
        if (_json.TokenType == JsonTokenType.Null) return null;
        if (_json.TokenType != JsonTokenType.Number) throw WrongScalar(type);
        if (_json.TryGetInt64(out var whole)) return whole;
        return _json.TryGetDouble(out var number) ? (long)Math.Clamp(Math.Floor(number), long.MinValue, long.MaxValue) : throw Errors.Serialization();
    }

    private readonly string Text()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException) // not UTF-8, or half of a surrogate pair
        {
            throw Errors.Serialization();
        }
    }

    private void Advance()
    {
        if (!_atElement) _json.Read();
        _atElement = false;
    }

    private readonly AwsException WrongScalar(string type) => Errors.Serialization(_json.TokenType switch
    {
        JsonTokenType.True => $"TRUE_VALUE cannot be converted to {type}",
        JsonTokenType.False => $"FALSE_VALUE cannot be converted to {type}",
        JsonTokenType.Number when _json.ValueSpan.IndexOfAny(".eE"u8) >= 0 => $"DECIMAL_VALUE cannot be converted to {type}",
        JsonTokenType.Number => $"NUMBER_VALUE cannot be converted to {type}",
        JsonTokenType.String => $"STRING_VALUE cannot be converted to {type}",
        JsonTokenType.StartArray => $"Unrecognized collection type class java.lang.{type}",
        _ => Structure,
    });
}
