using System.Text;
using System.Text.Json;
using Emulator.S3.Buckets;
using Emulator.Storage;

namespace Emulator.S3.Lifecycle;

/// <summary>The lifecycle configurations of all buckets, by name: so that it is seen at once whether there is any.</summary>
internal static class LifecycleStore
{
    private static readonly Space Space = new("s3.lifecycle");

    public static LifecycleDocument? Find(IReader reader, Bucket bucket) =>
        reader.TryGet(Space, Encoding.ASCII.GetBytes(bucket.Name), out var row) ? JsonSerializer.Deserialize(row.Span, S3Json.Default.LifecycleDocument) : null;

    /// <summary>Grows with each change of any bucket's configuration.</summary>
    public static long Version(IReader reader) => reader.Version(Space);

    public static bool Any(IReader reader) => reader.Range(Space, KeyRange.All).Any();

    /// <summary>The names of the buckets that have rules.</summary>
    public static List<string> Names(IReader reader) => [.. reader.Range(Space, KeyRange.All).Select(entry => Encoding.ASCII.GetString(entry.Key.Span))];

    public static void Put(IWriteTransaction tx, Bucket bucket, LifecycleDocument document) =>
        tx.Put(Space, Encoding.ASCII.GetBytes(bucket.Name), JsonSerializer.SerializeToUtf8Bytes(document, S3Json.Default.LifecycleDocument));

    public static void Delete(IWriteTransaction tx, Bucket bucket) => tx.Delete(Space, Encoding.ASCII.GetBytes(bucket.Name));
}
