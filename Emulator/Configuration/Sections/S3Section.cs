using Emulator.Iam.Policies;

namespace Emulator.Configuration.Sections;

/// <summary><c>s3: { buckets: { notes-web: { website: { index: index.html }, content: web } } }</c></summary>
internal static class S3Section
{
    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD"];

    private static readonly string[] Ownerships = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"];

    private static readonly string[] Events =
    [
        "s3:ObjectCreated:*", "s3:ObjectCreated:Put", "s3:ObjectCreated:Post", "s3:ObjectCreated:Copy", "s3:ObjectCreated:CompleteMultipartUpload",
        "s3:ObjectRemoved:*", "s3:ObjectRemoved:Delete", "s3:ObjectRemoved:DeleteMarkerCreated",
        "s3:ObjectRestore:*", "s3:ObjectRestore:Post", "s3:ObjectRestore:Completed", "s3:ObjectRestore:Delete",
        "s3:Replication:*", "s3:Replication:OperationFailedReplication", "s3:LifecycleTransition",
        "s3:LifecycleExpiration:*", "s3:LifecycleExpiration:Delete", "s3:LifecycleExpiration:DeleteMarkerCreated",
        "s3:ObjectAcl:Put", "s3:ObjectTagging:*", "s3:ObjectTagging:Put", "s3:ObjectTagging:Delete",
    ];

    public static EmulatorConfig WithS3(this EmulatorConfig config, ConfigValue? value) => value?.Section(section => config with
    {
        NewBuckets = section["newBuckets"]?.Section(NewBuckets) ?? config.NewBuckets,
        S3Upstream = section["upstream"]?.Section(UpstreamSection.Read),
        Buckets = section["buckets"]?.Map(AwsNames.Bucket, value => value.Section(bucket => Bucket(bucket, isUpstream: section.Has("upstream")))) ?? config.Buckets,
    }) ?? config;

    private static NewBucketsConfig NewBuckets(ConfigSection buckets) => new()
    {
        ObjectOwnership = buckets["objectOwnership"]?.OneOf(Ownerships) ?? "BucketOwnerEnforced",
        BlockPublicAccess = buckets["blockPublicAccess"]?.Flag() ?? true,
    };

    private static BucketConfig Bucket(ConfigSection bucket, bool isUpstream)
    {
        var config = Bucket(bucket);
        if (isUpstream || bucket.Has("upstream")) bucket.Only("of a bucket that is upstream is set there", "upstream", "notifications", "policy", "blockPublicAccess");
        return config;
    }

    private static BucketConfig Bucket(ConfigSection bucket) => new()
    {
        ObjectOwnership = bucket["objectOwnership"]?.OneOf(Ownerships),
        BlockPublicAccess = bucket["blockPublicAccess"]?.Flag(),
        Versioning = bucket["versioning"]?.OneOf("Enabled", "Suspended"),
        ObjectLock = bucket["objectLock"]?.Section(ObjectLock),
        Website = bucket["website"]?.Section(Website),
        Cors = bucket["cors"]?.List(static rule => rule.Section(CorsRule)) ?? [],
        Policy = bucket["policy"]?.Policy(PolicyKind.Resource),
        Content = bucket["content"]?.Folder(),
        Notifications = bucket["notifications"]?.List(static value => value.Section(Notification)) ?? [],
        Tags = bucket["tags"]?.TextMap() ?? new Dictionary<string, string>(),
        Acl = bucket["acl"]?.OneOf("private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read", "log-delivery-write"),
        Encryption = bucket["encryption"]?.Section(Encryption),
        Accelerate = bucket["accelerate"]?.OneOf("Enabled", "Suspended"),
        RequestPayment = bucket["requestPayment"]?.OneOf("BucketOwner", "Requester"),
        Lifecycle = bucket["lifecycle"] is { } rules ? S3Documents.LifecycleRules.Read(rules) : null,
        Replication = bucket["replication"] is { } replication ? S3Documents.Replication.Read(replication) : null,
        Logging = bucket["logging"] is { } logging ? S3Documents.Logging.Read(logging) : null,
        Analytics = bucket["analytics"]?.List(S3Documents.Analytics.Read) ?? [],
        IntelligentTiering = bucket["intelligentTiering"]?.List(S3Documents.IntelligentTiering.Read) ?? [],
        Inventory = bucket["inventory"]?.List(S3Documents.Inventory.Read) ?? [],
        Metrics = bucket["metrics"]?.List(S3Documents.Metrics.Read) ?? [],
        Upstream = bucket["upstream"]?.Section(UpstreamSection.ReadOfBucket),
    };

    private static BucketEncryptionConfig Encryption(ConfigSection encryption)
    {
        var algorithm = encryption.Required("algorithm")?.OneOf("AES256", "aws:kms", "aws:kms:dsse") ?? "AES256";
        var key = encryption["key"];
        if (algorithm == "AES256") key?.Problem("a key is for aws:kms and aws:kms:dsse: AES256 is with keys of S3");
        return new(algorithm) { Key = key?.Text(), BucketKey = encryption["bucketKey"]?.Flag() ?? false };
    }

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html</summary>
    private static ObjectLockConfig ObjectLock(ConfigSection objectLock)
    {
        var (days, years) = (objectLock["days"]?.Number(1, 36_500), objectLock["years"]?.Number(1, 100));
        var mode = objectLock["mode"]?.OneOf("GOVERNANCE", "COMPLIANCE");
        if (mode is null ? days is not null || years is not null : days is null == years is null) objectLock.Problem("a default retention has a mode and 'days' or 'years', not both");
        return new(mode, days, years);
    }

    private static WebsiteConfig Website(ConfigSection website)
    {
        var (index, redirect) = (website["index"], website["redirectTo"]);
        if (index is null && redirect is null) website.Missing("'index' or 'redirectTo'");
        // Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_IndexDocument.html
        if (index?.Text() is { } document && document.Contains('/')) index.Problem("the index document is a file's name without a slash: it is looked for in each folder");
        var config = new WebsiteConfig(index?.Text())
        {
            ErrorDocument = website["error"]?.Text(),
            RedirectTo = redirect?.Text(),
            RoutingRules = website["routingRules"] is { } rules ? S3Documents.RoutingRules.Read(rules) : null,
        };
        if (redirect is not null && (index is not null || config.ErrorDocument is not null || config.RoutingRules is not null)) redirect.Problem("a website has 'redirectTo' or 'index', not both");
        return config;
    }

    private static CorsRuleConfig CorsRule(ConfigSection rule) => new()
    {
        AllowedOrigins = rule.Required("origins")?.Texts(OneStar) ?? [],
        AllowedMethods = rule.Required("methods")?.Words(Methods) ?? [],
        AllowedHeaders = rule["headers"]?.Texts(OneStar) ?? [],
        ExposeHeaders = rule["expose"]?.Texts(NoStar) ?? [],
        MaxAgeSeconds = rule["maxAgeSeconds"]?.Number(0, int.MaxValue),
    };

    private static NotificationConfig Notification(ConfigSection notification) => new(notification.Required("function")?.FunctionName() ?? "")
    {
        Events = notification.Required("events")?.Words(Events) ?? [],
        Prefix = notification["prefix"]?.Text(),
        Suffix = notification["suffix"]?.Text(),
    };

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html</summary>
    private static string? OneStar(string text) => text.IndexOf('*') == text.LastIndexOf('*') ? null : "at most one '*'";

    private static string? NoStar(string text) => text.Contains('*') ? "headers to expose are named without '*'" : null;
}
