using System.Diagnostics.CodeAnalysis;

namespace Emulator.Storage;

/// <summary>What a snapshot and a write read, through the session of each.</summary>
internal abstract class SqliteReader(SqliteSpaces spaces) : IReader
{
    private const int FirstBatch = 16;
    private const int LargestBatch = 256;
    private const int BatchBytes = 128 * 1024;

    protected SqliteSpaces Known => spaces;

    /// <summary>A number that differs after each change.</summary>
    protected virtual int Changes => 0;

    public IReadOnlyList<Space> Spaces => [.. spaces.All.Select(space => new Space(space.Name)).Where(space => Range(space, KeyRange.All).Any())];

    public abstract long Version(Space space);

    public bool TryGet(Space space, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        value = default;
        return spaces.Find(space) is { } found && TryGet(found, key, out value);
    }

    /// <summary>Reads in growing batches, so that no statement is open while the caller does other things.</summary>
    public IEnumerable<Entry> Range(Space space, KeyRange range, bool descending = false)
    {
        if (spaces.Find(space) is not { } found) yield break;
        var batch = new List<Entry>(FirstBatch);
        for (var size = FirstBatch; ; size = Math.Min(size * 2, LargestBatch))
        {
            batch.Clear();
            var ended = Read(found, range, descending, batch, size, BatchBytes);
            var changes = Changes;
            foreach (var entry in batch)
            {
                yield return entry;
                range = descending ? range with { To = entry.Key } : range with { From = entry.Key };
                if (Changes != changes) break;
            }
            if (ended && Changes == changes) yield break;
            // The key with a zero byte is the next one there can be.
            if (!descending) range = range with { From = (byte[])[.. range.From.Span, 0] };
        }
    }

    protected abstract bool TryGet(SqliteSpace space, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value);

    protected abstract bool Read(SqliteSpace space, KeyRange range, bool descending, List<Entry> entries, int atMost, int bytesAtMost);
}

/// <summary>A session within a read transaction, lent by the store.</summary>
internal sealed class SqliteSnapshot(SqliteStore store, SqliteSession session) : SqliteReader(store.Spaces), ISnapshot
{
    private readonly Lock _lock = new();
    private SqliteSession? _session = session;

    private SqliteSession Session => _session ?? throw new ObjectDisposedException(nameof(ISnapshot));

    public override long Version(Space space)
    {
        lock (_lock)
        {
            if (store.Spaces.Find(space) is not { } found) return 0;
            // What is published belongs to this snapshot if it still is the last commit after the look.
            var version = found.Version;
            return store.IsCurrent(Session) ? version : Session.Version(found.Id);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_session is { } session) store.GiveBack(session);
            _session = null;
        }
    }

    protected override bool TryGet(SqliteSpace space, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        lock (_lock) return Session.TryGet(space.Id, key, out value);
    }

    protected override bool Read(SqliteSpace space, KeyRange range, bool descending, List<Entry> entries, int atMost, int bytesAtMost)
    {
        lock (_lock) return Session.Read(space.Id, range, descending, entries, atMost, bytesAtMost);
    }
}

/// <summary>One write in the transaction of its group.</summary>
/// <param name="savepoint">Whether others share the transaction, so that this one needs a savepoint to fail alone.</param>
internal sealed class SqliteTransaction(SqliteSpaces spaces, SqliteSession session, bool savepoint) : SqliteReader(spaces), IWriteTransaction
{
    private const int PageBytes = 8192;
    private const int RowBytes = 512;

    private readonly List<(SqliteSpace Space, long Version)> _changed = [];
    private bool _inSavepoint;
    private bool _ended;
    private int _changes;

    /// <summary>An estimate of what it adds to the log.</summary>
    public long LogBytes { get; private set; }

    public bool HasChanges => _changes > 0;

    protected override int Changes => _changes;

    private SqliteSession Session
    {
        get
        {
            if (_ended) ThrowEnded();
            return session;
        }
    }

    public override long Version(Space space) => Known.Find(space)?.Pending ?? 0;

    public void Put(Space space, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value)
    {
        BeginChange();
        var found = Known.FindOrAdd(space);
        session.Put(found.Id, key.Span, value.Span);
        EndChange(found, value.Length);
    }

    public bool Delete(Space space, ReadOnlySpan<byte> key)
    {
        BeginChange();
        if (Known.Find(space) is not { } found || !session.Delete(found.Id, key)) return false;
        EndChange(found, 0);
        return true;
    }

    public long DeleteRange(Space space, KeyRange range)
    {
        BeginChange();
        if (Known.Find(space) is not { } found || session.DeleteRange(found.Id, range) is not (> 0 and var removed)) return 0;
        EndChange(found, removed * RowBytes);
        return removed;
    }

    /// <summary>Keeps what it did for the commit of the group.</summary>
    public void Succeed()
    {
        _ended = true;
        if (_inSavepoint) session.Run("RELEASE write");
    }

    /// <summary>Undoes what it did, alone.</summary>
    public void Fail()
    {
        _ended = true;
        foreach (var (space, version) in _changed) space.Pending = version;
        if (!session.InTransaction) return;
        if (_inSavepoint)
        {
            session.Run("ROLLBACK TO write");
            session.Run("RELEASE write");
        }
        else if (HasChanges)
        {
            session.Run("ROLLBACK");
        }
    }

    protected override bool TryGet(SqliteSpace space, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value) => Session.TryGet(space.Id, key, out value);

    protected override bool Read(SqliteSpace space, KeyRange range, bool descending, List<Entry> entries, int atMost, int bytesAtMost) =>
        Session.Read(space.Id, range, descending, entries, atMost, bytesAtMost);

    private void BeginChange()
    {
        if (_ended) ThrowEnded();
        if (!savepoint || _inSavepoint) return;
        session.Run("SAVEPOINT write");
        _inSavepoint = true;
    }

    private void EndChange(SqliteSpace space, long bytes)
    {
        _changes++;
        if (!_changed.Exists(changed => changed.Space == space)) _changed.Add((space, space.Pending));
        space.Pending = Known.NextVersion();
        LogBytes += bytes + PageBytes;
    }

    [DoesNotReturn]
    private static void ThrowEnded() => throw new InvalidOperationException("The write has ended: what it gave cannot be used after it.");
}
