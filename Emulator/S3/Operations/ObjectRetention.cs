using Emulator.Protocols;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;

namespace Emulator.S3.Operations;

/// <summary>The retention of an object, or of a version: put, get.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html</remarks>
internal static class ObjectRetention
{
    public static async ValueTask<BucketObject> Put(S3Service service, Call call, ObjectLockInput input)
    {
        input.CheckBucket(service);
        var wanted = Retention.Parse(await input.Document!.ReadAsync("Retention", call.Cancelled), call.Now);
        var bypasses = Protection.MayBypass(service, call, input.Bypass, input.Arn);
        return await service.CommitAsync(write =>
        {
            var found = input.Require(write.Transaction, service, call, "PUT");
            if (Protection.ForbidsChange(found.Object.Retention, wanted, write.Moment, bypasses)) throw S3Errors.ObjectLocked();
            var changed = found.Object with { Retention = wanted };
            ObjectStore.Update(write, found.Bucket, changed);
            return found with { Object = changed };
        });
    }

    public static ValueTask<Retention> Get(S3Service service, Call call, ObjectLockInput input)
    {
        using var snapshot = service.Snapshot();
        return new(input.Require(snapshot, service, call, "GET").Object.Retention ?? throw S3Errors.NoSuchObjectLockConfiguration());
    }

    public static Reply Write(Retention output) => new XmlBuilder().Root("Retention"u8)
        .Element("Mode"u8, output.ModeName).Element("RetainUntilDate"u8, output.RetainUntil).End("Retention"u8).ToReply();
}
