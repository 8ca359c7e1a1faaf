using System.Buffers.Binary;
using Emulator.Storage;

namespace Emulator.S3.Replication;

/// <summary>What waits to be replicated, in the order in which it was asked for: written with the change that asks for it, so that neither is without the other.</summary>
internal static class ReplicationQueue
{
    private static readonly Space Space = new("s3.replication");

    public static bool Any(IReader reader) => reader.Range(Space, KeyRange.All).Any();

    /// <summary>The first ones, each with its place.</summary>
    public static List<(ReadOnlyMemory<byte> Place, ReplicationTask Task)> First(IReader reader, int count) =>
        [.. reader.Range(Space, KeyRange.All).Take(count).Select(entry => (entry.Key, ReplicationTask.FromRow(entry.Value.Span)))];

    public static void Add(IWriteTransaction tx, ReplicationTask task)
    {
        var place = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(place, Last(tx) + 1);
        tx.Put(Space, place, task.ToRow());
    }

    public static void Remove(IWriteTransaction tx, ReadOnlyMemory<byte> place) => tx.Delete(Space, place.Span);

    private static long Last(IReader reader)
    {
        foreach (var (place, _) in reader.Range(Space, KeyRange.All, descending: true)) return BinaryPrimitives.ReadInt64BigEndian(place.Span);
        return 0;
    }
}
