using System.Buffers.Binary;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.Storage;

namespace Emulator.DynamoDb.Backups;

/// <summary>What the items of a table were, as long as it has point-in-time recovery: with each change of an item, the item before it.</summary>
/// <remarks>
/// Two entries a change, both beginning with the table's prefix: by item (key of the item, time, number) with the item that was there, or nothing, as value; and by time (time, number, key of the item), by
/// which the oldest are found. Entries of one item lie in the order of time and items in the order of the items themselves, so that a past moment is read in one pass over both, whatever the size of the table.
/// The number tells changes of the same instant apart. Each change removes a few entries older than the recovery period: more than it adds, so that the history does not outgrow the period.
/// </remarks>
internal static class ItemHistory
{
    private static readonly Space Space = new("dynamodb.history");

    private const byte ByItem = 0;
    private const byte ByTime = 1;
    private const int StampLength = sizeof(long) + sizeof(int);
    private const int TrimmedAtOnce = 4;

    /// <summary>Keeps what an item was before a change.</summary>
    public static void Follow(IWriteTransaction transaction, Table table, ReadOnlySpan<byte> key, Item before, in ItemChange change)
    {
        if (table.HistoryDays is not { } days) return;
        Trim(transaction, table, change.At.AddDays(-days));
        var stamp = NextStamp(transaction, table, change.At);
        var item = key[table.Space.ItemPrefix.Length..];
        transaction.Put(Space, (byte[])[.. Prefix(table, ByItem), .. item, .. stamp], before.Record);
        transaction.Put(Space, (byte[])[.. Prefix(table, ByTime), .. stamp, .. item], default);
    }

    public static void Forget(IWriteTransaction transaction, Table table) => transaction.DeleteRange(Space, KeyRange.Prefix(table.Space.Whole));

    /// <summary>The items as they were at a moment: every change up to it, that moment included, and none after it.</summary>
    public static IEnumerable<StoredItem> At(IReader reader, Table table, DateTimeOffset moment) =>
        Between(reader, table, moment, moment).Where(item => !item.Later.IsEmpty).Select(item => new StoredItem(item.Key, item.Later));

    /// <summary>All items that are or were there, each as it was at two moments, in the order of their keys.</summary>
    public static IEnumerable<ItemPast> Between(IReader reader, Table table, DateTimeOffset earlier, DateTimeOffset later)
    {
        using var items = StoredItem.All(reader, table).GetEnumerator();
        var prefix = Prefix(table, ByItem);
        using var changes = reader.Range(Space, KeyRange.Prefix(prefix)).Select(entry => new PastChange(entry, prefix.Length)).GetEnumerator();
        var (hasItem, hasChange) = (items.MoveNext(), changes.MoveNext());
        while (hasItem || hasChange)
        {
            var order = !hasChange ? -1 : !hasItem ? 1 : items.Current.Key.Span.SequenceCompareTo(changes.Current.Item.Span);
            var past = new ItemPast(order <= 0 ? items.Current.Key : changes.Current.Item);
            while (hasChange && order >= 0 && changes.Current.Item.Span.SequenceEqual(past.Key.Span))
            {
                past = past.WithChange(changes.Current, earlier, later);
                hasChange = changes.MoveNext();
            }
            yield return past.Until(order <= 0 ? items.Current.Record : default);
            if (order <= 0) hasItem = items.MoveNext();
        }
    }

    private static void Trim(IWriteTransaction transaction, Table table, DateTimeOffset limit)
    {
        var prefix = Prefix(table, ByTime);
        var old = transaction.Range(Space, new(prefix, (byte[])[.. prefix, .. Stamp(limit.UtcTicks, 0)])).Take(TrimmedAtOnce).ToList();
        foreach (var entry in old)
        {
            var (stamp, item) = (entry.Key.Slice(prefix.Length, StampLength), entry.Key[(prefix.Length + StampLength)..]);
            transaction.Delete(Space, (byte[])[.. Prefix(table, ByItem), .. item.Span, .. stamp.Span]);
            transaction.Delete(Space, entry.Key.Span);
        }
    }

    /// <summary>Later than that of every change before, also where requests come to their turn in another order than that of their times.</summary>
    private static byte[] NextStamp(IWriteTransaction transaction, Table table, DateTimeOffset at)
    {
        var prefix = Prefix(table, ByTime);
        var last = transaction.Range(Space, KeyRange.Prefix(prefix), descending: true).FirstOrDefault().Key;
        if (last.IsEmpty) return Stamp(at.UtcTicks, 0);
        var ticks = BinaryPrimitives.ReadInt64BigEndian(last.Span[prefix.Length..]);
        var number = BinaryPrimitives.ReadUInt32BigEndian(last.Span[(prefix.Length + sizeof(long))..]);
        return at.UtcTicks > ticks ? Stamp(at.UtcTicks, 0) : Stamp(ticks, number + 1);
    }

    private static byte[] Stamp(long ticks, uint number)
    {
        var stamp = new byte[StampLength];
        BinaryPrimitives.WriteInt64BigEndian(stamp, ticks);
        BinaryPrimitives.WriteUInt32BigEndian(stamp.AsSpan(sizeof(long)), number);
        return stamp;
    }

    private static byte[] Prefix(Table table, byte kind) => [.. table.Space.Whole, kind];

    /// <summary>One entry by item: which item, when it was changed, and what it was before.</summary>
    public readonly record struct PastChange(ReadOnlyMemory<byte> Item, DateTimeOffset At, ReadOnlyMemory<byte> Before)
    {
        public PastChange(Entry entry, int prefixLength) : this(
            entry.Key[prefixLength..^StampLength],
            new(BinaryPrimitives.ReadInt64BigEndian(entry.Key.Span[^StampLength..]), TimeSpan.Zero),
            entry.Value)
        { }
    }
}

/// <summary>An item at two moments.</summary>
/// <param name="Key">The key of the item, without the prefix of its table.</param>
internal readonly record struct ItemPast(ReadOnlyMemory<byte> Key)
{
    private bool KnowsEarlier { get; init; }

    private bool KnowsLater { get; init; }

    /// <summary>Its record at the earlier moment; empty where it was not there.</summary>
    public ReadOnlyMemory<byte> Earlier { get; private init; }

    /// <summary>Its record at the later moment; empty where it was not there.</summary>
    public ReadOnlyMemory<byte> Later { get; private init; }

    /// <summary>When it was changed last after the earlier moment and not after the later one; null where it was not.</summary>
    public DateTimeOffset? Changed { get; private init; }

    /// <summary>Adds the next of its changes: what was before the first one after a moment was there at that moment.</summary>
    public ItemPast WithChange(ItemHistory.PastChange change, DateTimeOffset earlier, DateTimeOffset later) => this with
    {
        Earlier = !KnowsEarlier && change.At > earlier ? change.Before : Earlier,
        KnowsEarlier = KnowsEarlier || change.At > earlier,
        Later = !KnowsLater && change.At > later ? change.Before : Later,
        KnowsLater = KnowsLater || change.At > later,
        Changed = change.At > earlier && change.At <= later ? change.At : Changed,
    };

    /// <summary>Ends with what is there now.</summary>
    public ItemPast Until(ReadOnlyMemory<byte> present) => this with { Earlier = KnowsEarlier ? Earlier : present, Later = KnowsLater ? Later : present };
}
