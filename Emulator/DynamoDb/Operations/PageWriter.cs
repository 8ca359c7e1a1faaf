using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Throughput;
using Emulator.DynamoDb.Values;
using Emulator.Storage;

namespace Emulator.DynamoDb.Operations;

/// <summary>Reads a range of items into a page of Query or Scan: until the limit, the end, or a megabyte read.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html</remarks>
internal sealed class PageWriter(TableThroughput throughput, ReadSource source, ReadInput input, Condition? filter, Projection? projection)
{
    /// <summary>Counts what a Scan costs; null for a Query, which reads one partition.</summary>
    public ScanCapacity? Partitions { get; init; }

    private readonly bool _fetches = IndexReadRules.Fetches(source, input, projection);
    private int _count;
    private int _scanned;
    private long _bytes;
    private long _fetchedBytes;

    public byte[] Write(IReader reader, KeyRange range, bool descending = false)
    {
        var partition = Partitions is null ? range.From.Span : default;
        throughput.AdmitRead(source.Table, source.Index?.Index, partition);
        using var json = new JsonOutput(16 * 1024);
        json.BeginObject();
        var last = WriteItems(json, reader, range, descending);
        json.Member("Count"u8);
        json.Number(_count);
        json.Member("ScannedCount"u8);
        json.Number(_scanned);
        if (!last.IsAbsent)
        {
            json.Member("LastEvaluatedKey"u8);
            json.Map(KeyOf(last.Attributes));
        }
        if (Capacity.IsAsked(input.ReturnConsumedCapacity) || throughput.IsWatching)
        {
            var consumed = Consumed(complete: last.IsAbsent);
            throughput.SpendRead(source.Table, consumed, partition);
            Capacity.WriteMember(json, input.ReturnConsumedCapacity, input.TableName!, source.Table, consumed);
        }
        json.EndObject();
        return json.ToArray();
    }

    private ConsumedUnits Consumed(bool complete)
    {
        var consistent = input.ConsistentRead == true;
        // Observed: "should return all attributes when specified for secondary indexes" in test/query.js of architect/dynalite: what is fetched from the table counts as one.
        return source.Consumed(Partitions?.Units(consistent, complete) ?? Capacity.Read(_bytes, consistent), _fetchedBytes == 0 ? 0 : Capacity.Read(_fetchedBytes, consistent));
    }

    /// <summary>Writes what is selected; returns the last item read where the page ended before the range.</summary>
    private Item WriteItems(JsonOutput json, IReader reader, KeyRange range, bool descending)
    {
        var counts = input.Select == "COUNT";
        if (!counts)
        {
            json.Member("Items"u8);
            json.BeginArray();
        }
        var last = default(Item);
        foreach (var entry in reader.Range(TableSpace.Items, range, descending))
        {
            var item = Item.Read(entry.Value);
            _scanned++;
            _bytes += item.Size;
            Partitions?.Add(entry.Key.Span, item.Size);
            if (_fetches) item = Fetch(reader, item);
            if (filter is null || filter.Holds(item.Attributes))
            {
                _count++;
                if (!counts) json.Map(projection?.Apply(item.Attributes) ?? item.Attributes);
            }
            if (_scanned != input.Limit && _bytes + _fetchedBytes <= DynamoDbLimits.PageBytes) continue;
            last = item;
            break;
        }
        if (!counts) json.EndArray();
        return last;
    }

    /// <summary>The whole item of an entry of a local index.</summary>
    private Item Fetch(IReader reader, Item entry)
    {
        var item = TableItems.Get(reader, ItemKey.Of(source.Table, entry.Attributes));
        _fetchedBytes += item.Size;
        return item;
    }

    private AttributeMap KeyOf(AttributeMap item) => new Projection(source.StartKeyNames.Select(name => DocumentPath.Of(name.Text))).Apply(item);
}
