using Emulator.Configuration;

namespace Emulator.Storage;

/// <summary>The one writer of a SQLite store: takes all writes that wait, runs each, commits them together, then lets those who wait go on.</summary>
internal sealed class SqliteWriter(SqliteStore store, SqliteSession session, SqliteSession checkpointer, Durability durability) : IDisposable
{
    private const long CheckpointBytes = 32 << 20;

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _idleAfterClose = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<PendingWrite> _waiting = [];
    private List<PendingWrite> _group = [];
    private bool _running;
    private bool _closed;
    private int _writingThread;
    private long _epoch;
    private long _logBytes;
    private Task? _checkpoint;

    /// <summary>Grows by one before a commit and by one after it: odd while it cannot be said whether readers see it yet.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    public ValueTask<T> WriteAsync<T>(Func<IWriteTransaction, T> write)
    {
        if (Volatile.Read(ref _writingThread) == Environment.CurrentManagedThreadId) throw new InvalidOperationException("A write cannot begin another.");
        var pending = new PendingWrite<T>(write);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, store);
            _waiting.Add(pending);
            if (_running) return new(pending.Task);
            _running = true;
        }
        // Nobody writes: to do it here saves two changes of thread. A commit that waits for the disk would hold up the caller.
        if (durability == Durability.Power) RunSoon();
        else RunGroup();
        return new(pending.Task);
    }

    /// <summary>Takes no more writes and waits for those under way.</summary>
    public async Task CloseAsync()
    {
        lock (_lock)
        {
            _closed = true;
            if (!_running) _idleAfterClose.TrySetResult();
        }
        await _idleAfterClose.Task;
        if (_checkpoint is not null) await _checkpoint;
    }

    public void Dispose()
    {
        checkpointer.Dispose();
        session.Dispose(); // the last one takes up the log and removes it
    }

    private void RunSoon() => ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.RunGroup(), this, preferLocal: false);

    /// <summary>Runs and commits what waits now. What has come meanwhile is left to another thread, so that no caller is held up by others' writes.</summary>
    private void RunGroup()
    {
        lock (_lock) (_group, _waiting) = (_waiting, _group);
        Volatile.Write(ref _writingThread, Environment.CurrentManagedThreadId);
        try
        {
            Commit(_group);
        }
        finally
        {
            Volatile.Write(ref _writingThread, 0);
        }
        foreach (var write in _group) write.Complete();
        _group.Clear();
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _running = false;
                if (_closed) _idleAfterClose.TrySetResult();
                return;
            }
        }
        RunSoon();
    }

    private void Commit(List<PendingWrite> group)
    {
        try
        {
            session.Run("BEGIN");
            var changed = false;
            foreach (var write in group)
            {
                var transaction = new SqliteTransaction(store.Spaces, session, savepoint: group.Count > 1);
                changed |= write.Run(transaction);
                _logBytes += transaction.LogBytes;
                if (!session.InTransaction && group.Count > 1) throw write.Failure as StoreException ?? new StoreException("The store gave up the transaction.");
            }
            if (changed) CommitChanges();
            else if (session.InTransaction) session.Run("COMMIT");
        }
        catch (Exception error)
        {
            foreach (var write in group) write.Fail(error);
            foreach (var space in store.Spaces.Changed()) space.Pending = space.Version;
            if (session.InTransaction) session.Run("ROLLBACK");
        }
        if (_logBytes > CheckpointBytes) Checkpoint();
    }

    private void CommitChanges()
    {
        var changed = store.Spaces.Changed().ToList();
        foreach (var space in changed) session.SetVersion(space.Id, space.Name, space.Pending);
        Volatile.Write(ref _epoch, _epoch + 1);
        try
        {
            session.Run("COMMIT");
            foreach (var space in changed) space.Publish();
        }
        finally
        {
            Volatile.Write(ref _epoch, _epoch + 1);
        }
    }

    /// <summary>Has the log taken up into the database: the bulk beside the writes, and what they added meanwhile here, so that the log begins anew.</summary>
    private void Checkpoint()
    {
        if (_checkpoint is null)
        {
            _checkpoint = Task.Run(() =>
            {
                store.EndIdleReads();
                checkpointer.Checkpoint();
            });
        }
        else if (_checkpoint.IsCompleted)
        {
            store.EndIdleReads();
            session.Checkpoint();
            _checkpoint = null;
            _logBytes = 0;
        }
    }
}

/// <summary>A write that waits for its turn, and what came of it.</summary>
internal abstract class PendingWrite
{
    public Exception? Failure { get; private set; }

    /// <summary>Runs it; true if it changed anything. What it throws is kept for its task.</summary>
    public bool Run(SqliteTransaction transaction)
    {
        try
        {
            Run((IWriteTransaction)transaction);
            transaction.Succeed();
            return transaction.HasChanges;
        }
        catch (Exception error)
        {
            Failure = error;
            transaction.Fail();
            return false;
        }
    }

    public void Fail(Exception failure) => Failure ??= failure;

    /// <summary>Completes its task.</summary>
    public abstract void Complete();

    protected abstract void Run(IWriteTransaction transaction);
}

internal sealed class PendingWrite<T>(Func<IWriteTransaction, T> write) : PendingWrite
{
    // Who waits goes on elsewhere, not on the writer's thread.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _completion.Task;

    public override void Complete()
    {
        if (Failure is null) _completion.SetResult(_result!);
        else _completion.SetException(Failure);
    }

    protected override void Run(IWriteTransaction transaction) => _result = write(transaction);
}
