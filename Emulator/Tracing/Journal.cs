namespace Emulator;

/// <summary>What happened: each request with its cause and outcome, newest last, in bounded memory.</summary>
public sealed class Journal
{
    /// <summary>How many entries are kept; the oldest go first.</summary>
    public const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly int _capacity;
    private JournalEntry?[] _ring = new JournalEntry?[32];
    private long _count;

    internal Journal(int capacity = Capacity) => _capacity = capacity;

    /// <summary>The entries that are kept, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                var kept = (int)Math.Min(_count, _ring.Length);
                var entries = new JournalEntry[kept];
                for (var i = 0; i < kept; i++) entries[i] = _ring[(_count - kept + i) % _ring.Length]!;
                return entries;
            }
        }
    }

    /// <summary>How many requests there were since the start, also those no longer kept.</summary>
    public long Count { get { lock (_lock) return _count; } }

    /// <summary>The entries of one operation, as <c>dynamodb</c>, <c>PutItem</c>, oldest first.</summary>
    public IEnumerable<JournalEntry> Of(string service, string operation) =>
        Entries.Where(entry => entry.Service == service && entry.Operation == operation);

    /// <summary>Forgets all entries.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            Array.Clear(_ring);
            _count = 0;
        }
    }

    internal void Add(JournalEntry entry)
    {
        lock (_lock)
        {
            if (_count == _ring.Length && _ring.Length < _capacity) Array.Resize(ref _ring, Math.Min(_ring.Length * 4, _capacity));
            _ring[_count++ % _ring.Length] = entry;
        }
    }
}

/// <summary>One request.</summary>
public sealed record JournalEntry
{
    /// <summary>The request's id, as the client was told.</summary>
    public required string RequestId { get; init; }

    /// <summary>When it came, on the emulator's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The service in its signing name, as <c>s3</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The operation, as <c>PutObject</c>; "" where none was found.</summary>
    public required string Operation { get; init; }

    /// <summary>The ARN of the caller; "" where nobody signed.</summary>
    public required string Caller { get; init; }

    /// <summary>What the request concerned, as ARNs.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    /// <summary>What the policies say: <c>Allowed</c>, <c>Denied</c> (refused), <c>WouldDeny</c> (let through, iam: audit), or <c>NotEvaluated</c>.</summary>
    public required string Decision { get; init; }

    /// <summary>Why it was or would be denied, and the smallest change that would allow it; null where it was not.</summary>
    public string? Explanation { get; init; }

    /// <summary>The id of the request that caused this one (a function's call, an event); null for a client's own.</summary>
    public string? Cause { get; init; }

    /// <summary>The HTTP status of the answer.</summary>
    public required int StatusCode { get; init; }

    /// <summary>The code of the error, or null.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>How long it took, in real time.</summary>
    public required TimeSpan Duration { get; init; }
}
