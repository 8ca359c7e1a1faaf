using System.Text;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Lifecycle;

namespace Emulator.S3.Operations;

/// <summary>The lifecycle rules of a bucket: put, get, delete.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html</remarks>
internal static class BucketLifecycle
{
    public static BucketLifecycleInput Bind(RestRequest request) =>
        new(S3Request.Bucket(request), S3Request.CheckedDocument(request), request.Header(LifecycleConfiguration.MinimumSizeHeader));

    public static async ValueTask<LifecycleDocument> Put(S3Service service, Call call, BucketLifecycleInput input)
    {
        var document = LifecycleConfiguration.Accept(await input.Document.ReadAsync("LifecycleConfiguration", call.Cancelled), input.MinimumSize, service.Context.Ids);
        await service.CommitAsync((tx, _) =>
        {
            LifecycleStore.Put(tx, BucketStore.Require(tx, input.Bucket), document);
            return true;
        });
        service.Lifecycle.Arm();
        return document;
    }

    public static Reply WritePut(LifecycleDocument output) => Reply.Empty().Header(LifecycleConfiguration.MinimumSizeHeader, output.MinimumSize);

    public static ValueTask<LifecycleDocument> Get(S3Service service, Call call, BucketReference input)
    {
        using var snapshot = service.Snapshot();
        return new(LifecycleStore.Find(snapshot, BucketStore.Require(snapshot, input)) ?? throw S3Errors.NoSuchLifecycleConfiguration(input.Name));
    }

    public static Reply WriteGet(LifecycleDocument output) =>
        new Reply { ContentType = "application/xml", Content = Encoding.UTF8.GetBytes(output.Document) }.Header(LifecycleConfiguration.MinimumSizeHeader, output.MinimumSize);

    public static async ValueTask<Bucket> Delete(S3Service service, Call call, BucketReference input)
    {
        var bucket = await service.CommitAsync((tx, _) =>
        {
            var bucket = BucketStore.Require(tx, input);
            LifecycleStore.Delete(tx, bucket);
            return bucket;
        });
        service.Lifecycle.Arm();
        return bucket;
    }
}

internal sealed record BucketLifecycleInput(BucketReference Bucket, S3Document Document, string? MinimumSize);
