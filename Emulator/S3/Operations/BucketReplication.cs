using System.Text;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Replication;

namespace Emulator.S3.Operations;

/// <summary>The replication configuration of a bucket: put, get, delete.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html</remarks>
internal static class BucketReplication
{
    public static async ValueTask<Bucket> Put(S3Service service, Call call, BucketDocumentInput input)
    {
        using (var snapshot = service.Snapshot()) BucketStore.Require(snapshot, input.Bucket);
        var document = ReplicationShape.Document.Check(await input.Document.ReadAsync("ReplicationConfiguration", call.Cancelled));
        var role = document.Required("Role");
        ReplicationChecks.CheckRole(role);
        if (role.Split(':')[4] != call.Account || !service.Allows(call, new("iam:PassRole", role) { Context = [new("iam:PassedToService", "s3.amazonaws.com")] })) throw S3Errors.AccessDenied();
        return await service.CommitAsync(write =>
        {
            var bucket = BucketStore.Require(write.Transaction, input.Bucket);
            BucketSettings.Replication.Put(write.Transaction, bucket, Accept(write, bucket, document));
            return bucket;
        });
    }

    /// <summary>What is stored of a document that fits its shape and has a good role.</summary>
    public static string Accept(S3Write write, Bucket bucket, XmlNode document)
    {
        if (bucket.Versioning != VersioningStatus.Enabled) throw S3Errors.ReplicationOfUnversionedBucket();
        var (stored, destinations) = ReplicationConfiguration.Accept(document, bucket, write.Service.Context.Ids);
        foreach (var destination in destinations)
        {
            // Recorded (test_replication_config_without_filter): the same error where there is no such bucket.
            if (BucketStore.Find(write.Transaction, destination.Bucket)?.Versioning != VersioningStatus.Enabled) throw S3Errors.InvalidRequest("Destination bucket must have versioning enabled.");
        }
        return stored;
    }

    public static ValueTask<string> Get(S3Service service, Call call, BucketReference input) =>
        new(service.FindSetting(input, BucketSettings.Replication) ?? throw S3Errors.NoReplicationConfiguration(input.Name));

    public static Reply Write(string output) => new() { ContentType = "application/xml", Content = Encoding.UTF8.GetBytes(output) };

    public static ValueTask<Bucket> Delete(S3Service service, Call call, BucketReference input) => service.DeleteSettingAsync(input, BucketSettings.Replication);
}
