using System.Text;
using Emulator.S3.Lifecycle;
using Emulator.Storage;

namespace Emulator.S3.Buckets;

/// <summary>The buckets of all accounts: their names share one space.</summary>
internal static class BucketStore
{
    public static readonly Space Space = new("s3.buckets");

    public static Bucket? Find(IReader reader, string name)
    {
        Span<byte> key = stackalloc byte[64];
        if (name.Length is 0 or > 63 || !Encoding.UTF8.TryGetBytes(name, key, out var length)) return null;
        return reader.TryGet(Space, key[..length], out var row) ? Bucket.FromRow(name, row.Span) : null;
    }

    /// <summary>The bucket, or NoSuchBucket, or AccessDenied where its owner is not the one expected.</summary>
    public static Bucket Require(IReader reader, BucketReference reference)
    {
        var bucket = Find(reader, reference.Name) ?? throw S3Errors.NoSuchBucket(reference.Name);
        if (reference.ExpectedOwner is { } owner && owner != bucket.Account) throw S3Errors.AccessDenied();
        return bucket;
    }

    /// <summary>All buckets whose names begin with the prefix and stand after the given name, in order.</summary>
    public static IEnumerable<Bucket> List(IReader reader, string prefix = "", string? after = null)
    {
        var range = KeyRange.Prefix(Encoding.UTF8.GetBytes(prefix));
        if (after is not null && string.CompareOrdinal(after, prefix) >= 0) range = range with { From = Encoding.UTF8.GetBytes(after + "\0") };
        foreach (var (key, value) in reader.Range(Space, range)) yield return Bucket.FromRow(Encoding.UTF8.GetString(key.Span), value.Span);
    }

    public static void Put(IWriteTransaction tx, Bucket bucket) => tx.Put(Space, Encoding.UTF8.GetBytes(bucket.Name), bucket.ToRow());

    /// <summary>Removes the bucket and its settings. It must be empty.</summary>
    public static void Delete(IWriteTransaction tx, Bucket bucket)
    {
        tx.Delete(Space, Encoding.UTF8.GetBytes(bucket.Name));
        BucketSettings.DeleteAll(tx, bucket);
        LifecycleStore.Delete(tx, bucket);
    }
}
