using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Items;

/// <summary>An item as it is stored: a version, its size as AWS counts it, its attributes.</summary>
internal readonly struct Item
{
    private const byte Version = 1;

    private readonly int _start;

    private Item(ReadOnlyMemory<byte> record, int size, int start) => (Record, Size, _start) = (record, size, start);

    /// <summary>The bytes in the store; none where there is no item.</summary>
    public ReadOnlyMemory<byte> Record { get; }

    public int Size { get; }

    public bool IsAbsent => Record.IsEmpty;

    public AttributeMap Attributes => new(Record[_start..]);

    public static Item Read(ReadOnlyMemory<byte> record)
    {
        if (record.Span[0] != Version) throw new InvalidDataException($"An item of format {record.Span[0]} was written by a newer version.");
        var size = ValueLayout.ReadLength(record.Span[1..], out var taken);
        return new(record, size, 1 + taken);
    }

    public static Item Of(ReadOnlySpan<byte> entries)
    {
        Span<byte> prefix = stackalloc byte[6];
        prefix[0] = Version;
        var size = ItemSize.OfEntries(entries);
        var length = 1 + ValueLayout.WriteLength(size, prefix[1..]);
        var record = new byte[length + entries.Length];
        prefix[..length].CopyTo(record);
        entries.CopyTo(record.AsSpan(length));
        return new(record, size, length);
    }
}
