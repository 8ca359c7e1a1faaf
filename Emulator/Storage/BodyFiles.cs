using System.Buffers;
using System.Security.Cryptography;

namespace Emulator.Storage;

/// <summary>Immutable bodies (objects, function code), named by id.</summary>
/// <remarks>
/// The rows of the store are the truth: a body lives as long as <see cref="BodyReferences"/> counts an owner, in the same write as the row that names it.
/// A body is completed before its row commits and deleted after the row of its last owner is gone, so a crash leaves at worst a body without a row, which <see cref="Sweep"/> removes.
/// </remarks>
internal abstract class BodyFiles : IAsyncDisposable
{
    protected const int IdLength = 32;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly Lock _lock = new();
    private readonly List<string> _deletedMeanwhile = [];
    private int _holds;

    /// <summary>Begins a body. What is written becomes a body by <see cref="BodyWriter.CompleteAsync"/>; disposed before that, nothing remains.</summary>
    public BodyWriter Create() => Create(NewId());

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

    /// <summary>A name that no run of the emulator gives twice. It is not from IdSource, which with a seed repeats itself and would meet the files of the last run.</summary>
    protected virtual string NewId() => RandomNumberGenerator.GetHexString(IdLength, lowercase: true);

    /// <summary>An id becomes part of a path, and one from a snapshot file may be anything.</summary>
    protected static bool IsId(string id) => id.Length == IdLength && !id.AsSpan().ContainsAnyExcept(HexDigits);

    protected static StoreException NoId(string id) => new($"\"{id}\" is no id of a body.");

    protected static FileNotFoundException NotFound(string id) => new($"There is no body {id}.");

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
