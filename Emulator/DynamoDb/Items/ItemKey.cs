using System.Buffers.Binary;
using System.Security.Cryptography;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Items;

/// <summary>The keys of items in the store: eight bytes of hash of the partition key, the partition key, the sort key. An entry of an index has the hash and the attributes of the index key, then the key of its item.</summary>
/// <remarks>
/// Each part is escaped (0x00 becomes 0x00 0xFF) and ends with 0x00 0x00, so that no part is the beginning of another and the order of the bytes is the order of the values: a Query is one range, and
/// a segment of a Scan is a range of hashes. The hash is the one by which DynamoDB itself orders partitions in a Scan: MD5 of "Outliers" and the key.
/// Entries with the same index key are ordered by the hash of their item's key, which AWS's documentation leaves open.
/// Source of the hashes: db/index.js of architect/dynalite, whose tests compare the order of scans and of queries on indexes with AWS.
/// </remarks>
internal static class ItemKey
{
    public const int HashLength = 8;

    private static ReadOnlySpan<byte> HashSalt => "Outliers"u8;

    /// <summary>The key of an item or of the key attributes themselves, which must be of the right types.</summary>
    public static byte[] Of(Table table, AttributeMap attributes)
    {
        using var writer = new ValueWriter(128);
        WritePartition(writer, table, attributes.Get(table.Keys.Partition.Name));
        if (table.Keys.Sort is { } sort) WritePart(writer, attributes.Get(sort.Name).Content.Span);
        return writer.ToArray();
    }

    /// <summary>The key of the entry that an index has of an item, or of the key attributes of both.</summary>
    public static byte[] OfEntry(Table table, IndexSpace index, AttributeMap attributes)
    {
        using var writer = new ValueWriter(192);
        using var hashed = new ValueWriter(64);
        foreach (var attribute in index.Keys.Hash) hashed.Raw(attributes.Get(attribute.Name).Content.Span);
        writer.Raw(index.Prefix);
        WriteHash(writer, hashed.Written);
        foreach (var attribute in index.Keys.Hash) WritePart(writer, attributes.Get(attribute.Name).Content.Span);
        foreach (var attribute in index.Keys.Range) WritePart(writer, attributes.Get(attribute.Name).Content.Span);

        var partition = attributes.Get(table.Keys.Partition.Name).Content.Span;
        var sort = table.Keys.Sort is { } name ? attributes.Get(name.Name).Content.Span : default;
        hashed.Truncate(0);
        hashed.Raw(partition);
        hashed.Raw(sort);
        WriteHash(writer, hashed.Written);
        WritePart(writer, partition);
        if (table.Keys.Sort is not null) WritePart(writer, sort);
        return writer.ToArray();
    }

    /// <summary>What the keys of all entries of a partition of an index begin with.</summary>
    public static byte[] PartitionPrefix(IndexSpace index, ReadOnlySpan<AttributeValue> partition)
    {
        using var writer = new ValueWriter(128);
        using var hashed = new ValueWriter(64);
        foreach (var value in partition) hashed.Raw(value.Content.Span);
        writer.Raw(index.Prefix);
        WriteHash(writer, hashed.Written);
        foreach (var value in partition) WritePart(writer, value.Content.Span);
        return writer.ToArray();
    }

    /// <summary>What the keys of all items of a partition begin with.</summary>
    public static byte[] PartitionPrefix(Table table, AttributeValue partition)
    {
        using var writer = new ValueWriter(128);
        WritePartition(writer, table, partition);
        return writer.ToArray();
    }

    /// <summary>The part of a key for a value, with its end or, for a prefix, without.</summary>
    public static byte[] Part(AttributeValue value, bool open = false)
    {
        using var writer = new ValueWriter(128);
        WritePart(writer, value.Content.Span);
        if (open) writer.Truncate(writer.Length - 2);
        return writer.ToArray();
    }

    /// <summary>The first keys of a segment of a parallel scan: AWS divides the hashes by their first twelve bits.</summary>
    /// <param name="prefix">Of the items of a table, or the entries of an index.</param>
    public static byte[] SegmentStart(ReadOnlySpan<byte> prefix, int segment, int totalSegments)
    {
        const int slots = 4096;
        var slot = (int)(((long)slots * segment + totalSegments - 1) / totalSegments);
        if (slot == slots) return Storage.KeyRange.Successor(prefix)!.Value.ToArray();
        var key = new byte[prefix.Length + 2];
        prefix.CopyTo(key);
        BinaryPrimitives.WriteUInt16BigEndian(key.AsSpan(prefix.Length), (ushort)(slot << 4));
        return key;
    }

    private static void WritePartition(ValueWriter writer, Table table, AttributeValue partition)
    {
        writer.Raw(table.Space.ItemPrefix);
        var content = partition.Content.Span;
        WriteHash(writer, content);
        WritePart(writer, content);
    }

    private static void WriteHash(ValueWriter writer, ReadOnlySpan<byte> content)
    {
        Span<byte> salted = content.Length <= 248 ? stackalloc byte[HashSalt.Length + content.Length] : new byte[HashSalt.Length + content.Length];
        HashSalt.CopyTo(salted);
        content.CopyTo(salted[HashSalt.Length..]);
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(salted, hash);
        writer.Raw(hash[..HashLength]);
    }

    private static void WritePart(ValueWriter writer, ReadOnlySpan<byte> content)
    {
        for (int zero; (zero = content.IndexOf((byte)0)) >= 0; content = content[(zero + 1)..])
        {
            writer.Raw(content[..(zero + 1)]);
            writer.Byte(0xFF);
        }
        writer.Raw(content);
        writer.Raw([0, 0]);
    }
}
