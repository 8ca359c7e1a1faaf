using System.Diagnostics.CodeAnalysis;

namespace Emulator.Storage;

/// <summary>The store in memory: a copy-on-write B+tree for each space. A snapshot or a fork is one reference, whatever the size.</summary>
internal sealed class MemoryStore : IStore
{
    private readonly Lock _writing = new();
    private volatile MemoryRoot _root;
    private long _clock;

    public MemoryStore() : this(MemoryRoot.Empty) { }

    private MemoryStore(MemoryRoot root) => (_root, _clock) = (root, root.Clock);

    /// <summary>A store with the present state that goes on alone.</summary>
    public MemoryStore Fork() => new(_root);

    public ISnapshot Snapshot() => _root;

    public long Version(Space space) => _root.Version(space);

    public ValueTask<T> WriteAsync<T>(Func<IWriteTransaction, T> write)
    {
        if (_writing.IsHeldByCurrentThread) throw new InvalidOperationException("A write cannot begin another.");
        lock (_writing)
        {
            var transaction = new MemoryTransaction(_root, _clock);
            try
            {
                var result = write(transaction);
                _root = transaction.Result();
                return new(result);
            }
            catch (Exception error)
            {
                return ValueTask.FromException<T>(error);
            }
            finally
            {
                _clock = transaction.End();
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>All trees of a store at one moment. Immutable.</summary>
internal sealed class MemoryRoot(Dictionary<string, int> indexes, (TreeNode? Root, long Version)[] trees, long clock) : ISnapshot, ITreeView
{
    public static MemoryRoot Empty { get; } = new([], [], 0);

    /// <summary>Where each space's tree is; grows by copies.</summary>
    public Dictionary<string, int> Indexes => indexes;

    public (TreeNode? Root, long Version)[] Trees => trees;

    /// <summary>The greatest version of a space.</summary>
    public long Clock => clock;

    public int Changes => 0;

    public IReadOnlyList<Space> Spaces => [.. indexes.Where(space => trees[space.Value].Root is not null).Select(space => new Space(space.Key))];

    public TreeNode? Root(Space space) => indexes.TryGetValue(space.Name, out var index) ? trees[index].Root : null;

    public bool TryGet(Space space, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        var item = Root(space)?.Find(key);
        value = item is null ? default : TreeItem.Value(item);
        return item is not null;
    }

    public IEnumerable<Entry> Range(Space space, KeyRange range, bool descending = false) => TreeScan.Entries(this, space, range, descending);

    public long Version(Space space) => indexes.TryGetValue(space.Name, out var index) ? trees[index].Version : 0;

    public void Dispose() { }
}

/// <summary>A write in progress on a root of its own. The nodes it made it changes in place.</summary>
[SuppressMessage("Design", "CA1001", Justification = "To dispose a root means nothing.")]
internal sealed class MemoryTransaction(MemoryRoot root, long clock) : IWriteTransaction, ITreeView
{
    private object? _owner = new();
    private bool _changed;
    private MemoryRoot _root = root;
    private long _clock = clock;

    public int Changes { get; private set; }

    public IReadOnlyList<Space> Spaces => Current.Spaces;

    private MemoryRoot Current
    {
        get
        {
            if (_owner is null) ThrowEnded();
            return _root;
        }
    }

    public TreeNode? Root(Space space) => Current.Root(space);

    public bool TryGet(Space space, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value) => Current.TryGet(space, key, out value);

    public IEnumerable<Entry> Range(Space space, KeyRange range, bool descending = false) => TreeScan.Entries(this, space, range, descending);

    public long Version(Space space) => Current.Version(space);

    public void Put(Space space, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value)
    {
        ref var tree = ref Change(space);
        tree.Root = TreeNode.Put(tree.Root, _owner!, TreeItem.Create(key.Span, value.Span));
    }

    public bool Delete(Space space, ReadOnlySpan<byte> key)
    {
        if (Root(space) is not { } tree || tree.Find(key) is null) return false;
        Change(space).Root = TreeNode.Delete(tree, _owner!, key);
        return true;
    }

    public long DeleteRange(Space space, KeyRange range)
    {
        if (Root(space) is not { } tree) return 0;
        var left = TreeNode.DeleteRange(tree, _owner!, range, out var removed);
        if (removed > 0) Change(space).Root = left;
        return removed;
    }

    /// <summary>What the store holds if this write commits.</summary>
    public MemoryRoot Result() => _changed ? new(_root.Indexes, _root.Trees, _clock) : _root;

    /// <summary>Ends the write: from here on its nodes are no one's. Returns the last version given.</summary>
    public long End()
    {
        _owner = null;
        return _clock;
    }

    /// <summary>The place of a space's tree in the root of this write, with its next version.</summary>
    private ref (TreeNode? Root, long Version) Change(Space space)
    {
        if (!Current.Indexes.TryGetValue(space.Name, out var index))
        {
            index = _root.Trees.Length;
            _root = new(new(_root.Indexes) { [space.Name] = index }, [.. _root.Trees, default], _clock);
        }
        else if (!_changed)
        {
            _root = new(_root.Indexes, [.. _root.Trees], _clock);
        }
        _changed = true;
        Changes++;
        ref var tree = ref _root.Trees[index];
        tree.Version = ++_clock;
        return ref tree;
    }

    [DoesNotReturn]
    private static void ThrowEnded() => throw new InvalidOperationException("The write has ended: what it gave cannot be used after it.");
}
