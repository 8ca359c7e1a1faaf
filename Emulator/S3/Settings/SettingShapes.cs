using static Emulator.S3.Settings.XmlShape;

namespace Emulator.S3.Settings;

/// <summary>The documents of settings that are kept and described.</summary>
/// <remarks>The shapes of https://docs.aws.amazon.com/AmazonS3/latest/API/API_Types_Amazon_Simple_Storage_Service.html</remarks>
internal static class SettingShapes
{
    public static XmlShape Accelerate { get; } = Parent("AccelerateConfiguration", Choice("Status", "Enabled", "Suspended"));

    public static XmlShape RequestPayment { get; } = Parent("RequestPaymentConfiguration", Choice("Payer", "Requester", "BucketOwner").Required());

    public static XmlShape Logging { get; } = Parent("BucketLoggingStatus",
        Parent("LoggingEnabled",
            Text("TargetBucket").Required(),
            Text("TargetPrefix").Required(),
            Parent("TargetGrants",
                Parent("Grant",
                    Parent("Grantee", Text("DisplayName"), Text("EmailAddress"), Text("ID"), Text("URI")),
                    Choice("Permission", "FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP")).Repeated()),
            Union("TargetObjectKeyFormat",
                Parent("SimplePrefix"),
                Parent("PartitionedPrefix", Choice("PartitionDateSource", "EventTime", "DeliveryTime")))));

    private static readonly XmlShape Tag = Parent("Tag", Text("Key").Required(), Text("Value").Required());

    public static XmlShape Analytics { get; } = Parent("AnalyticsConfiguration",
        Text("Id").Required(),
        Union("Filter", Text("Prefix"), Tag, Parent("And", Text("Prefix"), Tag.Repeated())),
        Parent("StorageClassAnalysis",
            Parent("DataExport",
                Choice("OutputSchemaVersion", "V_1").Required(),
                Parent("Destination",
                    Parent("S3BucketDestination", Choice("Format", "CSV").Required(), Text("BucketAccountId"), Text("Bucket").Required(), Text("Prefix")).Required()).Required())).Required());

    public static XmlShape IntelligentTiering { get; } = Parent("IntelligentTieringConfiguration",
        Text("Id").Required(),
        Union("Filter", Text("Prefix"), Tag, Parent("And", Text("Prefix"), Tag.Repeated())),
        Choice("Status", "Enabled", "Disabled").Required(),
        Parent("Tiering", Choice("AccessTier", "ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS").Required(), Number("Days").Required()).Required().Repeated());

    public static XmlShape Inventory { get; } = Parent("InventoryConfiguration",
        Text("Id").Required(),
        Boolean("IsEnabled").Required(),
        Parent("Filter", Text("Prefix").Required()),
        Parent("Destination",
            Parent("S3BucketDestination",
                Text("AccountId"),
                Text("Bucket").Required(),
                Choice("Format", "CSV", "ORC", "Parquet").Required(),
                Text("Prefix"),
                Union("Encryption", Parent("SSE-S3"), Parent("SSE-KMS", Text("KeyId").Required()))).Required()).Required(),
        Parent("Schedule", Choice("Frequency", "Daily", "Weekly").Required()).Required(),
        Choice("IncludedObjectVersions", "All", "Current").Required(),
        Parent("OptionalFields", Choice("Field",
            "Size", "LastModifiedDate", "StorageClass", "ETag", "IsMultipartUploaded", "ReplicationStatus", "EncryptionStatus", "ObjectLockRetainUntilDate", "ObjectLockMode",
            "ObjectLockLegalHoldStatus", "IntelligentTieringAccessTier", "BucketKeyStatus", "ChecksumAlgorithm", "ObjectAccessControlList", "ObjectOwner", "LifecycleExpirationDate").Repeated()));

    public static XmlShape Metrics { get; } = Parent("MetricsConfiguration",
        Text("Id").Required(),
        Union("Filter", Text("Prefix"), Tag, Text("AccessPointArn"), Parent("And", Text("Prefix"), Tag.Repeated(), Text("AccessPointArn"))));
}
