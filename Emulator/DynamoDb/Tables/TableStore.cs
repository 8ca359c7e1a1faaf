using System.Collections.Concurrent;
using System.Text;
using Emulator.DynamoDb.Backups;
using Emulator.DynamoDb.GlobalTables;
using Emulator.DynamoDb.ResourcePolicies;
using Emulator.DynamoDb.Statuses;
using Emulator.DynamoDb.TimeToLive;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Tables;

/// <summary>The tables of all accounts and regions, with a memory of those that were read which holds as long as none changes.</summary>
internal sealed class TableStore(IStore store, TimeProvider clock)
{
    private Memory? _memory;

    /// <summary>The table that an operation on items names; else AWS's error that there is none.</summary>
    public Table Require(TableName name) => Find(name) ?? throw DynamoDbErrors.ResourceNotFound();

    /// <summary>A table that is there; one that is still being created is not.</summary>
    public Table? Find(TableName name) => FindAny(name) is { } table && !(table.Transition is not null && table.IsCreatingAt(clock.GetUtcNow())) ? table : null;

    /// <summary>A table, if only one that is being created.</summary>
    public Table? FindAny(TableName name)
    {
        var version = store.Version(TableSpace.Tables);
        var memory = _memory;
        if (memory is null || memory.Version != version) _memory = memory = new(version);
        if (memory.Tables.TryGetValue(name, out var table)) return table;
        using var snapshot = store.Snapshot();
        table = ReadAny(snapshot, name);
        // A table that was changed meanwhile belongs to another memory.
        if (table?.ReadAt == version) memory.Tables[name] = table;
        return table;
    }

    /// <summary>The table as a transaction sees it, where it may have changed or gone since it was found.</summary>
    public static Table Require(IWriteTransaction transaction, Table found)
    {
        if (transaction.Version(TableSpace.Tables) == found.ReadAt) return found;
        var present = ReadAny(transaction, new(found.Account, found.Region, found.Name));
        return present?.Id == found.Id ? present : throw DynamoDbErrors.ResourceNotFound();
    }

    /// <summary>A table that is there at a time; one that is still being created is not.</summary>
    public static Table? Read(IReader reader, TableName name, DateTimeOffset now) => ReadAny(reader, name) is { } table && !table.IsCreatingAt(now) ? table : null;

    /// <summary>A table, if only one that is being created.</summary>
    public static Table? ReadAny(IReader reader, TableName name) => OfKey(reader, KeyOf(name));

    /// <summary>Whether there is a table of the name, if only one that is being created or deleted.</summary>
    public static bool IsTaken(IReader reader, TableName name, DateTimeOffset now) => reader.TryGet(TableSpace.Tables, KeyOf(name), out _) || DepartingTables.Find(reader, name, now) is not null;

    /// <summary>The table of a key in the tables' space, with its replicas.</summary>
    public static Table? OfKey(IReader reader, ReadOnlySpan<byte> tableKey)
    {
        if (!reader.TryGet(TableSpace.Tables, tableKey, out var row)) return null;
        var table = Decode(row) with { ReadAt = reader.Version(TableSpace.Tables) };
        return table.GlobalTable is null ? table : table with { Replicas = [.. table.GlobalTable.Others(table.Region).Select(region => ReadAlone(reader, new(table.Account, region, table.Name))).OfType<Table>()] };
    }

    /// <summary>A table without its replicas.</summary>
    public static Table? ReadAlone(IReader reader, TableName name) => reader.TryGet(TableSpace.Tables, KeyOf(name), out var row) ? Decode(row) : null;

    /// <summary>Stores a table, and in its replicas what they have in common.</summary>
    public static void Put(IWriteTransaction transaction, Table table)
    {
        PutAlone(transaction, table);
        if (table.GlobalTable is not null) ReplicaSettings.Follow(transaction, table);
    }

    public static void PutAlone(IWriteTransaction transaction, Table table) =>
        transaction.Put(TableSpace.Tables, KeyOf(new(table.Account, table.Region, table.Name)), AwsJson.Encode(table, DynamoDbJson.Default.Table));

    /// <summary>Removes the table with all that it holds; but for its items where a backup or a replica keeps them.</summary>
    public static void Delete(IWriteTransaction transaction, Table table, bool keepItems = false)
    {
        transaction.Delete(TableSpace.Tables, KeyOf(new(table.Account, table.Region, table.Name)));
        PolicyStore.Forget(transaction, table);
        if (table.GlobalTable is { } global)
        {
            Leave(transaction, table, global);
            return;
        }
        ItemHistory.Forget(transaction, table);
        ExpiryEntries.Forget(transaction, table);
        DeleteEntries(transaction, table.Space.Whole, keepItems ? KeyRange.Prefix(table.Space.ItemPrefix) : (KeyRange?)null);
    }

    /// <summary>Removes the entries of a table: its items, what hangs from them, its statistics.</summary>
    /// <param name="whole">What their keys begin with.</param>
    /// <param name="kept">Those that stay.</param>
    public static void DeleteEntries(IWriteTransaction transaction, ReadOnlySpan<byte> whole, KeyRange? kept = null)
    {
        var all = KeyRange.Prefix(whole);
        transaction.DeleteRange(TableSpace.Statistics, all);
        if (kept is { } items) transaction.DeleteRange(TableSpace.Items, all with { To = items.From });
        transaction.DeleteRange(TableSpace.Items, kept is { To: { } end } ? all with { From = end } : all);
    }

    /// <summary>Takes a replica out of its global table, which ends where one is left; the items stay.</summary>
    private static void Leave(IWriteTransaction transaction, Table table, GlobalTable global)
    {
        var left = global.Others(table.Region).Select(region => ReadAlone(transaction, new(table.Account, region, table.Name))).OfType<Table>().ToList();
        foreach (var replica in left) PutAlone(transaction, replica with { GlobalTable = global.Without(table.Region) });
        // From now on another one deletes what expires.
        if (table.TimeToLive is { AttributeName: not null }) ExpiryEntries.Begin(transaction, left[0]);
        if (left.TrueForAll(replica => replica.PointInTimeRecovery is null)) ItemHistory.Forget(transaction, table);
    }

    /// <summary>The names in an account and region after one of them, in order.</summary>
    public IEnumerable<string> Names(string account, string region, string? after)
    {
        var prefix = TableSpace.Prefix(account, region);
        var range = KeyRange.Prefix(prefix);
        if (after is not null) range = range with { From = (byte[])[.. TableSpace.TableKey(account, region, after), 0] };
        using var snapshot = store.Snapshot();
        var names = snapshot.Range(TableSpace.Tables, range).Select(entry => Encoding.UTF8.GetString(entry.Key.Span[prefix.Length..]));
        if (DepartingTables.Names(snapshot, account, region, after, clock.GetUtcNow()) is { Count: > 0 } departing) names = names.Concat(departing).Distinct().Order(StringComparer.Ordinal);
        foreach (var name in names) yield return name;
    }

    public IEnumerable<Table> All()
    {
        using var snapshot = store.Snapshot();
        foreach (var entry in snapshot.Range(TableSpace.Tables, KeyRange.All)) yield return Decode(entry.Value);
    }

    private static byte[] KeyOf(TableName name) => TableSpace.TableKey(name.Account, name.Region, name.Name);

    private static Table Decode(ReadOnlyMemory<byte> row) => AwsJson.Decode(row.Span, DynamoDbJson.Default.Table);

    private sealed record Memory(long Version)
    {
        public ConcurrentDictionary<TableName, Table> Tables { get; } = new();
    }
}
