using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Throughput;
using Emulator.DynamoDb.Values;
using Emulator.Storage;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>A page of what a SELECT answers: until the limit, the end, or a megabyte read.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.select.html</remarks>
internal sealed class SelectPage(TableThroughput throughput, SelectPlan plan, SelectStatement statement, int? limit, bool consistent)
{
    private int _read;
    private int _returned;
    private long _bytes;

    private readonly bool _fetches = IndexSelectRules.Fetches(plan.Source, statement);
    private double _fetchedUnits;

    /// <summary>What the page has cost.</summary>
    public ConsumedUnits Units { get; private set; }

    /// <summary>Where the next page begins; null after the last.</summary>
    public byte[]? LastKey { get; private set; }

    /// <summary>The key attributes of the item after which the next page begins.</summary>
    public AttributeMap LastEvaluatedKey { get; private set; }

    /// <param name="after">The key after which the page begins; null for the first page.</param>
    public void WriteItems(JsonOutput json, IReader reader, byte[]? after)
    {
        json.BeginArray();
        var start = Start(after);
        if (start < plan.Ranges.Count) throughput.AdmitRead(plan.Source.Table, plan.Source.Index?.Index, PartitionOf(plan.Ranges[start]));
        for (var i = start; i < plan.Ranges.Count && LastKey is null; i++)
        {
            var range = plan.Ranges[i];
            if (after is not null && Contains(range, after)) range = QueryRange.After(range, after, plan.Descending);
            WriteRange(json, reader, range, isLast: i == plan.Ranges.Count - 1);
        }
        json.EndArray();
        if (plan.Ranges.Count == 0) Units = plan.Source.Consumed(Capacity.Read(0, consistent), 0);
    }

    /// <summary>With which the keys of one partition begin; nothing where the whole table or index is read.</summary>
    private ReadOnlySpan<byte> PartitionOf(KeyRange range) => plan.Reads is null ? default : range.From.Span;

    private int Start(byte[]? after)
    {
        if (after is null) return 0;
        var at = plan.Ranges.FindIndex(range => Contains(range, after));
        return at < 0 ? throw PartiQlErrors.NextTokenMismatch() : at;
    }

    private static bool Contains(KeyRange range, ReadOnlySpan<byte> key) => key.SequenceCompareTo(range.From.Span) >= 0 && !(range.To is { } to && key.SequenceCompareTo(to.Span) >= 0);

    private void WriteRange(JsonOutput json, IReader reader, KeyRange range, bool isLast)
    {
        var scanned = plan.Reads is null ? new ScanCapacity(plan.Source.Table, range) : null;
        var bytes = 0L;
        _fetchedUnits = 0;
        foreach (var entry in reader.Range(TableSpace.Items, range, plan.Descending))
        {
            var item = Item.Read(entry.Value);
            _read++;
            _bytes += item.Size;
            bytes += item.Size;
            scanned?.Add(entry.Key.Span, item.Size);
            // What the index does not hold is not there for its filters, and is fetched all the same: before the entry is let go.
            var whole = _fetches ? Fetch(reader, item) : item;
            if (statement.Where is null || statement.Where.Holds(item.Attributes)) Write(json, whole.Attributes);
            if (!IsFull || (isLast && plan.EndsWithItem)) continue;
            LastKey = entry.Key.ToArray();
            LastEvaluatedKey = KeyOf(item.Attributes);
            break;
        }
        var units = plan.Source.Consumed(scanned?.Units(consistent, complete: LastKey is null) ?? Capacity.Read(bytes, consistent), _fetchedUnits);
        throughput.SpendRead(plan.Source.Table, units, PartitionOf(range));
        Units += units;
    }

    /// <summary>The whole item of an entry of a local index, which costs by itself.</summary>
    /// <remarks>Observed: tests/partiql_index_qualifier.rs of nubo-db/dynoxide, measured in eu-west-2 in August 2026.</remarks>
    private Item Fetch(IReader reader, Item entry)
    {
        var item = TableItems.Get(reader, ItemKey.Of(plan.Source.Table, entry.Attributes));
        _fetchedUnits += Capacity.Read(item.Size, consistent);
        _bytes += item.Size;
        return item;
    }

    private bool IsFull => _read == limit || _bytes > DynamoDbLimits.PageBytes || (plan.Ranges.Count > 1 && _returned >= DynamoDbLimits.DecomposedPageItems);

    private void Write(JsonOutput json, AttributeMap item)
    {
        _returned++;
        statement.Write(json, item);
    }

    private AttributeMap KeyOf(AttributeMap item) => new Projection(plan.Source.StartKeyNames.Select(name => DocumentPath.Of(name.Text))).Apply(item);
}
