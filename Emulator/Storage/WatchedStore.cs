namespace Emulator.Storage;

/// <summary>A store that tells of each write that changed a space, when it is acknowledged.</summary>
/// <param name="changed">Called by the writer; may itself read and write.</param>
internal sealed class WatchedStore(IStore store, Space space, Action changed) : IStore
{
    private long _seen = -1;

    public ISnapshot Snapshot() => store.Snapshot();

    public long Version(Space of) => store.Version(of);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    public ValueTask<T> WriteAsync<T>(Func<IWriteTransaction, T> write)
    {
        var written = store.WriteAsync(write);
        if (!written.IsCompletedSuccessfully) return WaitAsync(written);
        var result = written.Result;
        Look();
        return new(result);
    }

    private async ValueTask<T> WaitAsync<T>(ValueTask<T> written)
    {
        var result = await written;
        Look();
        return result;
    }

    private void Look()
    {
        var version = store.Version(space);
        if (Interlocked.Exchange(ref _seen, version) != version) changed();
    }
}
