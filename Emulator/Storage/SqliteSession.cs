using SQLitePCL;
using static SQLitePCL.raw;

namespace Emulator.Storage;

/// <summary>A connection to the database with its prepared statements. Not for two threads at once.</summary>
/// <remarks>On SQLite's own functions: a read of one row is a few microseconds there, and ADO.NET's commands and readers would double that.</remarks>
internal sealed class SqliteSession : IDisposable
{
    // One table without row ids: an entry is found in one tree, and neighbours lie side by side. Measured (100,000 entries of 460 bytes, keys in no order)
    // against a table with row ids and an index: 100 entries in order 60 to 90 us against 200 to 260, one entry the same, a new entry 25 us against 14.
    // With a table for each space the figures differ by less than they vary.
    public const string Schema = """
        CREATE TABLE spaces(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version INTEGER NOT NULL);
        CREATE TABLE entries(space INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY(space, key)) WITHOUT ROWID;
        """;

    private readonly sqlite3 _db;
    private readonly Dictionary<string, sqlite3_stmt> _statements = new(ReferenceEqualityComparer.Instance);

    public SqliteSession(string file)
    {
        var result = sqlite3_open_v2(file, out _db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, null);
        if (result != SQLITE_OK) throw new StoreException($"The store {file} cannot be opened: {sqlite3_errstr(result).utf8_to_string()}.");
        sqlite3_busy_timeout(_db, 10_000);
    }

    /// <summary>Whether a transaction is open: SQLite itself ends it after some errors (disk full).</summary>
    public bool InTransaction => sqlite3_get_autocommit(_db) == 0;

    /// <summary>The commit after which the read transaction of this session began; odd if it cannot be said.</summary>
    public long Epoch { get; set; } = -1;

    public void Execute(string sql) => Check(sqlite3_exec(_db, sql));

    /// <summary>Runs a literal statement, which stays prepared.</summary>
    public void Run(string sql)
    {
        using var statement = Prepare(sql);
        statement.Step();
    }

    public long QueryNumber(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Number(0) : 0;
    }

    public List<(int Id, string Name, long Version)> Spaces()
    {
        var spaces = new List<(int, string, long)>();
        using var statement = Prepare("SELECT id, name, version FROM spaces");
        while (statement.Step()) spaces.Add(((int)statement.Number(0), statement.Text(1), statement.Number(2)));
        return spaces;
    }

    public long Version(int space)
    {
        using var statement = Prepare("SELECT version FROM spaces WHERE id = ?1");
        statement.Bind(1, space);
        return statement.Step() ? statement.Number(0) : 0;
    }

    public void SetVersion(int space, string name, long version)
    {
        using var statement = Prepare("INSERT INTO spaces(id, name, version) VALUES(?1, ?2, ?3) ON CONFLICT(id) DO UPDATE SET version = excluded.version");
        statement.Bind(1, space);
        statement.Bind(2, name);
        statement.Bind(3, version);
        statement.Step();
    }

    public bool TryGet(int space, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        using var statement = Prepare("SELECT value FROM entries WHERE space = ?1 AND key = ?2");
        statement.Bind(1, space);
        statement.Bind(2, key);
        var found = statement.Step();
        value = found ? statement.Blob(0).ToArray() : default(ReadOnlyMemory<byte>);
        return found;
    }

    /// <summary>Adds the first entries of a range to a list, up to so many of them or so many bytes.</summary>
    /// <returns>Whether the range ended before.</returns>
    public bool Read(int space, KeyRange range, bool descending, List<Entry> entries, int atMost, int bytesAtMost)
    {
        using var statement = Prepare((range.To is null, descending) switch
        {
            (true, false) => "SELECT key, value FROM entries WHERE space = ?1 AND key >= ?2 ORDER BY key",
            (true, true) => "SELECT key, value FROM entries WHERE space = ?1 AND key >= ?2 ORDER BY key DESC",
            (false, false) => "SELECT key, value FROM entries WHERE space = ?1 AND key >= ?2 AND key < ?3 ORDER BY key",
            (false, true) => "SELECT key, value FROM entries WHERE space = ?1 AND key >= ?2 AND key < ?3 ORDER BY key DESC",
        });
        statement.Bind(1, space);
        statement.Bind(2, range.From.Span);
        if (range.To is { } to) statement.Bind(3, to.Span);
        while (entries.Count < atMost && bytesAtMost > 0)
        {
            if (!statement.Step()) return true;
            var key = statement.Blob(0);
            byte[] both = [.. key, .. statement.Blob(1)];
            entries.Add(new(both.AsMemory(0, key.Length), both.AsMemory(key.Length)));
            bytesAtMost -= both.Length;
        }
        return false;
    }

    public void Put(int space, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        using var statement = Prepare("INSERT INTO entries(space, key, value) VALUES(?1, ?2, ?3) ON CONFLICT DO UPDATE SET value = excluded.value");
        statement.Bind(1, space);
        statement.Bind(2, key);
        statement.Bind(3, value);
        statement.Step();
    }

    public bool Delete(int space, ReadOnlySpan<byte> key)
    {
        using var statement = Prepare("DELETE FROM entries WHERE space = ?1 AND key = ?2");
        statement.Bind(1, space);
        statement.Bind(2, key);
        statement.Step();
        return sqlite3_changes(_db) > 0;
    }

    public long DeleteRange(int space, KeyRange range)
    {
        using var statement = Prepare(range.To is null
            ? "DELETE FROM entries WHERE space = ?1 AND key >= ?2"
            : "DELETE FROM entries WHERE space = ?1 AND key >= ?2 AND key < ?3");
        statement.Bind(1, space);
        statement.Bind(2, range.From.Span);
        if (range.To is { } to) statement.Bind(3, to.Span);
        statement.Step();
        return sqlite3_changes(_db);
    }

    /// <summary>Copies what is committed from the log to the database, as far as readers allow.</summary>
    public void Checkpoint() => sqlite3_wal_checkpoint_v2(_db, null, SQLITE_CHECKPOINT_PASSIVE, out _, out _);

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _db.Dispose();
    }

    /// <summary>The statement of a literal, which is found by its reference.</summary>
    private Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(sqlite3_prepare_v3(_db, sql, SQLITE_PREPARE_PERSISTENT, out statement));
            _statements.Add(sql, statement);
        }
        return new(this, statement);
    }

    private void Check(int result)
    {
        if (result == SQLITE_OK) return;
        // The second: no room for the index of the log, which all sessions share.
        if (result == SQLITE_FULL || sqlite3_extended_errcode(_db) == SQLITE_IOERR_SHMSIZE) throw DiskFull.OfStore();
        throw new StoreException($"The store failed: {sqlite3_errmsg(_db).utf8_to_string()} (SQLite error {sqlite3_extended_errcode(_db)}).");
    }

    /// <summary>A prepared statement in use; to be disposed, which readies it for the next use.</summary>
    private readonly ref struct Statement(SqliteSession session, sqlite3_stmt statement)
    {
        public void Bind(int index, long value) => session.Check(sqlite3_bind_int64(statement, index, value));

        public void Bind(int index, string value) => session.Check(sqlite3_bind_text(statement, index, value));

        public void Bind(int index, ReadOnlySpan<byte> value) => session.Check(sqlite3_bind_blob(statement, index, value));

        /// <summary>Whether there is a (next) row.</summary>
        public bool Step()
        {
            var result = sqlite3_step(statement);
            if (result == SQLITE_ROW) return true;
            if (result != SQLITE_DONE) session.Check(result);
            return false;
        }

        public long Number(int column) => sqlite3_column_int64(statement, column);

        public string Text(int column) => sqlite3_column_text(statement, column).utf8_to_string();

        public ReadOnlySpan<byte> Blob(int column) => sqlite3_column_blob(statement, column);

        public void Dispose() => sqlite3_reset(statement);
    }
}
