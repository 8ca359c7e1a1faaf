using static Emulator.Configuration.Sections.DocumentShape;

namespace Emulator.Configuration.Sections;

/// <summary>The documents of a bucket's settings that emulator.yaml takes as AWS defines them.</summary>
/// <remarks>The shapes of https://docs.aws.amazon.com/AmazonS3/latest/API/API_Types_Amazon_Simple_Storage_Service.html; what their values may be together, the operations check.</remarks>
internal static class S3Documents
{
    private static readonly DocumentShape Status = Word("Status", "Enabled", "Disabled").Required();

    private static readonly DocumentShape[] TagMembers = [Text("Key").Required(), Text("Value").Required()];

    private static readonly DocumentShape Tag = Object("Tag", TagMembers);

    private static readonly DocumentShape Tags = List("Tags", Tag);

    private static readonly DocumentShape StorageClass = Word("StorageClass", "GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR");

    public static DocumentShape LifecycleRules { get; } = Wrapped("LifecycleConfiguration", Object("Rule",
        Text("ID"),
        Text("Prefix"),
        Object("Filter",
            Text("Prefix"), Tag, Text("ObjectSizeGreaterThan"), Text("ObjectSizeLessThan"),
            Object("And", Text("Prefix"), Tags, Text("ObjectSizeGreaterThan"), Text("ObjectSizeLessThan"))),
        Status,
        List("Transitions", Object("Transition", Text("Date"), Number("Days"), StorageClass.Required())),
        Object("Expiration", Text("Date"), Number("Days"), Flag("ExpiredObjectDeleteMarker")),
        List("NoncurrentVersionTransitions", Object("NoncurrentVersionTransition", Number("NoncurrentDays").Required(), StorageClass.Required(), Number("NewerNoncurrentVersions"))),
        Object("NoncurrentVersionExpiration", Number("NoncurrentDays").Required(), Number("NewerNoncurrentVersions")),
        Object("AbortIncompleteMultipartUpload", Number("DaysAfterInitiation").Required())));

    public static DocumentShape Replication { get; } = Object("ReplicationConfiguration",
        Text("Role").Required(),
        List("Rules", Object("Rule",
            Text("ID"),
            Number("Priority"),
            Text("Prefix"),
            Object("Filter", Text("Prefix"), Tag, Object("And", Text("Prefix"), Tags)),
            Status,
            Object("SourceSelectionCriteria", Object("SseKmsEncryptedObjects", Status), Object("ReplicaModifications", Status)),
            Object("Destination",
                Text("Bucket").Required(),
                Text("Account"),
                Word("StorageClass", "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"),
                Object("AccessControlTranslation", Word("Owner", "Destination").Required()),
                Object("EncryptionConfiguration", Text("ReplicaKmsKeyID")),
                Object("ReplicationTime", Status, Object("Time", Number("Minutes").Required()).Required()),
                Object("Metrics", Status, Object("EventThreshold", Number("Minutes").Required()))).Required(),
            Object("DeleteMarkerReplication", Status))).Required());

    public static DocumentShape Logging { get; } = Object("LoggingEnabled",
        Text("TargetBucket").Required(),
        Text("TargetPrefix").Required(),
        Object("TargetObjectKeyFormat", Object("SimplePrefix"), Object("PartitionedPrefix", Word("PartitionDateSource", "EventTime", "DeliveryTime"))));

    public static DocumentShape RoutingRules { get; } = Wrapped("RoutingRules", Object("RoutingRule",
        Object("Condition", Text("HttpErrorCodeReturnedEquals"), Text("KeyPrefixEquals")),
        Object("Redirect", Text("Protocol"), Text("HostName"), Text("ReplaceKeyPrefixWith"), Text("ReplaceKeyWith"), Text("HttpRedirectCode")).Required()));

    public static DocumentShape Analytics { get; } = Object("AnalyticsConfiguration",
        Text("Id").Required(),
        Object("Filter", Text("Prefix"), Tag, Object("And", Text("Prefix"), Tags)),
        Object("StorageClassAnalysis",
            Object("DataExport",
                Word("OutputSchemaVersion", "V_1").Required(),
                Object("Destination",
                    Object("S3BucketDestination", Word("Format", "CSV").Required(), Text("BucketAccountId"), Text("Bucket").Required(), Text("Prefix")).Required()).Required())).Required());

    public static DocumentShape IntelligentTiering { get; } = Object("IntelligentTieringConfiguration",
        Text("Id").Required(),
        Object("Filter", Text("Prefix"), Tag, Object("And", Text("Prefix"), Tags)),
        Status,
        List("Tierings", Object("Tiering", Word("AccessTier", "ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS").Required(), Number("Days").Required())).Required());

    public static DocumentShape Inventory { get; } = Object("InventoryConfiguration",
        Text("Id").Required(),
        Flag("IsEnabled").Required(),
        Object("Filter", Text("Prefix").Required()),
        Object("Destination",
            Object("S3BucketDestination",
                Text("AccountId"),
                Text("Bucket").Required(),
                Word("Format", "CSV", "ORC", "Parquet").Required(),
                Text("Prefix"),
                Object("Encryption", Element("SSES3", "SSE-S3"), Element("SSEKMS", "SSE-KMS", Text("KeyId").Required()))).Required()).Required(),
        Object("Schedule", Word("Frequency", "Daily", "Weekly").Required()).Required(),
        Word("IncludedObjectVersions", "All", "Current").Required(),
        Wrapped("OptionalFields", Text("Field")));

    public static DocumentShape Metrics { get; } = Object("MetricsConfiguration",
        Text("Id").Required(),
        Object("Filter", Text("Prefix"), Tag, Text("AccessPointArn"), Object("And", Text("Prefix"), Tags, Text("AccessPointArn"))));
}
