using System.Buffers.Binary;
using System.Text;

namespace Emulator.Storage;

/// <summary>How many owners a body has: one row of the store for each body that has any. Copies share a body by one count more.</summary>
internal static class BodyReferences
{
    public static Space Space { get; } = new("bodies");

    /// <summary>Counts one more owner: in the write that names the body.</summary>
    public static void Add(IWriteTransaction write, string id) => Set(write, id, Count(write, id) + 1);

    /// <summary>Counts one owner less: in the write that removes what named the body. True if that was the last: then, once the write is committed, <see cref="BodyFiles.Delete"/> it.</summary>
    public static bool Release(IWriteTransaction write, string id)
    {
        var left = Count(write, id) - 1;
        if (left < 0) return false;
        if (left > 0) Set(write, id, left);
        else write.Delete(Space, Key(id));
        return left == 0;
    }

    public static bool Contains(IReader rows, string id) => rows.TryGet(Space, Key(id), out _);

    /// <summary>The ids of all bodies that have an owner.</summary>
    public static IEnumerable<string> All(IReader rows) => rows.Range(Space, KeyRange.All).Select(entry => Encoding.ASCII.GetString(entry.Key.Span));

    private static long Count(IReader rows, string id) =>
        rows.TryGet(Space, Key(id), out var count) ? BinaryPrimitives.ReadInt64BigEndian(count.Span) : 0;

    private static void Set(IWriteTransaction write, string id, long count)
    {
        var value = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(value, count);
        write.Put(Space, Key(id), value);
    }

    private static byte[] Key(string id) => Encoding.ASCII.GetBytes(id);
}
