using Emulator.S3.Settings;
using static Emulator.S3.Settings.XmlShape;

namespace Emulator.S3.Replication;

/// <summary>The document of a replication configuration.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationRule.html. Observed 2025: a rule with <c>ExistingObjectReplication</c>, which AWS no longer has, is MalformedXML. Source: https://github.com/hashicorp/terraform-provider-aws/issues/43746</remarks>
internal static class ReplicationShape
{
    private static readonly string[] StorageClasses = ["STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"];

    private static readonly XmlShape Tag = Parent("Tag", Text("Key").Required(), Text("Value").Required());

    private static readonly XmlShape Status = Choice("Status", "Enabled", "Disabled");

    public static XmlShape Document { get; } = Parent("ReplicationConfiguration",
        Text("Role").Required(),
        Parent("Rule",
            Text("ID"),
            Number("Priority"),
            Text("Prefix"),
            Union("Filter", Text("Prefix"), Tag, Parent("And", Text("Prefix"), Tag.Repeated())),
            Status.Required(),
            Parent("SourceSelectionCriteria", Parent("SseKmsEncryptedObjects", Status.Required()), Parent("ReplicaModifications", Status.Required())),
            Parent("Destination",
                Text("Bucket").Required(),
                Text("Account"),
                Choice("StorageClass", StorageClasses),
                Parent("AccessControlTranslation", Choice("Owner", "Destination").Required()),
                Parent("EncryptionConfiguration", Text("ReplicaKmsKeyID")),
                Parent("ReplicationTime", Status.Required(), Parent("Time", Number("Minutes")).Required()),
                Parent("Metrics", Status.Required(), Parent("EventThreshold", Number("Minutes")))).Required(),
            Parent("DeleteMarkerReplication", Status)).Required().Repeated());
}
