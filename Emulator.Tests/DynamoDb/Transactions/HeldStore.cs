using Emulator.Storage;

namespace Emulator.Tests.DynamoDb.Transactions;

/// <summary>A store whose writes wait, in their order, while it is held.</summary>
internal sealed class HeldStore(IStore store) : IStore
{
    private TaskCompletionSource _open = Opened();

    public void Hold() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _open.TrySetResult();

    public ISnapshot Snapshot() => store.Snapshot();

    public async ValueTask<T> WriteAsync<T>(Func<IWriteTransaction, T> write)
    {
        await _open.Task;
        return await store.WriteAsync(write);
    }

    public long Version(Space space) => store.Version(space);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }
}
