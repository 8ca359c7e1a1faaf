using System.Buffers.Binary;
using System.Globalization;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Storage;

namespace Emulator.DynamoDb.TimeToLive;

/// <summary>The items of a table in the order in which they expire, kept with each change of an item.</summary>
/// <remarks>
/// An entry's key: the table's prefix, eight bytes of epoch seconds, the rest of the item's key; it has no value. Another space holds the names of the tables that have entries.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html: the attribute is a number of epoch seconds, and no more than five years in the past.
/// </remarks>
internal static class ExpiryEntries
{
    public static readonly Space Entries = new("dynamodb.expiry");
    private static readonly Space Tables = new("dynamodb.expiry-tables");

    /// <summary>Keeps the entry of an item with a change of it.</summary>
    public static void Follow(IWriteTransaction transaction, Table table, ReadOnlySpan<byte> key, Item before, Item after)
    {
        if (table.TimeToLive is not { AttributeName: { } attribute }) return;
        var name = new AttributeName(attribute);
        var (was, becomes) = (Due(before, name), Due(after, name));
        if (was == becomes) return;
        if (was is { } old) transaction.Delete(Entries, EntryKey(table, old, key));
        if (becomes is { } due) transaction.Put(Entries, EntryKey(table, due, key), default);
    }

    /// <summary>Makes the entry of an item that was there before the setting.</summary>
    public static void Add(IWriteTransaction transaction, Table table, ReadOnlySpan<byte> key, Item item) => Follow(transaction, table, key, default, item);

    /// <summary>Notes that a table has entries from now on.</summary>
    public static void Begin(IWriteTransaction transaction, Table table) =>
        transaction.Put(Tables, table.Space.Whole, TableSpace.TableKey(table.Account, table.Region, table.Name));

    /// <summary>Removes all entries of a table.</summary>
    public static void Forget(IWriteTransaction transaction, Table table)
    {
        if (!transaction.Delete(Tables, table.Space.Whole)) return;
        transaction.DeleteRange(Entries, KeyRange.Prefix(table.Space.Whole));
    }

    /// <summary>The tables that have entries.</summary>
    public static IEnumerable<Table> TablesOf(IReader reader)
    {
        foreach (var row in reader.Range(Tables, KeyRange.All))
        {
            if (TableStore.OfKey(reader, row.Value.Span) is { TimeToLive.AttributeName: not null } table) yield return table;
        }
    }

    /// <summary>The second after which the next item of a table expires.</summary>
    public static long? Next(IReader reader, Table table, DateTimeOffset now)
    {
        foreach (var entry in reader.Range(Entries, Expiring(table, now, null))) return Seconds(table, entry.Key.Span);
        return null;
    }

    /// <summary>The keys of some items of a table that have expired.</summary>
    public static List<byte[]> Expired(IReader reader, Table table, DateTimeOffset now, int most) =>
        [.. reader.Range(Entries, Expiring(table, now, now)).Take(most).Select(entry => ItemKeyOf(table, entry.Key.Span))];

    /// <summary>The second at which an item expires; null where it does not.</summary>
    public static long? Due(Item item, AttributeName attribute)
    {
        if (item.IsAbsent || item.Attributes.Get(attribute) is not { IsAbsent: false, Type: AttributeType.N } value) return null;
        return decimal.TryParse(NumberEncoding.Format(value.Content.Span), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < long.MaxValue ? (long)seconds : null;
    }

    /// <param name="until">Those that have expired at that time; null for those of all times to come too.</param>
    private static KeyRange Expiring(Table table, DateTimeOffset now, DateTimeOffset? until)
    {
        var oldest = Math.Max(0, now.AddYears(-DynamoDbLimits.ExpiryYears).ToUnixTimeSeconds());
        var whole = KeyRange.Prefix(table.Space.Whole);
        return new(EntryKey(table, oldest, table.Space.Whole), until is { } end ? EntryKey(table, end.ToUnixTimeSeconds(), table.Space.Whole) : whole.To);
    }

    private static byte[] EntryKey(Table table, long due, ReadOnlySpan<byte> itemKey)
    {
        var whole = table.Space.Whole;
        var key = new byte[itemKey.Length + sizeof(long)];
        whole.CopyTo(key, 0);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(whole.Length), due);
        itemKey[whole.Length..].CopyTo(key.AsSpan(whole.Length + sizeof(long)));
        return key;
    }

    private static long Seconds(Table table, ReadOnlySpan<byte> entryKey) => BinaryPrimitives.ReadInt64BigEndian(entryKey[table.Space.Whole.Length..]);

    private static byte[] ItemKeyOf(Table table, ReadOnlySpan<byte> entryKey) => [.. table.Space.Whole, .. entryKey[(table.Space.Whole.Length + sizeof(long))..]];
}
