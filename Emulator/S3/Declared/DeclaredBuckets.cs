using System.Buffers.Binary;
using System.Text;
using Emulator.Configuration;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;
using Emulator.S3.Cors;
using Emulator.S3.Notifications;
using Emulator.S3.ObjectLock;
using Emulator.S3.Operations;
using Emulator.S3.Website;

namespace Emulator.S3.Declared;

/// <summary>Creates the buckets that emulator.yaml declares, with their settings and content.</summary>
internal static class DeclaredBuckets
{
    public static async ValueTask<IReadOnlyList<string>> ApplyAsync(S3Service service, CancellationToken cancelled)
    {
        var config = service.Context.Config;
        var differences = new List<string>();
        foreach (var (name, declared) in config.Buckets)
        {
            try
            {
                if (await EnsureAsync(service, name, declared, differences) is not { } bucket) continue;
                await ApplySettingsAsync(service, bucket, declared, differences);
                if (declared.Content is { } folder) await ContentFolder.PutAsync(service, bucket, Path.GetFullPath(folder, Path.GetFullPath(config.Folder)), differences, cancelled);
            }
            catch (AwsException refused)
            {
                differences.Add($"Bucket {name}: {refused.Message}");
            }
        }
        return differences;
    }

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
            var blocks = declared.BlockPublicAccess ?? (config.NewBuckets.BlockPublicAccess && (declared.Policy is null || !PublicPolicy.IsPublic(declared.Policy)));
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

    private static async ValueTask ApplySettingsAsync(S3Service service, Bucket bucket, BucketConfig declared, List<string> differences)
    {
        await ApplyVersioningAsync(service, bucket, declared, differences);
        if (declared.Policy is { } policy) BucketPolicy.Check(Encoding.UTF8.GetBytes(policy), bucket.Name);
        await ApplyAsync(service, bucket, BucketSettings.Policy, declared.Policy, "policy", differences);
        await ApplyAsync(service, bucket, BucketSettings.Cors, CorsOf(declared), "CORS rules", differences);
        await ApplyAsync(service, bucket, BucketSettings.Website, WebsiteOf(declared), "website configuration", differences);
        await ApplyAsync(service, bucket, BucketSettings.Notification, NotificationsOf(service.Context.Config, declared), "notifications", differences);
    }

    private static async ValueTask ApplyVersioningAsync(S3Service service, Bucket bucket, BucketConfig declared, List<string> differences)
    {
        var wanted = declared.ObjectLock is not null ? VersioningStatus.Enabled : declared.Versioning is { } name ? Enum.Parse<VersioningStatus>(name) : VersioningStatus.Unversioned;
        if (wanted == VersioningStatus.Unversioned) return;
        var present = await service.CommitAsync(write =>
        {
            var stored = BucketStore.Find(write.Transaction, bucket.Name)!;
            var status = stored.Versioning == VersioningStatus.Unversioned ? wanted : stored.Versioning;
            var changed = stored with { Versioning = status, HasObjectLock = stored.HasObjectLock || (declared.ObjectLock is not null && status == VersioningStatus.Enabled) };
            if (changed != stored) BucketStore.Put(write.Transaction, changed);
            return changed;
        });
        if (present.Versioning != wanted) differences.Add($"Bucket {bucket.Name}: its versioning is {present.Versioning}, not {wanted}.");
        if (present.HasObjectLock) await ApplyAsync(service, bucket, BucketSettings.ObjectLock, LockOf(declared), "default retention", differences);
    }

    private static ObjectLockConfiguration? LockOf(BucketConfig declared) => declared.ObjectLock is not { } locks ? null : new()
    {
        Mode = locks.Mode is null ? null : Retention.FindMode(locks.Mode),
        Days = locks.Days,
        Years = locks.Years,
    };

    /// <summary>Sets what is not set; what is set otherwise is told and left.</summary>
    private static async ValueTask ApplyAsync<T>(S3Service service, Bucket bucket, BucketSettings.BucketSetting<T> setting, T? declared, string what, List<string> differences) where T : class
    {
        if (declared is null) return;
        var differs = await service.CommitAsync(write =>
        {
            if (setting.Find(write.Transaction, bucket) is { } present) return !setting.Same(present, declared);
            setting.Put(write.Transaction, bucket, declared);
            return false;
        });
        if (differs) differences.Add($"Bucket {bucket.Name}: the {what} of emulator.yaml differ from the stored ones, which are kept.");
    }

    private static CorsConfiguration? CorsOf(BucketConfig declared)
    {
        if (declared.Cors.Count == 0) return null;
        var rules = declared.Cors.Select(rule => new CorsRule
        {
            AllowedOrigins = rule.AllowedOrigins,
            AllowedMethods = rule.AllowedMethods,
            AllowedHeaders = rule.AllowedHeaders,
            ExposeHeaders = rule.ExposeHeaders,
            MaxAgeSeconds = rule.MaxAgeSeconds,
        }).ToList();
        rules.ForEach(CorsConfiguration.Check);
        return new(rules);
    }

    private static WebsiteConfiguration? WebsiteOf(BucketConfig declared) =>
        declared.Website is { } website ? new() { IndexSuffix = website.IndexDocument, ErrorKey = website.ErrorDocument } : null;

    private static NotificationConfiguration? NotificationsOf(EmulatorConfig config, BucketConfig declared)
    {
        if (declared.Notifications.Count == 0) return null;
        return new([.. declared.Notifications.Select((notification, i) => new FunctionNotification(
            $"emulator.yaml-{i + 1}", DeclaredIds.FunctionArn(config, notification.Function),
            notification.Events.Count > 0 ? notification.Events : ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"], notification.Prefix, notification.Suffix))]);
    }
}
