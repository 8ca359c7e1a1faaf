using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Imports;

/// <summary>Reads CSV: a record a line, fields in quotes where they hold delimiters, line ends or quotes, which are doubled. Key attributes are of their types, all others are strings.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.Format.html</remarks>
internal sealed class CsvItemReader : ItemReader
{
    /// <summary>More than the text of any item can have: each of its bytes as two quotes.</summary>
    private const int RecordBytes = 1024 * 1024;

    private static readonly SearchValues<byte> Quotes = SearchValues.Create("\""u8);

    private readonly Table _table;
    private readonly SearchValues<byte> _marks;
    private readonly byte _delimiter;
    private readonly Dictionary<string, AttributeType> _keyTypes;
    private readonly List<byte[]> _fields = [];
    private Column[]? _columns;
    private Position _at = Position.Start;
    private int _length;
    private bool _afterReturn;

    /// <param name="headers">The names of the columns; null where the first record has them.</param>
    public CsvItemReader(Table table, string? delimiter, IReadOnlyList<string>? headers)
    {
        _table = table;
        _delimiter = (byte)(delimiter?[0] ?? ',');
        _marks = SearchValues.Create([_delimiter, (byte)'"', (byte)'\r', (byte)'\n']);
        _keyTypes = table.AttributeDefinitions.ToDictionary(definition => definition.AttributeName!, definition => Enum.Parse<AttributeType>(definition.AttributeType!), StringComparer.Ordinal);
        if (headers is not null) _columns = Columns(headers);
    }

    private enum Position
    {
        /// <summary>A field begins.</summary>
        Start,
        Plain,
        Quoted,

        /// <summary>After a quote within quotes: their end, or the first of two.</summary>
        Quote,

        /// <summary>The record is malformed: its line is passed over.</summary>
        Bad,
    }

    private readonly record struct Column(byte[] Name, AttributeType Type);

    public override void End(List<Item> items)
    {
        if (_at == Position.Quoted) _at = Position.Bad;
        if (_at != Position.Start || _fields.Count > 0) EndRecord(items);
    }

    protected override int Next(ReadOnlySpan<byte> piece, List<Item> items)
    {
        var length = _at switch
        {
            Position.Plain => Keep(piece, _marks),
            Position.Quoted => Keep(piece, Quotes),
            _ => 0,
        };
        if (length < piece.Length) Mark(piece[length++], items);
        _length += length;
        if (_length > RecordBytes) Break(items);
        return length;
    }

    private void Mark(byte next, List<Item> items)
    {
        var isSecond = _afterReturn && next == (byte)'\n' && _at == Position.Start && _fields.Count == 0;
        _afterReturn = next == (byte)'\r' && _at != Position.Quoted;
        if (isSecond) return;
        if (next is (byte)'\r' or (byte)'\n' && _at != Position.Quoted) EndRecord(items);
        else _at = Within(next);
    }

    private Position Within(byte next)
    {
        const byte Quote = (byte)'"';
        if (_at == Position.Bad) return Position.Bad;
        if (_at == Position.Quoted && next == Quote) return Position.Quote;
        if (_at == Position.Start && next == Quote) return Position.Quoted;
        if (_at != Position.Quoted && next == _delimiter)
        {
            EndField();
            return Position.Start;
        }
        if (_at == Position.Quote ? next != Quote : _at == Position.Plain && next == Quote) return Position.Bad;
        Begun.Write([next]);
        return _at is Position.Start or Position.Plain ? Position.Plain : Position.Quoted;
    }

    private void EndField()
    {
        _fields.Add(Begun.WrittenSpan.ToArray());
        Begun.ResetWrittenCount();
    }

    private void EndRecord(List<Item> items)
    {
        var isEmpty = _at == Position.Start && _fields.Count == 0;
        if (!isEmpty)
        {
            EndField();
            if (_columns is null) ReadHeader(items);
            else items.Add(_at == Position.Bad ? default : ItemOf(_fields));
        }
        _fields.Clear();
        (_at, _length) = (Position.Start, 0);
    }

    private void ReadHeader(List<Item> items)
    {
        if (_at != Position.Bad && _fields.TrueForAll(field => Utf8.IsValid(field))) _columns = Columns(_fields.ConvertAll(Encoding.UTF8.GetString));
        if (_columns is null) Break(items);
    }

    /// <summary>null where these cannot be the names of attributes.</summary>
    private Column[]? Columns(IReadOnlyList<string> names)
    {
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Count || names.Any(name => Names.Problem(name) is not null)) return null;
        return [.. names.Select(name => new Column(Encoding.UTF8.GetBytes(name), _keyTypes.GetValueOrDefault(name, AttributeType.S)))];
    }

    private Item ItemOf(List<byte[]> fields)
    {
        if (fields.Count != _columns!.Length) return default;
        using var writer = new ValueWriter(256);
        Span<int> starts = fields.Count <= 64 ? stackalloc int[fields.Count] : new int[fields.Count];
        for (var i = 0; i < fields.Count; i++)
        {
            starts[i] = writer.Length;
            writer.LengthPrefixed(_columns[i].Name);
            if (!TryWrite(writer, _columns[i].Type, fields[i])) return default;
        }
        writer.SortEntries(starts);
        return ImportedItem.Of(_table, writer.ToArray());
    }

    private static bool TryWrite(ValueWriter writer, AttributeType type, byte[] field)
    {
        switch (type)
        {
            case AttributeType.N:
                Span<byte> number = stackalloc byte[NumberEncoding.MaxLength];
                if (NumberEncoding.TryEncode(field, number, out var length) != NumberProblem.None) return false;
                writer.Scalar(AttributeType.N, number[..length]);
                return true;
            case AttributeType.B:
                if (Base64.DecodeFromUtf8InPlace(field, out var decoded) != OperationStatus.Done) return false;
                writer.Scalar(AttributeType.B, field.AsSpan(0, decoded));
                return true;
            default:
                if (!Utf8.IsValid(field)) return false;
                writer.Scalar(AttributeType.S, field);
                return true;
        }
    }
}
