namespace Emulator.Storage;

/// <summary>Immutable bodies (objects, function code), named by id.</summary>
internal abstract class BodyFiles : IAsyncDisposable
{
    /// <summary>Begins a body. What is written becomes a body by <see cref="BodyWriter.CompleteAsync"/>; disposed before that, nothing remains.</summary>
    public abstract BodyWriter Create();

    /// <summary>Opens a body for reading from an offset; the stream stays readable although the body is deleted meanwhile.</summary>
    public abstract Stream OpenRead(string id, long offset = 0);

    /// <summary>Counts one more owner of the body (a copy), so that it lives until each has deleted it.</summary>
    public abstract void Delete(string id);

    /// <summary>Removes the bodies that no row names (left by a crash).</summary>
    public abstract void Sweep(IReadOnlySet<string> named);

    public abstract ValueTask DisposeAsync();
}

/// <summary>A body being written.</summary>
internal abstract class BodyWriter : Stream
{
    /// <summary>The name under which the row of the store will know it.</summary>
    public abstract string Id { get; }

    /// <summary>Makes the body durable as the engine promises. Then, and not before, a row may name it.</summary>
    public abstract ValueTask CompleteAsync(CancellationToken cancelled = default);
}
