namespace Emulator.Storage;

/// <summary>The spaces of a SQLite store: their numbers in its table and their versions. Only the writer adds and changes.</summary>
internal sealed class SqliteSpaces
{
    private volatile Dictionary<string, SqliteSpace> _byName;
    private long _clock;

    public SqliteSpaces(List<(int Id, string Name, long Version)> stored)
    {
        _byName = stored.ToDictionary(space => space.Name, space => new SqliteSpace(space.Id, space.Name, space.Version));
        _clock = stored.Select(space => space.Version).DefaultIfEmpty().Max();
    }

    public IReadOnlyCollection<SqliteSpace> All => _byName.Values;

    public SqliteSpace? Find(Space space) => _byName.GetValueOrDefault(space.Name);

    /// <summary>The space, which is there from now on: its number is kept although the write may fail.</summary>
    public SqliteSpace FindOrAdd(Space space)
    {
        if (Find(space) is { } found) return found;
        var added = new SqliteSpace(_byName.Count + 1, space.Name, 0);
        _byName = new(_byName) { [space.Name] = added };
        return added;
    }

    public long NextVersion() => ++_clock;

    /// <summary>Those that the writes since the last commit changed.</summary>
    public IEnumerable<SqliteSpace> Changed() => All.Where(space => space.Pending != space.Version);
}

/// <summary>A space: its number in the table and its versions.</summary>
internal sealed class SqliteSpace(int id, string name, long version)
{
    private long _version = version;

    public int Id => id;

    public string Name => name;

    /// <summary>As committed.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>As the writer has it.</summary>
    public long Pending { get; set; } = version;

    public void Publish() => Volatile.Write(ref _version, Pending);
}
