using Emulator.Protocols;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;

namespace Emulator.S3.Operations;

/// <summary>The legal hold of an object, or of a version: put, get.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html</remarks>
internal static class ObjectLegalHold
{
    public static async ValueTask<BucketObject> Put(S3Service service, Call call, ObjectLockInput input)
    {
        input.CheckBucket(service);
        var document = await input.Document!.ReadAsync("LegalHold", call.Cancelled);
        var hold = document.Only("Status").Value("Status") switch
        {
            "ON" => true,
            "OFF" => false,
            _ => throw RestXml.MalformedXml(),
        };
        return await service.CommitAsync(write =>
        {
            var found = input.Require(write.Transaction, service, call, "PUT");
            var changed = found.Object with { LegalHold = hold };
            ObjectStore.Update(write, found.Bucket, changed);
            return found with { Object = changed };
        });
    }

    public static ValueTask<string> Get(S3Service service, Call call, ObjectLockInput input)
    {
        using var snapshot = service.Snapshot();
        var hold = input.Require(snapshot, service, call, "GET").Object.LegalHold ?? throw S3Errors.NoSuchObjectLockConfiguration();
        return new(hold ? "ON" : "OFF");
    }

    public static Reply Write(string output) => new XmlBuilder().Root("LegalHold"u8).Element("Status"u8, output).End("LegalHold"u8).ToReply();
}
