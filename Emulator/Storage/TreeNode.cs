using System.Buffers.Binary;

namespace Emulator.Storage;

/// <summary>A node of a copy-on-write B+tree, ordered by the bytes of the keys.</summary>
/// <remarks>
/// A node is changed in place only by the write that made it (its owner); any other write replaces it by a copy, so whoever holds a root holds that moment, and readers need no lock.
/// A leaf holds entries; an inner node holds children and between each two of them a separator, the shortest key that is not above the right one's first.
/// A search compares integers: <see cref="_heads"/> are the eight bytes of each key that follow what all keys of the node share (account, region, table).
/// </remarks>
internal sealed class TreeNode
{
    private const int Capacity = 31;
    private const int Small = Capacity / 4;
    private const int Comfortable = Capacity * 3 / 4;

    private readonly object _owner;
    private int _count;
    private int _shared;
    private ulong[] _heads;
    private byte[][] _items;
    private TreeNode[]? _children;

    private TreeNode(object owner, int room, bool leaf)
    {
        _owner = owner;
        _heads = new ulong[room];
        _items = new byte[room][];
        _children = leaf ? null : new TreeNode[room + 1];
    }

    /// <summary>Entries of a leaf, separators of an inner node.</summary>
    public int Count => _count;

    public bool IsLeaf => _children is null;

    public TreeNode Child(int index) => _children![index];

    public byte[] Item(int index) => _items[index];

    public static TreeNode Leaf(object owner, byte[] item)
    {
        var leaf = new TreeNode(owner, Room(1), leaf: true);
        leaf.Insert(0, item, null);
        return leaf;
    }

    public byte[]? Find(ReadOnlySpan<byte> key)
    {
        var node = this;
        while (node._children is { } children) node = children[node.ChildOf(key)];
        var at = node.LowerBound(key, out var found);
        return found ? node._items[at] : null;
    }

    /// <summary>The index of the first item that is not below the key.</summary>
    public int LowerBound(ReadOnlySpan<byte> key, out bool found)
    {
        found = false;
        if (_count == 0) return 0;
        if (_shared > 0)
        {
            var order = key[..Math.Min(key.Length, _shared)].SequenceCompareTo(TreeItem.Key(_items[0])[.._shared]);
            if (order != 0) return order < 0 ? 0 : _count;
        }

        var head = Head(key, _shared);
        var heads = _heads.AsSpan(0, _count);
        var low = FirstNotBelow(heads, head);
        if (low == _count || heads[low] != head) return low;

        // Among those with the same head the rest of the key decides.
        var rest = key[_shared..];
        var high = head == ulong.MaxValue ? _count : low + FirstNotBelow(heads[low..], head + 1);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var order = TreeItem.Key(_items[middle])[_shared..].SequenceCompareTo(rest);
            if (order == 0)
            {
                found = true;
                return middle;
            }
            if (order < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>The index of the child that holds the key if any does: a separator is the first key that may stand right of it.</summary>
    public int ChildOf(ReadOnlySpan<byte> key)
    {
        var at = LowerBound(key, out var found);
        return found ? at + 1 : at;
    }

    /// <summary>Puts the item into a tree.</summary>
    /// <returns>The root to take its place.</returns>
    public static TreeNode Put(TreeNode? root, object owner, byte[] item)
    {
        if (root is null) return Leaf(owner, item);
        var lower = root.Put(owner, item, TreeItem.Key(item), out var split);
        if (split is not { } upper) return lower;
        var top = new TreeNode(owner, Room(1), leaf: false);
        top._children![0] = lower;
        top.Insert(0, upper.Separator, upper.Node);
        return top;
    }

    /// <summary>Removes a key that is there.</summary>
    /// <returns>The root to take its place; null when nothing is left.</returns>
    public static TreeNode? Delete(TreeNode root, object owner, ReadOnlySpan<byte> key) => WithoutIdleTop(root.Delete(owner, key));

    /// <summary>Removes the keys of a range. Subtrees that lie wholly in it are dropped, not emptied.</summary>
    /// <returns>The root to take its place; null when nothing is left.</returns>
    public static TreeNode? DeleteRange(TreeNode root, object owner, KeyRange range, out long removed)
    {
        removed = 0;
        if (range.To is { } to && range.From.Span.SequenceCompareTo(to.Span) >= 0) return root;
        return WithoutIdleTop(root.DeleteRange(owner, range, ref removed));
    }

    private static TreeNode? WithoutIdleTop(TreeNode? root)
    {
        while (root is { _children: { } children, _count: 0 }) root = children[0];
        return root;
    }

    private TreeNode Put(object owner, byte[] item, ReadOnlySpan<byte> key, out Split? split)
    {
        split = null;
        var at = LowerBound(key, out var found);
        if (_children is null)
        {
            var leaf = Editable(owner);
            if (found) leaf._items[at] = item;
            else split = leaf.Insert(at, item, null);
            return leaf;
        }
        if (found) at++;
        var child = _children[at].Put(owner, item, key, out var below);
        var node = Editable(owner);
        node._children![at] = child;
        if (below is { } upper) split = node.Insert(at, upper.Separator, upper.Node);
        return node;
    }

    private TreeNode? Delete(object owner, ReadOnlySpan<byte> key)
    {
        if (_children is null)
        {
            if (_count == 1) return null;
            var leaf = Editable(owner);
            leaf.RemoveItem(LowerBound(key, out _));
            return leaf;
        }
        var at = ChildOf(key);
        var child = _children[at].Delete(owner, key);
        return child is null ? Keep(owner, at, at, null, null) : WithChild(owner, at, child);
    }

    private TreeNode? DeleteRange(object owner, KeyRange range, ref long removed)
    {
        var first = _children is null ? LowerBound(range.From.Span, out _) : ChildOf(range.From.Span);
        var last = range.To is { } to ? LowerBound(to.Span, out _) : _count;
        if (_children is null)
        {
            if (first == last) return this;
            removed += last - first;
            return first == 0 && last == _count ? null : WithoutItems(owner, first, last);
        }
        if (first == last)
        {
            var child = _children[first].DeleteRange(owner, range, ref removed);
            if (child == _children[first]) return this;
            return child is null ? Keep(owner, first, first, null, null) : WithChild(owner, first, child);
        }
        for (var i = first + 1; i < last; i++) removed += _children[i].CountEntries();
        return Keep(owner, first, last, _children[first].DeleteRange(owner, range with { To = null }, ref removed), _children[last].DeleteRange(owner, range with { From = default }, ref removed));
    }

    private long CountEntries()
    {
        if (_children is null) return _count;
        long sum = 0;
        for (var i = 0; i <= _count; i++) sum += _children[i].CountEntries();
        return sum;
    }

    private TreeNode Editable(object owner) => _owner == owner ? this : Copy(owner, 0, _count);

    /// <summary>A copy of the items from an index to another, with room for one more; of an inner node with the children around them.</summary>
    private TreeNode Copy(object owner, int from, int to)
    {
        var copy = new TreeNode(owner, Room(to - from + 1), IsLeaf) { _count = to - from, _shared = _shared };
        Array.Copy(_items, from, copy._items, 0, copy._count);
        Array.Copy(_heads, from, copy._heads, 0, copy._count);
        if (_children is not null) Array.Copy(_children, from, copy._children!, 0, copy._count + 1);
        return copy;
    }

    /// <summary>Inserts an item and, in an inner node, the child on its right. The node is the owner's.</summary>
    private Split? Insert(int at, byte[] item, TreeNode? right)
    {
        if (_count == _items.Length) Grow();
        Array.Copy(_items, at, _items, at + 1, _count - at);
        Array.Copy(_heads, at, _heads, at + 1, _count - at);
        _items[at] = item;
        if (right is not null)
        {
            Array.Copy(_children!, at + 1, _children!, at + 2, _count - at);
            _children![at + 1] = right;
        }
        _count++;
        if (at == 0 || at == _count - 1) Rehead(at);
        else _heads[at] = Head(TreeItem.Key(item), _shared);
        return _count > Capacity ? SplitAround(at) : null;
    }

    /// <summary>Halves the node, but where it grows at an end (keys that come in order) leaves it nearly full.</summary>
    private Split SplitAround(int at)
    {
        var cut = at == _count - 1 ? _count - 2 : at == 0 ? 2 : _count / 2;
        var upper = Copy(_owner, IsLeaf ? cut : cut + 1, _count);
        upper.Rehead();
        var separator = IsLeaf ? Between(TreeItem.Key(_items[cut - 1]), TreeItem.Key(_items[cut])) : _items[cut];
        Array.Clear(_items, cut, _count - cut);
        if (_children is not null) Array.Clear(_children, cut + 1, _count - cut);
        _count = cut;
        Rehead();
        return new(separator, upper);
    }

    /// <summary>The shortest key above the left one and not above the right one, as a separator.</summary>
    private static byte[] Between(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        TreeItem.Create(right[..(left.CommonPrefixLength(right) + 1)], default);

    private void RemoveItem(int at)
    {
        _count--;
        Array.Copy(_items, at + 1, _items, at, _count - at);
        Array.Copy(_heads, at + 1, _heads, at, _count - at);
        _items[_count] = null!;
    }

    private TreeNode WithoutItems(object owner, int first, int last)
    {
        var node = Copy(owner, 0, first);
        for (var i = last; i < _count; i++) node.Append(_items[i], null);
        node.Rehead();
        return node;
    }

    /// <summary>The node with another child, which is merged with a neighbour if it has become small.</summary>
    private TreeNode WithChild(object owner, int at, TreeNode child)
    {
        var node = Editable(owner);
        node._children![at] = child;
        if (child._count < Small) node.MergeAround(at);
        return node;
    }

    /// <summary>The node with what is left of the first and the last child, and without those between; null when nothing is left.</summary>
    private TreeNode? Keep(object owner, int first, int last, TreeNode? left, TreeNode? right)
    {
        var node = new TreeNode(owner, Room(_count), leaf: false);
        var children = 0;
        for (var i = 0; i <= _count; i++)
        {
            var child = i < first || i > last ? _children![i] : i == first ? left : i == last ? right : null;
            if (child is null) continue;
            if (children > 0) node._items[children - 1] = _items[i - 1];
            node._children![children++] = child;
        }
        if (children == 0) return null;
        node._count = children - 1;
        node.Rehead();
        if (right is { _count: < Small }) node.MergeAround(left is null ? first : first + 1);
        if (left is { _count: < Small }) node.MergeAround(first);
        return node;
    }

    /// <summary>Joins a small child with the neighbour on its left, or else on its right, if both fit into one node comfortably. The node is the owner's.</summary>
    private void MergeAround(int at)
    {
        if (_count == 0) return;
        var separator = at > 0 ? at - 1 : 0;
        var (left, right) = (_children![separator], _children[separator + 1]);
        if (left._count + right._count > Comfortable) return;
        var joined = left.Copy(_owner, 0, left._count);
        if (!left.IsLeaf) joined.Append(_items[separator], right._children![0]);
        for (var i = 0; i < right._count; i++) joined.Append(right._items[i], right._children?[i + 1]);
        joined.Rehead();
        _children[separator] = joined;
        Array.Copy(_children, separator + 2, _children, separator + 1, _count - separator - 1);
        _children[_count] = null!;
        RemoveItem(separator);
    }

    /// <summary>Adds at the end without a head: <see cref="Rehead()"/> follows.</summary>
    private void Append(byte[] item, TreeNode? right)
    {
        if (_count == _items.Length) Grow();
        _items[_count++] = item;
        if (right is not null) _children![_count] = right;
    }

    private void Grow()
    {
        var room = Room(_count + 1);
        Array.Resize(ref _items, room);
        Array.Resize(ref _heads, room);
        if (_children is not null) Array.Resize(ref _children, room + 1);
    }

    private static int Room(int count) => (count + 7) & ~7;

    /// <summary>Sets the heads after an item came in at an end: all of them if the keys share less than before.</summary>
    private void Rehead(int at)
    {
        if (SharedByAll() < _shared || _count == 1) Rehead();
        else _heads[at] = Head(TreeItem.Key(_items[at]), _shared);
    }

    private void Rehead()
    {
        _shared = SharedByAll();
        for (var i = 0; i < _count; i++) _heads[i] = Head(TreeItem.Key(_items[i]), _shared);
    }

    /// <summary>What the first and the last key share all between them do.</summary>
    private int SharedByAll() => _count == 0 ? 0 : TreeItem.Key(_items[0]).CommonPrefixLength(TreeItem.Key(_items[_count - 1]));

    /// <summary>The eight bytes of the key from an index, as a number of the same order; zeros stand for what is missing, so equal heads decide nothing.</summary>
    private static ulong Head(ReadOnlySpan<byte> key, int from)
    {
        key = key[from..];
        if (key.Length >= sizeof(ulong)) return BinaryPrimitives.ReadUInt64BigEndian(key);
        ulong head = 0;
        for (var i = 0; i < key.Length; i++) head |= (ulong)key[i] << (56 - (8 * i));
        return head;
    }

    private static int FirstNotBelow(ReadOnlySpan<ulong> heads, ulong head)
    {
        var low = 0;
        var length = heads.Length;
        while (length > 0)
        {
            var half = length >>> 1;
            if (heads[low + half] < head)
            {
                low += half + 1;
                length -= half + 1;
            }
            else
            {
                length = half;
            }
        }
        return low;
    }

    /// <summary>The upper part of a node that had to be split, and the first key that may stand in it.</summary>
    private readonly record struct Split(byte[] Separator, TreeNode Node);
}
