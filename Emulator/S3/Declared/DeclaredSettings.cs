using System.Text;
using Emulator.Configuration;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;
using Emulator.S3.Cors;
using Emulator.S3.Encryption;
using Emulator.S3.Lifecycle;
using Emulator.S3.Notifications;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;
using Emulator.S3.Operations;
using Emulator.S3.Replication;
using Emulator.S3.Settings;
using Emulator.S3.Website;

namespace Emulator.S3.Declared;

/// <summary>Gives a bucket the settings that emulator.yaml declares, as their operations take them. What is set otherwise is told and left.</summary>
internal sealed class DeclaredSettings(S3Service service, Bucket bucket, BucketConfig declared, List<string> differences)
{
    public async ValueTask ApplyAsync()
    {
        await ApplyVersioningAsync();
        await ApplyAsync("policy", BucketSettings.Policy, Policy);
        await ApplyAsync("acl", BucketSettings.Acl, AccessControl);
        await ApplyAsync("cors", BucketSettings.Cors, Cors);
        await ApplyAsync("website", BucketSettings.Website, Website);
        await ApplyAsync("notifications", BucketSettings.Notification, Notifications);
        await ApplyAsync("tags", BucketSettings.Tagging, Tags);
        await ApplyAsync("encryption", BucketSettings.Encryption, Encryption);
        await ApplyAsync("accelerate", BucketSettings.Accelerate, () => declared.Accelerate is { } status ? BucketAccelerateConfiguration.Accept(bucket.Name, status) : null);
        await ApplyAsync("requestPayment", BucketSettings.RequestPayment, () => declared.RequestPayment);
        await ApplyAsync("logging", BucketSettings.Logging, Logging);
        await TryAsync("lifecycle", ApplyLifecycleAsync);
        await ApplyAsync("analytics", NamedSettings.Analytics, declared.Analytics);
        await ApplyAsync("intelligentTiering", NamedSettings.IntelligentTiering, declared.IntelligentTiering);
        await ApplyAsync("inventory", NamedSettings.Inventory, declared.Inventory);
        await ApplyAsync("metrics", NamedSettings.Metrics, declared.Metrics);
    }

    private async ValueTask ApplyVersioningAsync()
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
        if (present.HasObjectLock) await ApplyAsync("objectLock", BucketSettings.ObjectLock, Lock);
    }

    /// <summary>What is set otherwise is told; what AWS would refuse too.</summary>
    private async ValueTask TryAsync(string key, Func<ValueTask<bool>> sets)
    {
        try
        {
            if (!await sets()) differences.Add($"Bucket {bucket.Name}: '{key}' of emulator.yaml differs from what is stored, which is kept.");
        }
        catch (AwsException refused)
        {
            differences.Add($"Bucket {bucket.Name}: '{key}': {refused.Message}");
        }
    }

    private ValueTask ApplyAsync<T>(string key, BucketSettings.BucketSetting<T> setting, Func<T?> make) where T : class => TryAsync(key, async () =>
    {
        if (make() is not { } wanted) return true;
        return await service.CommitAsync(write =>
        {
            if (setting.Find(write.Transaction, bucket) is { } present) return setting.Same(present, wanted);
            setting.Put(write.Transaction, bucket, wanted);
            return true;
        });
    });

    private async ValueTask ApplyAsync(string key, NamedSettings settings, IReadOnlyList<string> documents)
    {
        foreach (var document in documents) await TryAsync(key, async () => await settings.EnsureAsync(service, bucket, Parse(document)));
    }

    private async ValueTask<bool> ApplyLifecycleAsync()
    {
        if (declared.Lifecycle is not { } text) return true;
        var document = Parse(text);
        // An id that stays the same with each start.
        for (var i = 0; i < document.Children.Count; i++) document.Children[i].Default("ID", $"emulator.yaml-{i + 1}");
        var wanted = LifecycleConfiguration.Accept(document, null, service.Context.Ids);
        return await service.CommitAsync(write =>
        {
            if (LifecycleStore.Find(write.Transaction, bucket) is { } present) return present == wanted;
            LifecycleStore.Put(write.Transaction, bucket, wanted);
            return true;
        });
    }

    public async ValueTask ApplyReplicationAsync()
    {
        if (declared.Replication is not { } text) return;
        await TryAsync("replication", () =>
        {
            var document = Parse(text);
            var rules = document.All("Rule").ToList();
            for (var i = 0; i < rules.Count; i++) rules[i].Default("ID", $"emulator.yaml-{i + 1}");
            var role = DeclaredIds.RoleArn(service.Context.Config, document.Required("Role"));
            document.Children.RemoveAll(child => child.Name == "Role");
            document.Default("Role", role);
            ReplicationChecks.CheckRole(role);
            return service.CommitAsync(write =>
            {
                var source = BucketStore.Find(write.Transaction, bucket.Name)!; // its versioning may have been declared too
                var wanted = BucketReplication.Accept(write, source, ReplicationShape.Document.Check(document));
                if (BucketSettings.Replication.Find(write.Transaction, source) is { } present) return present == wanted;
                BucketSettings.Replication.Put(write.Transaction, source, wanted);
                return true;
            });
        });
    }

    private string? Policy()
    {
        if (declared.Policy is { } policy) BucketPolicy.Check(Encoding.UTF8.GetBytes(policy), bucket.Name);
        return declared.Policy;
    }

    private Acl? AccessControl()
    {
        if (declared.Acl is not { } canned) return null;
        using var snapshot = service.Snapshot();
        var asked = new AclRequest(canned, []);
        if (!ObjectOwnership.IsEnforced(snapshot, bucket)) return asked.Make(bucket.Account, bucket.Account, new(service, snapshot, bucket.Account));
        return asked.IsOwnersOnly ? null : throw S3Errors.AccessControlListNotSupported();
    }

    private ObjectLockConfiguration? Lock() => declared.ObjectLock is not { } locks ? null : new()
    {
        Mode = locks.Mode is null ? null : Retention.FindMode(locks.Mode),
        Days = locks.Days,
        Years = locks.Years,
    };

    private CorsConfiguration? Cors()
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

    private WebsiteConfiguration? Website()
    {
        if (declared.Website is not { } website) return null;
        if (website.RedirectTo is { } target)
        {
            var scheme = target.IndexOf("://", StringComparison.Ordinal);
            return new() { RedirectAll = scheme < 0 ? new(target, null) : new(target[(scheme + 3)..], WebsiteConfiguration.Protocol(target[..scheme])) };
        }
        return new()
        {
            IndexSuffix = website.IndexDocument,
            ErrorKey = website.ErrorDocument,
            RoutingRules = website.RoutingRules is { } rules ? WebsiteConfiguration.ParseRules(Parse(rules)) : [],
        };
    }

    private NotificationConfiguration? Notifications()
    {
        if (declared.Notifications.Count == 0) return null;
        return NotificationConfiguration.Of([.. declared.Notifications.Select((notification, i) => new FunctionNotification(
            $"emulator.yaml-{i + 1}", DeclaredIds.FunctionArn(service.Context.Config, notification.Function),
            notification.Events.Count > 0 ? notification.Events : ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"], notification.Prefix, notification.Suffix))]);
    }

    private List<Tag>? Tags() => declared.Tags.Count == 0 ? null : [.. TagSet.Accept([.. declared.Tags.Select(tag => new Tag(tag.Key, tag.Value))], S3Limits.BucketTags, TagSet.TooManyBucketTags(), "System tags cannot be added/updated by requester")];

    private DefaultEncryption? Encryption() =>
        declared.Encryption is { } encryption ? new(ObjectEncryption.FindMethod(encryption.Algorithm)!.Value, encryption.Key, encryption.BucketKey, null) : null;

    private string? Logging()
    {
        if (declared.Logging is not { } enabled) return null;
        using var snapshot = service.Snapshot();
        return BucketLogging.Accept(Parse($"<BucketLoggingStatus>{enabled}</BucketLoggingStatus>"), snapshot, bucket);
    }

    private static XmlNode Parse(string document)
    {
        var root = document[1..document.AsSpan().IndexOfAny('>', ' ')];
        return RestXml.Parse(Encoding.UTF8.GetBytes(document), root);
    }
}
