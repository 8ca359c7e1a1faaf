using System.Text;
using Emulator.S3.Bodies;
using Emulator.S3.Buckets;
using Emulator.S3.Checksums;
using Emulator.S3.Objects;
using Emulator.S3.Rows;
using Emulator.Storage;
using Microsoft.AspNetCore.StaticFiles;

namespace Emulator.S3.Declared;

/// <summary>Puts the files of a folder into a bucket, and again those that have changed. Links are not followed; nothing is deleted; no event is raised.</summary>
internal static class ContentFolder
{
    private static readonly Space Space = new("s3.content");

    private static readonly EnumerationOptions Files = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device | FileAttributes.System,
        IgnoreInaccessible = true,
    };

    public static async ValueTask PutAsync(S3Service service, Bucket bucket, string folder, List<string> differences, CancellationToken cancelled)
    {
        if (!Directory.Exists(folder))
        {
            differences.Add($"Bucket {bucket.Name}: the content folder {folder} does not exist.");
            return;
        }
        var types = new FileExtensionContentTypeProvider();
        foreach (var path in Directory.EnumerateFiles(folder, "*", Files))
        {
            cancelled.ThrowIfCancellationRequested();
            var key = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            if (Encoding.UTF8.GetByteCount(key) > S3Limits.KeyBytes) differences.Add($"Bucket {bucket.Name}: {path} has a name that is too long for a key.");
            else await PutFileAsync(service, bucket, key, new FileInfo(path), types.TryGetContentType(path, out var type) ? type : ObjectHeaders.DefaultContentType, cancelled);
        }
    }

    private static async ValueTask PutFileAsync(S3Service service, Bucket bucket, string key, FileInfo file, string contentType, CancellationToken cancelled)
    {
        var mark = new RowWriter(1).Number(file.Length).Number(file.LastWriteTimeUtc.Ticks).Text(contentType).ToRow();
        using (var snapshot = service.Snapshot())
        {
            if (snapshot.TryGet(Space, S3Keys.Object(bucket.Id, key), out var last) && last.Span.SequenceEqual(mark.Span)) return;
        }
        await using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        using var body = await ReceivedBody.ReceiveAsync(service.Context, stream, stream.Length, S3Limits.PutBytes, null, cancelled, ObjectChecksum.DefaultAlgorithm);
        var made = new StoredObject
        {
            Key = key,
            Size = body.Size,
            LastModified = service.Now,
            ETag = body.Hashes.ETag,
            Checksum = new(ObjectChecksum.DefaultAlgorithm, ChecksumType.FullObject, body.Hashes.Checksum(ObjectChecksum.DefaultAlgorithm)),
            BodyId = body.Id,
            Headers = new ObjectHeaders { ContentType = contentType },
        };
        var isPut = await service.CommitAsync(write =>
        {
            var tx = write.Transaction;
            tx.Put(Space, S3Keys.Object(bucket.Id, key), mark);
            var present = ObjectStore.Find(tx, bucket, key);
            if (present is not null && present.ETag == made.ETag && present.Headers.ContentType == contentType) return false; // touched, not changed
            body.AddTo(tx);
            var asItIs = BucketStore.Require(tx, new(bucket.Name, null)); // its versioning may have been set since it was looked at
            ObjectStore.Put(write, asItIs, made, present);
            return true;
        });
        if (isPut) body.Keep();
    }
}
