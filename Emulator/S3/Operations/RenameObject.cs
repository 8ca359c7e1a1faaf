using Emulator.Protocols;
using Emulator.S3.Buckets;

namespace Emulator.S3.Operations;

/// <summary>Renames an object of a directory bucket; in a general purpose bucket, the only kind here, it is refused.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_RenameObject.html; the refusal is that of the other headers of directory buckets.</remarks>
internal static class RenameObject
{
    public static RenameObjectInput Bind(RestRequest request) => new(S3Request.Bucket(request), S3Request.Key(request));

    public static ValueTask<Bucket> Execute(S3Service service, Call call, RenameObjectInput input)
    {
        using var snapshot = service.Snapshot();
        BucketStore.Require(snapshot, input.Bucket);
        throw S3Errors.HeaderNotImplemented("x-amz-rename-source");
    }
}

internal sealed record RenameObjectInput(BucketReference Bucket, string Key);
