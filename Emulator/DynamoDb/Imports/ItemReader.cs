using System.Buffers;
using Emulator.DynamoDb.Items;

namespace Emulator.DynamoDb.Imports;

/// <summary>Reads items from the bytes of one object, which come in pieces: of the object no more is held than the item that has begun.</summary>
internal abstract class ItemReader
{
    /// <summary>What has come of the item that has begun.</summary>
    protected ArrayBufferWriter<byte> Begun { get; } = new();

    private int _marked;

    /// <summary>Whether the rest of the object cannot be understood.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads a piece; the items that end in it are added, absent ones for what cannot be one.</summary>
    public void Read(ReadOnlySpan<byte> piece, List<Item> items)
    {
        while (!IsBroken && !piece.IsEmpty) piece = piece[(IsByteOrderMark(piece[0]) ? 1 : Next(piece, items))..];
    }

    /// <summary>The object has ended.</summary>
    public abstract void End(List<Item> items);

    /// <summary>Reads the beginning of a piece, and returns how much.</summary>
    protected abstract int Next(ReadOnlySpan<byte> piece, List<Item> items);

    /// <summary>Keeps what comes before the first of some bytes, and returns how much that is.</summary>
    protected int Keep(ReadOnlySpan<byte> piece, SearchValues<byte> until)
    {
        var end = piece.IndexOfAny(until);
        var kept = end < 0 ? piece : piece[..end];
        Begun.Write(kept);
        return kept.Length;
    }

    /// <summary>Nothing more can be read of this object.</summary>
    protected void Break(List<Item> items)
    {
        items.Add(default);
        IsBroken = true;
    }

    /// <summary>At the beginning of an object, the mark of UTF-8 means nothing.</summary>
    private bool IsByteOrderMark(byte next)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (_marked < mark.Length && next == mark[_marked])
        {
            _marked++;
            return true;
        }
        _marked = mark.Length;
        return false;
    }
}
