namespace Emulator.Storage;

/// <summary>An ordered map of byte strings in named spaces: the one seam between the services and the engine that keeps their state.</summary>
/// <remarks>Keys are ordered as unsigned bytes. A reader sees one moment; a write is serialisable and, when its task completes, acknowledged and as durable as the engine promises.</remarks>
internal interface IStore : IAsyncDisposable
{
    /// <summary>A view of the present moment that later writes do not change. Dispose it soon: an engine may hold a connection for it.</summary>
    ISnapshot Snapshot();

    /// <summary>Runs <paramref name="write"/> alone among writers and commits what it did; if it throws, nothing happened and the exception is the task's.</summary>
    /// <remarks>The function may run on another thread, once, and must not wait for anything.</remarks>
    ValueTask<T> WriteAsync<T>(Func<IWriteTransaction, T> write);

    /// <summary>A number that grows with each commit that changed the space: what was derived from a space stays right while its version stands.</summary>
    long Version(Space space);
}

/// <summary>A named part of the store with an order of its own.</summary>
internal readonly record struct Space(string Name);

/// <summary>One key and its value. Neither may be changed by who receives it.</summary>
internal readonly record struct Entry(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value);

/// <summary>What can be read from one moment of the store.</summary>
internal interface IReader
{
    /// <summary>The spaces that hold entries, in no order.</summary>
    IReadOnlyList<Space> Spaces { get; }

    bool TryGet(Space space, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value);

    /// <summary>The entries of a range in order; the range is read as the enumeration proceeds, so a caller that stops early pays for no more than it took.</summary>
    /// <remarks>A write may change what it enumerates: the enumeration goes on behind the entry it gave last, in what is there now.</remarks>
    IEnumerable<Entry> Range(Space space, KeyRange range, bool descending = false);

    /// <summary>As <see cref="IStore.Version"/>, at this moment. In a write it grows with each change, and what a write that failed had is never given again.</summary>
    long Version(Space space);
}

internal interface ISnapshot : IReader, IDisposable;

/// <summary>A write in progress; reads see what it wrote.</summary>
internal interface IWriteTransaction : IReader
{
    /// <summary>Stores a copy of key and value.</summary>
    void Put(Space space, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value);

    /// <summary>Removes the key; false where it was absent.</summary>
    bool Delete(Space space, ReadOnlySpan<byte> key);

    /// <summary>Removes all keys of a range and returns how many there were.</summary>
    long DeleteRange(Space space, KeyRange range);
}

/// <summary>From <paramref name="From"/> (inclusive) to <paramref name="To"/> (exclusive; null: to the end).</summary>
internal readonly record struct KeyRange(ReadOnlyMemory<byte> From, ReadOnlyMemory<byte>? To)
{
    public static KeyRange All { get; } = new(ReadOnlyMemory<byte>.Empty, null);

    /// <summary>All keys that begin with the prefix.</summary>
    public static KeyRange Prefix(ReadOnlySpan<byte> prefix) => new(prefix.ToArray(), Successor(prefix));

    /// <summary>The least key greater than every key that begins with the prefix; null where there is none (all bytes 0xFF).</summary>
    public static ReadOnlyMemory<byte>? Successor(ReadOnlySpan<byte> prefix)
    {
        var length = prefix.Length;
        while (length > 0 && prefix[length - 1] == 0xFF) length--;
        if (length == 0) return null;
        var end = prefix[..length].ToArray();
        end[length - 1]++;
        return end;
    }
}
