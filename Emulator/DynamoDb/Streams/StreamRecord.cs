using System.Buffers.Binary;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Streams;

/// <summary>The record of one change: what happened, when, and of the item what the stream's view type asks for.</summary>
/// <param name="New">Empty where there is none, or the view type leaves it out.</param>
internal readonly record struct StreamRecord(StreamEvent Event, DateTimeOffset At, bool ByTimeToLive, AttributeMap Keys, AttributeMap New, AttributeMap Old)
{
    private const byte Version = 1;
    private const int Header = 10;
    private const byte EventMask = 3, HasNew = 4, HasOld = 8, TimeToLive = 16;

    /// <summary>Keys and images, as AWS counts them (SizeBytes of the recorded events).</summary>
    public int SizeBytes => ItemSize.OfEntries(Keys.Entries.Span) + ItemSize.OfEntries(New.Entries.Span) + ItemSize.OfEntries(Old.Entries.Span);

    /// <summary>The record in the store: version, flags, milliseconds; then the images, each with its length, or the keys where there is no image.</summary>
    public static byte[] Encode(TableStream stream, Item before, Item after, in ItemChange change)
    {
        var @new = stream.ViewType is "NEW_IMAGE" or "NEW_AND_OLD_IMAGES" ? after.Attributes : default;
        var old = stream.ViewType is "OLD_IMAGE" or "NEW_AND_OLD_IMAGES" ? before.Attributes : default;
        var what = before.IsAbsent ? StreamEvent.INSERT : after.IsAbsent ? StreamEvent.REMOVE : StreamEvent.MODIFY;
        using var writer = new ValueWriter(64 + @new.Entries.Length + old.Entries.Length);
        writer.Byte(Version);
        writer.Byte((byte)((int)what | (@new.IsEmpty ? 0 : HasNew) | (old.IsEmpty ? 0 : HasOld) | (change.ByTimeToLive ? TimeToLive : 0)));
        BinaryPrimitives.WriteInt64LittleEndian(writer.Span(8), change.At.ToUnixTimeMilliseconds());
        if (!@new.IsEmpty) writer.LengthPrefixed(@new.Entries.Span);
        if (!old.IsEmpty) writer.LengthPrefixed(old.Entries.Span);
        if (@new.IsEmpty && old.IsEmpty) writer.LengthPrefixed(stream.KeysOf(after.IsAbsent ? before.Attributes : after.Attributes).Entries.Span);
        return writer.ToArray();
    }

    public static StreamRecord Read(TableStream stream, ReadOnlyMemory<byte> row)
    {
        if (row.Span[0] != Version) throw new InvalidDataException($"A stream record of format {row.Span[0]} was written by a newer version.");
        var flags = row.Span[1];
        var at = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(row.Span[2..]));
        var rest = row[Header..];
        var @new = (flags & HasNew) != 0 ? Next(ref rest) : default;
        var old = (flags & HasOld) != 0 ? Next(ref rest) : default;
        var keys = (flags & (HasNew | HasOld)) == 0 ? Next(ref rest) : stream.KeysOf(@new.IsEmpty ? old : @new);
        return new((StreamEvent)(flags & EventMask), at, (flags & TimeToLive) != 0, keys, @new, old);
    }

    private static AttributeMap Next(ref ReadOnlyMemory<byte> rest)
    {
        var entries = ValueLayout.ReadLengthPrefixed(rest, out var taken);
        rest = rest[taken..];
        return new(entries);
    }
}

/// <summary>What a change did, by AWS's names.</summary>
internal enum StreamEvent : byte
{
    INSERT = 1,
    MODIFY = 2,
    REMOVE = 3,
}
