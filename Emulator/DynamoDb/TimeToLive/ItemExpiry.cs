using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.Integration;
using Emulator.Storage;

namespace Emulator.DynamoDb.TimeToLive;

/// <summary>Deletes items a second after they expire, while the clock runs or is advanced.</summary>
/// <remarks>What is due stands in the store; the timer only wakes up for it. So a fork and a new start go on where the state stands.</remarks>
internal sealed class ItemExpiry : IAsyncDisposable
{
    private const int ItemsPerWrite = 500;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly DueTimer _timer;
    private (long Version, List<Table> Tables) _tables = (-1, []);

    public ItemExpiry(IStore store, EmulatorClock clock)
    {
        _timer = new(store, clock, Next, DeleteExpiredAsync);
        Store = new WatchedStore(store, ExpiryEntries.Entries, Arm);
    }

    /// <summary>The store whose writes are looked at for items that expire.</summary>
    public IStore Store { get; }

    /// <summary>Sets the timer to the item that expires next. Called after each change of what expires, at a start, and in a fork.</summary>
    public void Arm() => _timer.Arm();

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private DateTimeOffset? Next(IReader snapshot, DateTimeOffset now)
    {
        var version = snapshot.Version(TableSpace.Tables);
        if (_tables.Version != version) _tables = (version, [.. ExpiryEntries.TablesOf(snapshot)]);
        long? next = null;
        foreach (var table in _tables.Tables)
        {
            if (ExpiryEntries.Next(snapshot, table, now) is { } due && !(due >= next)) next = due;
        }
        // Beyond that the calendar ends.
        return next is { } seconds && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 1 ? DateTimeOffset.FromUnixTimeSeconds(seconds) + Second : null;
    }

    private async Task DeleteExpiredAsync(DateTimeOffset now)
    {
        foreach (var table in Tables()) while (await DeleteSomeAsync(table, now) == ItemsPerWrite) { }
    }

    private List<Table> Tables()
    {
        using var snapshot = Store.Snapshot();
        return [.. ExpiryEntries.TablesOf(snapshot)];
    }

    private ValueTask<int> DeleteSomeAsync(Table found, DateTimeOffset now) => Store.WriteAsync(transaction =>
    {
        // The setting or the table may have gone meanwhile.
        if (TableStore.ReadAny(transaction, new(found.Account, found.Region, found.Name)) is not { TimeToLive.AttributeName: not null } table || table.Id != found.Id) return 0;
        var keys = ExpiryEntries.Expired(transaction, table, now, ItemsPerWrite);
        foreach (var key in keys) TableItems.Replace(transaction, table, key, TableItems.Get(transaction, key), default, new(now, ByTimeToLive: true));
        return keys.Count;
    });
}
