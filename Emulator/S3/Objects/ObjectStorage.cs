using System.Text;
using Emulator.Iam;
using Emulator.Integration;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Checksums;
using Emulator.S3.Listing;
using Emulator.S3.Operations;

namespace Emulator.S3.Objects;

/// <summary>The objects of S3 as other services read and write them: through the operations that clients call.</summary>
internal sealed class ObjectStorage(S3Service service) : IObjectStorage
{
    public IReadOnlyList<string> List(Call call, StorageBucket bucket, string prefix, string? after)
    {
        var reference = Reference(bucket);
        using var snapshot = service.Snapshot();
        var found = BucketStore.Require(snapshot, reference);
        Require(call, ObjectList.Permissions("s3:ListBucket", reference.Arn, prefix, null, S3Limits.PageEntries));
        var page = ObjectList.Read(snapshot, found, ObjectList.Query(prefix, null, after is null ? null : Encoding.UTF8.GetBytes(after), S3Limits.PageEntries));
        return page.Items.ConvertAll(item => Encoding.UTF8.GetString(item.Name.Span));
    }

    public async ValueTask<Stream> ReadAsync(Call call, StorageBucket bucket, string key)
    {
        var input = new GetObjectInput(Reference(bucket), key);
        Require(call, GetObject.Permissions(call, input));
        var output = await GetObject.Execute(service, call, input);
        return output.Body?.ToStream(call.Cancelled) ?? Stream.Null;
    }

    public async ValueTask WriteAsync(Call call, StorageBucket bucket, string key, Stream content)
    {
        var input = new PutObjectInput(Reference(bucket), key)
        {
            Headers = new(),
            StorageClass = StoredObject.StandardClass,
            Tags = [],
            Condition = default,
            Checksum = new(ObjectChecksum.DefaultAlgorithm, null, null), // buckets with default retention demand one
            Length = content.Length,
            Body = content,
            SourceIp = "dynamodb.amazonaws.com",
        };
        Require(call, PutObject.Permissions(call, input));
        await PutObject.Execute(service, call, input);
    }

    private BucketReference Reference(StorageBucket bucket) => service.Upstreams?.Find(bucket.Name) is null
        ? new(bucket.Name, bucket.Owner)
        : throw Errors.NotImplemented($"other services' access to the bucket {bucket.Name}, which is upstream");

    private void Require(Call call, IReadOnlyList<Permission> permissions)
    {
        if (!permissions.All(permission => service.Allows(call, permission))) throw S3Errors.AccessDenied();
    }
}
