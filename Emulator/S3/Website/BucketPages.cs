using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Bodies;
using Emulator.S3.Buckets;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;
using Emulator.S3.Operations;
using Emulator.Storage;

namespace Emulator.S3.Website;

/// <summary>Pages that a bucket of the emulator keeps.</summary>
internal sealed class BucketPages(S3Service service, string name, RestRequest request, Call call) : ISitePages
{
    public ValueTask<WebsiteConfiguration> RequireWebsiteAsync()
    {
        using var snapshot = service.Snapshot();
        var bucket = Bucket(snapshot);
        RequesterPays.Check(service, call.Caller, name, isConfirmed: false);
        return new(BucketSettings.Website.Find(snapshot, bucket) ?? throw S3Errors.NoSuchWebsiteConfiguration(name));
    }

    public ValueTask<bool> HasAsync(string key)
    {
        using var snapshot = service.Snapshot();
        return new(ObjectStore.Find(snapshot, Bucket(snapshot), key) is not null);
    }

    public ValueTask<Reply?> ReadAsync(string key, AwsException? error)
    {
        while (true)
        {
            using var snapshot = service.Snapshot();
            var bucket = Bucket(snapshot);
            if (ObjectStore.Find(snapshot, bucket, key) is not { } found) return new((Reply?)null);
            if (found.Headers.WebsiteRedirectLocation is { } location) return new(Reply.Empty(301).Header("Location", location));
            if (Serve(snapshot, bucket, found, error) is { } page) return new(page);
        }
    }

    private Bucket Bucket(IReader reader) => BucketStore.Require(reader, new(name, null));

    /// <summary>null: the object went away while it was looked at.</summary>
    private Reply? Serve(IReader reader, Bucket bucket, StoredObject found, AwsException? error)
    {
        var input = new GetObjectInput(new(bucket.Name, null), found.Key)
        {
            Range = error is null ? request.Header("Range") : null,
            IfRange = request.Header("If-Range"),
            Condition = error is null ? ReadCondition.Of(request) : ReadCondition.None,
            IsHead = request.Method == "HEAD",
        };
        found.Encryption.CheckReader(call, null);
        input.Condition.Check(found, call.Now);
        if (!input.IsHead && !found.IsReadable(call.Now)) throw S3Errors.InvalidObjectState(found.StorageClass);
        var range = ByteRange.Parse(input.Range, input.IfRange, found);
        BodySource? body = null;
        if (!input.IsHead)
        {
            body = BodySource.TryOpen(service.Context.Bodies, service.Pins, service.Context.Store, reader, found.BodyId, range?.Offset ?? 0, range?.Length ?? found.Size);
            if (body is null) return null;
        }
        var told = Protection.Told(service, call, found, $"{bucket.Arn}/{found.Key}");
        var reply = GetObject.Write(new(new(bucket, told), input, range, null, null, body));
        return error is null ? reply : WebsiteErrors.AsPageOf(reply, error);
    }
}
