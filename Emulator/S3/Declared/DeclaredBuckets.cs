using System.Buffers.Binary;
using Emulator.Configuration;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;

namespace Emulator.S3.Declared;

/// <summary>Creates the buckets that emulator.yaml declares, with their settings and content.</summary>
internal static class DeclaredBuckets
{
    public static async ValueTask<IReadOnlyList<string>> ApplyAsync(S3Service service, CancellationToken cancelled)
    {
        var config = service.Context.Config;
        var differences = new List<string>();
        var all = new List<DeclaredSettings>();
        foreach (var (name, declared) in config.Buckets)
        {
            try
            {
                if (await EnsureAsync(service, name, declared, differences) is not { } bucket) continue;
                var settings = new DeclaredSettings(service, bucket, declared, differences);
                all.Add(settings);
                await settings.ApplyAsync();
                if (declared.Content is { } folder) await ContentFolder.PutAsync(service, bucket, Path.GetFullPath(folder, Path.GetFullPath(config.Folder)), differences, cancelled);
            }
            catch (AwsException refused)
            {
                differences.Add($"Bucket {name}: {refused.Message}");
            }
        }
        // Once all buckets are there: each may be another's destination.
        foreach (var settings in all) await settings.ApplyReplicationAsync();
        return differences;
    }

    private static bool IsPublic(BucketConfig declared) =>
        new AclRequest(declared.Acl, []).IsPublic || (declared.Policy is not null && PublicPolicy.IsPublic(declared.Policy));

    /// <summary>The bucket, made where it is missing; null where another account has its name.</summary>
    private static async ValueTask<Bucket?> EnsureAsync(S3Service service, string name, BucketConfig declared, List<string> differences)
    {
        var config = service.Context.Config;
        if (!BucketName.IsValid(name)) throw S3Errors.InvalidBucketName(name);
        var made = new Bucket(name, BinaryPrimitives.ReadUInt64BigEndian(service.Context.Ids.Bytes(8)), config.Account, config.Region,
            config.Region == Regions.Default ? null : config.Region, service.Now);
        var bucket = await service.CommitAsync(write =>
        {
            if (BucketStore.Find(write.Transaction, name) is { } present) return present;
            BucketStore.Put(write.Transaction, made);
            var blocks = declared.BlockPublicAccess ?? (config.NewBuckets.BlockPublicAccess && !IsPublic(declared));
            NewBuckets.Prepare(write.Transaction, made, config.NewBuckets with { BlockPublicAccess = blocks }, declared.ObjectOwnership);
            return made;
        });
        if (bucket.Account != config.Account)
        {
            differences.Add($"Bucket {name} belongs to the account {bucket.Account}.");
            return null;
        }
        if (bucket.Region != config.Region) differences.Add($"Bucket {name} is in {bucket.Region}, not in {config.Region}.");
        return bucket;
    }
}
