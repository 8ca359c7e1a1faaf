using System.Buffers;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Imports;

/// <summary>Reads DynamoDB JSON: documents with the member Item, one behind the other, on lines of their own or not.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.Format.html; that a line may hold several is observed by test_dynamodb_import_table.py of getmoto/moto, verified against AWS.</remarks>
internal sealed class JsonItemReader(Table table) : ItemReader
{
    /// <summary>More than the text of any item can have: each of its bytes as \u00XX.</summary>
    private const int DocumentBytes = 4 * 1024 * 1024;

    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> StringMarks = SearchValues.Create("\"\\"u8);

    private int _depth;
    private bool _inString;
    private bool _isEscaped;
    private bool _skipsLine;

    public override void End(List<Item> items)
    {
        if (_depth > 0) items.Add(default);
    }

    protected override int Next(ReadOnlySpan<byte> piece, List<Item> items)
    {
        if (_depth == 0)
        {
            Between(piece[0], items);
            return 1;
        }
        var length = _isEscaped ? 0 : Keep(piece, _inString ? StringMarks : Marks);
        if (length < piece.Length)
        {
            Begun.Write(piece.Slice(length, 1));
            Mark(piece[length++], items);
        }
        if (Begun.WrittenCount > DocumentBytes) Break(items);
        return length;
    }

    /// <summary>Between documents: whitespace, or what is none, of which the rest of the line is one error.</summary>
    private void Between(byte next, List<Item> items)
    {
        if (next == (byte)'\n') _skipsLine = false;
        if (_skipsLine || next is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') return;
        if (next == (byte)'{')
        {
            _depth = 1;
            Begun.Write([next]);
            return;
        }
        _skipsLine = true;
        items.Add(default);
    }

    private void Mark(byte mark, List<Item> items)
    {
        if (_isEscaped) _isEscaped = false;
        else if (mark == (byte)'\\') _isEscaped = true;
        else if (mark == (byte)'"') _inString = !_inString;
        else _depth += mark is (byte)'{' or (byte)'[' ? 1 : -1;
        if (_depth > 0) return;
        items.Add(Parse());
        Begun.ResetWrittenCount();
    }

    private Item Parse()
    {
        try
        {
            var attributes = InputReader.Decode(Begun.WrittenSpan, DecodeDocument);
            return attributes is { Problem: null } ? ImportedItem.Of(table, attributes.Map.Entries.Span) : default;
        }
        catch (AwsException)
        {
            return default;
        }
    }

    private static AttributeInput? DecodeDocument(ref InputReader json)
    {
        AttributeInput? item = null;
        while (json.NextMember())
        {
            if (json.Is("Item"u8)) item = AttributeInput.Decode(ref json);
            else json.Skip();
        }
        return item;
    }
}
