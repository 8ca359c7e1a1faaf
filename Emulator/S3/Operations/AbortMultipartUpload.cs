using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Multipart;

namespace Emulator.S3.Operations;

/// <summary>Ends an upload without an object; its parts go.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html</remarks>
internal static class AbortMultipartUpload
{
    public static AbortMultipartUploadInput Bind(RestRequest request) => new(S3Request.Bucket(request), S3Request.Key(request), request.QueryValue("uploadId")!);

    public static async ValueTask<MultipartUpload> Execute(S3Service service, Call call, AbortMultipartUploadInput input) =>
        await service.CommitAsync(write =>
        {
            var bucket = BucketStore.Require(write.Transaction, input.Bucket);
            var upload = UploadStore.Require(write.Transaction, bucket, input.Key, input.UploadId);
            UploadStore.Remove(write.Transaction, bucket, upload, new HashSet<int>(), write.Freed);
            return upload;
        });

    public static Reply Write(MultipartUpload output) => Reply.Empty(204);
}

internal sealed record AbortMultipartUploadInput(BucketReference Bucket, string Key, string UploadId);
