using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Items;

/// <summary>All items with one partition key, with their entries in local indexes, as ReturnItemCollectionMetrics asks for their size.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html#LSI.ItemCollections.SizeLimit</remarks>
internal sealed record ItemCollection(AttributeMap Key, int Gigabytes)
{
    private const long Gigabyte = 1024 * 1024 * 1024;

    /// <summary>The collection of an item before it is written; null where it is not asked for, or where the table has no local index.</summary>
    public static ItemCollection? Of(DynamoDbService service, string? asked, Table table, AttributeMap item)
    {
        if (asked != "SIZE" || !table.HasLocalIndexes) return null;
        var partition = item.Get(table.Keys.Partition.Name);
        using var writer = new ValueWriter(64);
        writer.LengthPrefixed(table.Keys.Partition.Name.Utf8);
        writer.Value(partition);
        using var snapshot = service.Store.Snapshot();
        return new(new(writer.ToArray()), (int)(CollectionSize.Read(snapshot, table, partition) / Gigabyte));
    }

    public void Write(JsonOutput json)
    {
        json.BeginObject();
        json.Member("ItemCollectionKey"u8);
        json.Map(Key);
        json.Member("SizeEstimateRangeGB"u8);
        json.BeginArray();
        json.Number((double)Gigabytes);
        json.Number(Gigabytes + 1.0);
        json.EndArray();
        json.EndObject();
    }

    /// <summary>The collections of several tables, each once, where there are any.</summary>
    public static void WriteMember(JsonOutput json, IEnumerable<(string Table, ItemCollection? Collection)> collections)
    {
        var tables = collections.Where(one => one.Collection is not null).GroupBy(one => one.Table, one => one.Collection!).ToList();
        if (tables.Count == 0) return;
        json.Member("ItemCollectionMetrics"u8);
        json.BeginObject();
        foreach (var table in tables)
        {
            json.MemberText(table.Key);
            json.BeginArray();
            foreach (var collection in table.DistinctBy(one => Convert.ToBase64String(one.Key.Entries.Span))) collection.Write(json);
            json.EndArray();
        }
        json.EndObject();
    }
}
