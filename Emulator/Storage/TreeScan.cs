namespace Emulator.Storage;

/// <summary>A way through the leaves of a tree.</summary>
internal sealed class TreeScan
{
    private readonly List<(TreeNode Node, int At)> _above = new(4);

    public TreeNode Leaf { get; private set; }

    private TreeScan(TreeNode root) => Leaf = root;

    /// <summary>The entries of a range of a space that may change on the way, if <paramref name="view"/> is a write's.</summary>
    public static IEnumerable<Entry> Entries(ITreeView view, Space space, KeyRange range, bool descending) =>
        descending ? Descending(view, space, range) : Ascending(view, space, range);

    private static IEnumerable<Entry> Ascending(ITreeView view, Space space, KeyRange range)
    {
        var from = range.From;
    again:
        var changes = view.Changes;
        if (view.Root(space) is not { } root) yield break;
        var scan = new TreeScan(root);
        scan.DescendTo(from.Span);
        var at = scan.Leaf.LowerBound(from.Span, out _);
        do
        {
            var leaf = scan.Leaf;
            var end = range.To is { } to ? leaf.LowerBound(to.Span, out _) : leaf.Count;
            while (at < end)
            {
                var entry = TreeItem.Entry(leaf.Item(at++));
                yield return entry;
                if (view.Changes == changes) continue;
                from = (byte[])[.. entry.Key.Span, 0];
                goto again;
            }
            if (end < leaf.Count) yield break;
            at = 0;
        }
        while (scan.MoveRight());
    }

    private static IEnumerable<Entry> Descending(ITreeView view, Space space, KeyRange range)
    {
        var to = range.To;
    again:
        var changes = view.Changes;
        if (view.Root(space) is not { } root) yield break;
        var scan = new TreeScan(root);
        if (to is { } end) scan.DescendTo(end.Span);
        else scan.DescendToLast();
        var at = to is { } limit ? scan.Leaf.LowerBound(limit.Span, out _) : scan.Leaf.Count;
        do
        {
            var leaf = scan.Leaf;
            var start = leaf.LowerBound(range.From.Span, out _);
            while (at > start)
            {
                var entry = TreeItem.Entry(leaf.Item(--at));
                yield return entry;
                if (view.Changes == changes) continue;
                to = entry.Key;
                goto again;
            }
            if (start > 0 || !scan.MoveLeft()) yield break;
            at = scan.Leaf.Count;
        }
        while (true);
    }

    private void DescendTo(ReadOnlySpan<byte> key)
    {
        while (!Leaf.IsLeaf) Enter(Leaf.ChildOf(key));
    }

    private void DescendToFirst()
    {
        while (!Leaf.IsLeaf) Enter(0);
    }

    private void DescendToLast()
    {
        while (!Leaf.IsLeaf) Enter(Leaf.Count);
    }

    private bool MoveRight()
    {
        while (_above.Count > 0)
        {
            var (node, at) = Leave();
            if (at == node.Count) continue;
            Leaf = node;
            Enter(at + 1);
            DescendToFirst();
            return true;
        }
        return false;
    }

    private bool MoveLeft()
    {
        while (_above.Count > 0)
        {
            var (node, at) = Leave();
            if (at == 0) continue;
            Leaf = node;
            Enter(at - 1);
            DescendToLast();
            return true;
        }
        return false;
    }

    private void Enter(int child)
    {
        _above.Add((Leaf, child));
        Leaf = Leaf.Child(child);
    }

    private (TreeNode Node, int At) Leave()
    {
        var last = _above[^1];
        _above.RemoveAt(_above.Count - 1);
        return last;
    }
}

/// <summary>Where a scan finds its tree.</summary>
internal interface ITreeView
{
    /// <summary>A number that differs after each change.</summary>
    int Changes { get; }

    TreeNode? Root(Space space);
}
