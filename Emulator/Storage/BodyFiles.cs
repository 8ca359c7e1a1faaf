using System.Buffers;
using Emulator.Identifiers;

namespace Emulator.Storage;

/// <summary>Immutable bodies (objects, function code), named by id.</summary>
/// <remarks>
/// The rows of the store are the truth: a body lives as long as <see cref="BodyReferences"/> counts an owner, in the same write as the row that names it.
/// A body is completed before its row commits and deleted after the row of its last owner is gone, so a crash leaves at worst a body without a row, which <see cref="Sweep"/> removes.
/// </remarks>
internal abstract class BodyFiles : IAsyncDisposable
{
    private const int IdLength = 32;
    private const int RunLength = 8;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    // Not the emulator's source: with a seed that one repeats itself, and would give names that the last run gave.
    private readonly IdSource _ids = new();
    private readonly Lock _lock = new();
    private readonly List<string> _deletedMeanwhile = [];
    private string? _run;
    private int _holds;

    /// <summary>Begins a body. What is written becomes a body by <see cref="BodyWriter.CompleteAsync"/>; disposed before that, nothing remains.</summary>
    public BodyWriter Create() => Create(Run + _ids.Hex(IdLength - RunLength));

    /// <summary>Begins a body under the id that it has elsewhere: in a snapshot.</summary>
    /// <exception cref="StoreException">That is no id.</exception>
    public abstract BodyWriter Create(string id);

    /// <summary>Opens a body for reading from an offset; the stream stays readable although the body is deleted meanwhile. It can seek, and its length is the body's.</summary>
    /// <exception cref="FileNotFoundException">There is no such body: who has the id from a snapshot of the store reads the row again.</exception>
    public abstract Stream OpenRead(string id, long offset = 0);

    /// <summary>Removes a body, whoever else names it: call it when <see cref="BodyReferences.Release"/> said that nobody does and that has committed, or when no row came to name it. Without effect where there is none.</summary>
    public void Delete(string id)
    {
        lock (_lock)
        {
            if (_holds > 0) _deletedMeanwhile.Add(id);
            else Remove(id);
        }
    }

    /// <summary>Until it is disposed, what is deleted stays readable: for who reads many bodies of one snapshot of the store. Take it before the snapshot.</summary>
    public IDisposable Hold()
    {
        lock (_lock) _holds++;
        return new Held(this);
    }

    /// <summary>Removes the bodies that no row of the store names, left by a crash; those created since this instance was made stay.</summary>
    /// <returns>How many were removed.</returns>
    public abstract int Sweep(IReader rows);

    public abstract ValueTask DisposeAsync();

    protected abstract void Remove(string id);

    protected bool IsOfThisRun(string id) => id.StartsWith(Run, StringComparison.Ordinal);

    /// <summary>An id becomes part of a path, and one from a snapshot file may be anything.</summary>
    protected static bool IsId(string id) => id.Length == IdLength && !id.AsSpan().ContainsAnyExcept(HexDigits);

    protected static StoreException NoId(string id) => new($"\"{id}\" is no id of a body.");

    protected static FileNotFoundException NotFound(string id) => new($"There is no body {id}.");

    /// <summary>How the ids begin that this instance gives.</summary>
    private string Run => _run ?? Interlocked.CompareExchange(ref _run, _ids.Hex(RunLength), null) ?? _run;

    private void EndHold()
    {
        lock (_lock)
        {
            if (--_holds > 0) return;
            foreach (var id in _deletedMeanwhile) Remove(id);
            _deletedMeanwhile.Clear();
        }
    }

    private sealed class Held(BodyFiles bodies) : IDisposable
    {
        private BodyFiles? _bodies = bodies;

        public void Dispose() => Interlocked.Exchange(ref _bodies, null)?.EndHold();
    }
}
