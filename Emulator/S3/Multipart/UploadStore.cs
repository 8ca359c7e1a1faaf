using System.Text;
using Emulator.S3.Bodies;
using Emulator.S3.Buckets;
using Emulator.S3.Rows;
using Emulator.Storage;

namespace Emulator.S3.Multipart;

/// <summary>The multipart uploads in progress and their parts.</summary>
internal static class UploadStore
{
    private static readonly Space Uploads = new("s3.uploads");
    private static readonly Space Parts = new("s3.parts");

    public static MultipartUpload? Find(IReader reader, Bucket bucket, string key, string uploadId) =>
        reader.TryGet(Uploads, S3Keys.UnderKey(bucket.Id, key, uploadId), out var row) ? MultipartUpload.FromRow(key, uploadId, row.Span) : null;

    /// <summary>The upload, or NoSuchUpload.</summary>
    public static MultipartUpload Require(IReader reader, Bucket bucket, string key, string uploadId) =>
        Find(reader, bucket, key, uploadId) ?? throw S3Errors.NoSuchUpload(uploadId);

    /// <summary>The uploads of a bucket in the order of keys and, for one key, of their beginning.</summary>
    public static IEnumerable<MultipartUpload> List(IReader reader, Bucket bucket, ReadOnlyMemory<byte> from)
    {
        foreach (var (key, value) in reader.Range(Uploads, new KeyRange(from, KeyRange.Successor(S3Keys.Bucket(bucket.Id)))))
        {
            var (utf8Key, uploadId) = S3Keys.ReadUnderKey(key.Span);
            yield return MultipartUpload.FromRow(Encoding.UTF8.GetString(utf8Key), uploadId, value.Span);
        }
    }

    /// <summary>The id of the upload of a key that began last; null where there is none.</summary>
    public static string? LastId(IReader reader, Bucket bucket, string key)
    {
        foreach (var (row, _) in reader.Range(Uploads, KeyRange.Prefix(S3Keys.UnderKey(bucket.Id, key)), descending: true)) return S3Keys.ReadUnderKey(row.Span).Suffix;
        return null;
    }

    public static bool Any(IReader reader, Bucket bucket) => reader.Range(Uploads, KeyRange.Prefix(S3Keys.Bucket(bucket.Id))).Any();

    public static void Put(IWriteTransaction tx, Bucket bucket, MultipartUpload upload) =>
        tx.Put(Uploads, S3Keys.UnderKey(bucket.Id, upload.Key, upload.UploadId), upload.ToRow());

    /// <summary>The key has been written or deleted: its uploads take note. Those before one that has taken note have too, so that each is looked at once.</summary>
    public static void Disturb(IWriteTransaction tx, Bucket bucket, string key)
    {
        List<MultipartUpload>? undisturbed = null;
        foreach (var (row, value) in tx.Range(Uploads, KeyRange.Prefix(S3Keys.UnderKey(bucket.Id, key)), descending: true))
        {
            var upload = MultipartUpload.FromRow(key, S3Keys.ReadUnderKey(row.Span).Suffix, value.Span);
            if (upload.IsDisturbed) break;
            (undisturbed ??= []).Add(upload);
        }
        undisturbed?.ForEach(upload => Put(tx, bucket, upload with { IsDisturbed = true }));
    }

    public static UploadedPart? FindPart(IReader reader, string uploadId, int number) =>
        reader.TryGet(Parts, S3Keys.Part(uploadId, number), out var row) ? UploadedPart.FromRow(number, row.Span) : null;

    /// <summary>The parts of an upload after a number, in order.</summary>
    public static IEnumerable<UploadedPart> ListParts(IReader reader, string uploadId, int after = 0)
    {
        foreach (var (key, value) in reader.Range(Parts, new KeyRange(S3Keys.Part(uploadId, after + 1), S3Keys.Part(uploadId, int.MaxValue))))
        {
            yield return UploadedPart.FromRow(S3Keys.PartNumber(key.Span), value.Span);
        }
    }

    /// <summary>Puts the part in the place of one of the same number.</summary>
    public static void PutPart(IWriteTransaction tx, string uploadId, UploadedPart part, List<string> freed)
    {
        if (FindPart(tx, uploadId, part.Number) is { } replaced) BodyStore.Release(tx, replaced.Slices, freed);
        tx.Put(Parts, S3Keys.Part(uploadId, part.Number), part.ToRow());
    }

    /// <summary>Ends an upload: its row goes, and the bodies of all parts that are not taken over.</summary>
    public static void Remove(IWriteTransaction tx, Bucket bucket, MultipartUpload upload, IReadOnlySet<int> takenOver, List<string> freed)
    {
        foreach (var part in ListParts(tx, upload.UploadId).ToList())
        {
            if (!takenOver.Contains(part.Number)) BodyStore.Release(tx, part.Slices, freed);
            tx.Delete(Parts, S3Keys.Part(upload.UploadId, part.Number));
        }
        tx.Delete(Uploads, S3Keys.UnderKey(bucket.Id, upload.Key, upload.UploadId));
    }

    /// <summary>Removes all uploads of a bucket.</summary>
    public static void RemoveAll(IWriteTransaction tx, Bucket bucket, List<string> freed)
    {
        foreach (var upload in List(tx, bucket, S3Keys.Bucket(bucket.Id)).ToList()) Remove(tx, bucket, upload, new HashSet<int>(), freed);
    }
}
