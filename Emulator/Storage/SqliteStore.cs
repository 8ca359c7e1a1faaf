using Emulator.Configuration;
using SQLitePCL;

namespace Emulator.Storage;

/// <summary>The store in a SQLite database in WAL mode: it outlives the process, and its memory does not grow with it.</summary>
/// <remarks>
/// One writer commits all writes that wait as one group, each in a savepoint of its own, so that writers at the same time share one commit and one sync.
/// A reader has a connection of its own with an open read transaction; when it is given back and nothing was committed since, the next snapshot goes on with it as it is.
/// </remarks>
internal sealed class SqliteStore : IStore
{
    private const int Format = 1;
    private const int ApplicationId = 0x456D756C; // "Emul", in the header of the file
    private const int PageSize = 8192;
    private const int WriterCacheKiB = 16 * 1024;
    private const int ReaderCacheKiB = 8 * 1024;

    private readonly DataFolder _folder;
    private readonly SqliteWriter _writer;
    private readonly int _maxIdle = Math.Clamp(Environment.ProcessorCount, 2, 8);
    private readonly Stack<SqliteSession> _idle = new();
    private bool _closed;

    private SqliteStore(DataFolder folder, SqliteSession session, Durability durability)
    {
        _folder = folder;
        Spaces = new(session.Spaces());
        _writer = new(this, session, new SqliteSession(folder.Store), durability);
    }

    internal SqliteSpaces Spaces { get; }

    /// <summary>Opens the store of a data folder, or makes it, and holds the folder until it is disposed.</summary>
    /// <exception cref="StoreException">Another emulator has the folder, or the store is damaged or of a newer format.</exception>
    public static SqliteStore Open(string path, Durability durability)
    {
        var folder = DataFolder.Open(path);
        SqliteSession? session = null;
        try
        {
            Batteries_V2.Init();
            session = new SqliteSession(folder.Store);
            Prepare(session, durability);
            return new(folder, session, durability);
        }
        catch (StoreException error)
        {
            session?.Dispose();
            folder.Dispose();
            throw new StoreException($"The data folder {folder.Path} cannot be used. {error.Message}", error);
        }
    }

    /// <summary>Removes the store and the bodies of a data folder; false where there were none.</summary>
    /// <exception cref="StoreException">An emulator has the folder.</exception>
    public static bool Remove(string path) => DataFolder.Remove(path);

    public ISnapshot Snapshot()
    {
        var session = TakeIdle() ?? OpenReader();
        var epoch = _writer.Epoch;
        // The same quiet moment as when its transaction began: it sees all that is acknowledged.
        if (session.InTransaction && session.Epoch == epoch && epoch % 2 == 0) return new SqliteSnapshot(this, session);
        try
        {
            EndRead(session);
            session.Run("BEGIN");
            session.QueryNumber("SELECT id FROM spaces LIMIT 1"); // only with the first read does the transaction have its moment
        }
        catch
        {
            session.Dispose();
            throw;
        }
        session.Epoch = epoch % 2 == 0 && _writer.Epoch == epoch ? epoch : -1;
        return new SqliteSnapshot(this, session);
    }

    public ValueTask<T> WriteAsync<T>(Func<IWriteTransaction, T> write) => _writer.WriteAsync(write);

    public long Version(Space space) => Spaces.Find(space)?.Version ?? 0;

    public async ValueTask DisposeAsync()
    {
        await _writer.CloseAsync();
        lock (_idle)
        {
            _closed = true;
            while (_idle.TryPop(out var session)) session.Dispose();
        }
        _writer.Dispose();
        _folder.Dispose();
    }

    /// <summary>Whether what the session sees is the last commit.</summary>
    internal bool IsCurrent(SqliteSession session) => session.Epoch == _writer.Epoch;

    /// <summary>Takes a session back from a snapshot, its transaction still open.</summary>
    internal void GiveBack(SqliteSession session)
    {
        lock (_idle)
        {
            if (!_closed && _idle.Count < _maxIdle)
            {
                _idle.Push(session);
                return;
            }
        }
        session.Dispose();
    }

    /// <summary>Ends the transactions of sessions that no one uses, which would keep the log from being taken up and begun anew.</summary>
    internal void EndIdleReads()
    {
        lock (_idle)
        {
            foreach (var session in _idle) EndRead(session);
        }
    }

    private static void EndRead(SqliteSession session)
    {
        if (session.InTransaction) session.Run("COMMIT");
        session.Epoch = -1;
    }

    private SqliteSession? TakeIdle()
    {
        lock (_idle)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return _idle.TryPop(out var session) ? session : null;
        }
    }

    private SqliteSession OpenReader()
    {
        var session = new SqliteSession(_folder.Store);
        session.Execute($"PRAGMA query_only = 1; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -{ReaderCacheKiB};");
        return session;
    }

    private static void Prepare(SqliteSession session, Durability durability)
    {
        session.Execute($"PRAGMA page_size = {PageSize}; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = {64 << 20};");
        session.Execute($"PRAGMA temp_store = MEMORY; PRAGMA cache_size = -{WriterCacheKiB}; PRAGMA fullfsync = 1;");
        // Without a sync in each commit a commit still outlives the process: it is with the operating system. A checkpoint syncs in either case.
        session.Execute($"PRAGMA synchronous = {(durability == Durability.Power ? "FULL" : "NORMAL")};");
        if (session.QueryNumber("SELECT COUNT(*) FROM sqlite_schema") == 0)
        {
            session.Execute($"BEGIN; {SqliteSession.Schema} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Format}; COMMIT;");
            return;
        }
        if (session.QueryNumber("PRAGMA application_id") != ApplicationId) throw new StoreException("Its store.db is not a store of the emulator.");
        var format = session.QueryNumber("PRAGMA user_version");
        if (format > Format) throw new StoreException($"A newer version of the emulator wrote its store (format {format}; this version reads up to {Format}). Use that version, or another folder.");
    }
}
