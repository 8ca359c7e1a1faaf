using System.Text;
using Emulator.S3.Buckets;
using Emulator.S3.Objects;
using Emulator.S3.Rows;
using Emulator.Storage;

namespace Emulator.S3.Listing;

/// <summary>A version in a list: its row, and whether it is the newest of its key.</summary>
internal readonly record struct ListedVersion(ReadOnlyMemory<byte> Row, bool IsLatest);

/// <summary>All versions of a bucket in the order of keys and, for one key, from the newest: the current objects merged with the older versions.</summary>
internal static class VersionList
{
    /// <param name="after">With the query's marker: the place of the version after which the list begins; null: after all versions of that key.</param>
    public static ListPage<ListedVersion> Read(IReader reader, Bucket bucket, in ListQuery query, long? after)
    {
        var (marked, prefix) = (query.After, query.Prefix);
        return ListWalk.Walk(query with { StartsWithin = after is not null }, from =>
            Merge(reader, bucket, from, prefix, from.AsSpan().SequenceEqual(marked) ? after : null));
    }

    private static IEnumerable<(ReadOnlyMemory<byte> Name, ListedVersion Item)> Merge(IReader reader, Bucket bucket, byte[] from, byte[] prefix, long? after)
    {
        using var objects = ObjectStore.Range(reader, bucket, from, prefix).GetEnumerator();
        var current = Next(objects);
        ReadOnlyMemory<byte> listed = default; // the key whose newest version has been seen
        var key = after is null ? "" : Encoding.UTF8.GetString(from);
        if (after is { } place && (ObjectStore.Find(reader, bucket, key) ?? VersionStore.FindNewest(reader, bucket, key))?.Sequence >= place)
        {
            listed = from;
            if (current is { } first && first.Span.SequenceEqual(from)) current = Next(objects);
        }
        var versions = after is null ? S3Keys.FromKey(bucket.Id, from) : S3Keys.Version(bucket.Id, key, after.Value - 1);
        foreach (var (row, value) in VersionStore.Range(reader, bucket, versions))
        {
            var name = S3Keys.KeyOfVersion(row);
            for (; current is { } before && before.Span.SequenceCompareTo(name.Span) <= 0; current = Next(objects)) yield return (listed = before, new(objects.Current.Value, true));
            // The first version of a key without a current object is its delete marker.
            yield return (name, new(value, !listed.Span.SequenceEqual(name.Span)));
            listed = name;
        }
        for (; current is { } rest; current = Next(objects)) yield return (rest, new(objects.Current.Value, true));
    }

    private static ReadOnlyMemory<byte>? Next(IEnumerator<Entry> objects) => objects.MoveNext() ? objects.Current.Key[S3Keys.BucketIdBytes..] : default(ReadOnlyMemory<byte>?);
}
