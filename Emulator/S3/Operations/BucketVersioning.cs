using Emulator.Protocols;
using Emulator.S3.Buckets;

namespace Emulator.S3.Operations;

/// <summary>Whether a bucket keeps versions: put, get.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html</remarks>
internal static class BucketVersioning
{
    public static async ValueTask<Bucket> Put(S3Service service, Call call, BucketDocumentInput input)
    {
        using (var snapshot = service.Snapshot()) BucketStore.Require(snapshot, input.Bucket);
        var status = StatusOf(await input.Document.ReadAsync("VersioningConfiguration", call.Cancelled));
        return await service.CommitAsync(write =>
        {
            var bucket = BucketStore.Require(write.Transaction, input.Bucket) with { Versioning = status };
            if (bucket.HasObjectLock && status != VersioningStatus.Enabled) throw S3Errors.VersioningOfLockedBucket();
            if (status != VersioningStatus.Enabled && BucketSettings.Replication.Find(write.Transaction, bucket) is not null) throw S3Errors.VersioningOfReplicatedBucket();
            BucketStore.Put(write.Transaction, bucket);
            return bucket;
        });
    }

    public static ValueTask<Bucket> Get(S3Service service, Call call, BucketReference input)
    {
        using var snapshot = service.Snapshot();
        return new(BucketStore.Require(snapshot, input));
    }

    /// <summary>A bucket that never had versioning has an empty configuration.</summary>
    public static Reply Write(Bucket output)
    {
        var xml = new XmlBuilder();
        if (output.Versioning == VersioningStatus.Unversioned) xml.Raw("<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>"u8);
        else xml.Root("VersioningConfiguration"u8).Element("Status"u8, output.Versioning.ToString()).End("VersioningConfiguration"u8);
        return xml.ToReply();
    }

    private static VersioningStatus StatusOf(XmlNode document)
    {
        switch (document.Only("Status", "MfaDelete").Value("MfaDelete"))
        {
            case null or "Disabled": break;
            case "Enabled": throw Errors.NotImplemented("PutBucketVersioning", "MfaDelete");
            default: throw RestXml.MalformedXml();
        }
        return document.Value("Status") switch
        {
            "Enabled" => VersioningStatus.Enabled,
            "Suspended" => VersioningStatus.Suspended,
            null => throw S3Errors.IllegalVersioningConfiguration(),
            _ => throw RestXml.MalformedXml(),
        };
    }
}
