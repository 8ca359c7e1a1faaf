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
    ];

    public static EmulatorConfig WithS3(this EmulatorConfig config, ConfigValue? value) => value?.Section(section => config with
    {
        NewBuckets = section["newBuckets"]?.Section(NewBuckets) ?? config.NewBuckets,
        Buckets = section["buckets"]?.Map(AwsNames.Bucket, static value => value.Section(Bucket)) ?? config.Buckets,
    }) ?? config;

    private static NewBucketsConfig NewBuckets(ConfigSection buckets) => new()
    {
        ObjectOwnership = buckets["objectOwnership"]?.OneOf(Ownerships) ?? "BucketOwnerEnforced",
        BlockPublicAccess = buckets["blockPublicAccess"]?.Flag() ?? true,
    };

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
    };

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
        var index = website.Required("index");
        var document = index?.Text() ?? "";
        // Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_IndexDocument.html
        if (document.Contains('/')) index!.Problem("the index document is a file's name without a slash: it is looked for in each folder");
        return new(document) { ErrorDocument = website["error"]?.Text() };
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
