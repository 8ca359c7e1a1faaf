using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Emulator.S3.Access;
using Emulator.S3.AccessPoints;
using Emulator.S3.Cors;
using Emulator.S3.Encryption;
using Emulator.S3.Lifecycle;
using Emulator.S3.Notifications;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;
using Emulator.S3.Rows;
using Emulator.S3.Website;
using Emulator.Storage;

namespace Emulator.S3.Buckets;

/// <summary>What a bucket's subresources hold: a row for each that is set.</summary>
internal static class BucketSettings
{
    public static readonly Space Space = new("s3.settings");

    public static BucketSetting<string> Policy { get; } = new("policy", S3Json.Default.String);
    public static BucketSetting<CorsConfiguration> Cors { get; } = new("cors", S3Json.Default.CorsConfiguration);
    public static BucketSetting<WebsiteConfiguration> Website { get; } = new("website", S3Json.Default.WebsiteConfiguration);
    public static BucketSetting<NotificationConfiguration> Notification { get; } = new("notification", S3Json.Default.NotificationConfiguration);
    public static BucketSetting<List<Tag>> Tagging { get; } = new("tagging", S3Json.Default.ListTag);
    public static BucketSetting<ObjectLockConfiguration> ObjectLock { get; } = new("objectLock", S3Json.Default.ObjectLockConfiguration);

    public static BucketSetting<Acl> Acl { get; } = new("acl", S3Json.Default.Acl);
    public static BucketSetting<string> Ownership { get; } = new("ownership", S3Json.Default.String);
    public static BucketSetting<PublicAccessBlock> PublicAccessBlock { get; } = new("publicAccessBlock", S3Json.Default.PublicAccessBlock);
    public static BucketSetting<string> Accelerate { get; } = new("accelerate", S3Json.Default.String);
    public static BucketSetting<string> RequestPayment { get; } = new("requestPayment", S3Json.Default.String);

    public static BucketSetting<DefaultEncryption> Encryption { get; } = new("encryption", S3Json.Default.DefaultEncryption);

    /// <summary>The document as it is answered.</summary>
    public static BucketSetting<string> Logging { get; } = new("logging", S3Json.Default.String);

    /// <summary>The document as it is answered.</summary>
    public static BucketSetting<string> Replication { get; } = new("replication", S3Json.Default.String);

    public static void DeleteAll(IWriteTransaction tx, Bucket bucket) => tx.DeleteRange(Space, KeyRange.Prefix(S3Keys.Bucket(bucket.Id)));

    /// <summary>One subresource.</summary>
    internal sealed class BucketSetting<T>(string name, JsonTypeInfo<T> type) where T : class
    {
        public T? Find(IReader reader, Bucket bucket) =>
            reader.TryGet(Space, S3Keys.Setting(bucket.Id, name), out var row) ? JsonSerializer.Deserialize(row.Span, type) : null;

        public void Put(IWriteTransaction tx, Bucket bucket, T value) =>
            tx.Put(Space, S3Keys.Setting(bucket.Id, name), JsonSerializer.SerializeToUtf8Bytes(value, type));

        public void Delete(IWriteTransaction tx, Bucket bucket) => tx.Delete(Space, S3Keys.Setting(bucket.Id, name));

        /// <summary>Whether two values would be stored alike.</summary>
        public bool Same(T? left, T? right) =>
            left is null || right is null ? left is null && right is null : JsonSerializer.Serialize(left, type) == JsonSerializer.Serialize(right, type);
    }
}

/// <summary>How settings are stored.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(CorsConfiguration))]
[JsonSerializable(typeof(Acl))]
[JsonSerializable(typeof(PublicAccessBlock))]
[JsonSerializable(typeof(AccessPoint))]
[JsonSerializable(typeof(WebsiteConfiguration))]
[JsonSerializable(typeof(NotificationConfiguration))]
[JsonSerializable(typeof(List<Tag>))]
[JsonSerializable(typeof(ObjectLockConfiguration))]
[JsonSerializable(typeof(DefaultEncryption))]
[JsonSerializable(typeof(LifecycleDocument))]
internal sealed partial class S3Json : JsonSerializerContext;
