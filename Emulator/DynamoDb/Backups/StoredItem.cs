using Emulator.DynamoDb.Tables;
using Emulator.Storage;

namespace Emulator.DynamoDb.Backups;

/// <summary>An item as the store has it.</summary>
/// <param name="Key">Its key without the prefix of its table: the same in each table of the same key schema.</param>
internal readonly record struct StoredItem(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Record)
{
    private const int BatchItems = 500;
    private const int BatchBytes = 1024 * 1024;

    public static IEnumerable<StoredItem> All(IReader reader, Table table)
    {
        var prefix = table.Space.ItemPrefix.ToArray();
        return reader.Range(TableSpace.Items, KeyRange.Prefix(prefix)).Select(entry => new StoredItem(entry.Key[prefix.Length..], entry.Value));
    }

    /// <summary>Its key in a table.</summary>
    public byte[] KeyIn(Table table) => [.. table.Space.ItemPrefix, .. Key.Span];

    /// <summary>As many at once as one transaction shall write.</summary>
    public static IEnumerable<List<StoredItem>> Batches(IEnumerable<StoredItem> items)
    {
        var batch = new List<StoredItem>();
        var bytes = 0;
        foreach (var item in items)
        {
            batch.Add(item);
            bytes += item.Record.Length;
            if (batch.Count < BatchItems && bytes < BatchBytes) continue;
            yield return batch;
            (batch, bytes) = ([], 0);
        }
        if (batch.Count > 0) yield return batch;
    }
}
