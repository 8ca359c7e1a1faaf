using static Emulator.S3.Settings.XmlShape;

namespace Emulator.S3.Lifecycle;

/// <summary>The document of a lifecycle configuration.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html</remarks>
internal static class LifecycleShape
{
    private static readonly string[] StorageClasses = ["GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"];

    private static readonly Settings.XmlShape Tag = Parent("Tag", Text("Key").Required(), Text("Value").Required());

    public static Settings.XmlShape Document { get; } = Parent("LifecycleConfiguration",
        Parent("Rule",
            Text("ID"),
            Text("Prefix"),
            Union("Filter",
                Text("Prefix"), Tag, Text("ObjectSizeGreaterThan"), Text("ObjectSizeLessThan"),
                Parent("And", Text("Prefix"), Tag.Repeated(), Text("ObjectSizeGreaterThan"), Text("ObjectSizeLessThan"))),
            Choice("Status", "Enabled", "Disabled").Required(),
            Parent("Transition", Text("Date"), Number("Days"), Choice("StorageClass", StorageClasses).Required()).Repeated(),
            Union("Expiration", Text("Date"), Number("Days"), Boolean("ExpiredObjectDeleteMarker")),
            Parent("NoncurrentVersionTransition",
                Number("NoncurrentDays").Required(), Choice("StorageClass", StorageClasses).Required(), Number("NewerNoncurrentVersions")).Repeated(),
            Parent("NoncurrentVersionExpiration", Number("NoncurrentDays").Required(), Number("NewerNoncurrentVersions")),
            Parent("AbortIncompleteMultipartUpload", Number("DaysAfterInitiation").Required())).Required().Repeated());
}
