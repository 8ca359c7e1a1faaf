using System.Globalization;
using Emulator.Protocols;
using Emulator.S3.Encryption;
using Emulator.S3.Objects;

namespace Emulator.S3.Replication;

/// <summary>Which objects go where.</summary>
/// <param name="Priority">Of two rules for one destination the one of the higher priority counts.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html</remarks>
internal sealed record ReplicationRule(string Id, int Priority, bool IsEnabled, string Prefix, IReadOnlyList<Tag> Tags, ReplicationDestination Destination)
{
    /// <summary>Whether delete markers go too. In the earlier form of rules, which have a prefix in place of a filter, they always do.</summary>
    public bool ReplicatesDeleteMarkers { get; private init; }

    /// <summary>Whether objects go that KMS encrypts.</summary>
    public bool ReplicatesKmsObjects { get; private init; }

    /// <summary>Whether changes of replicas go back: their tags, ACLs and locks.</summary>
    public bool ReplicatesReplicaModifications { get; private init; }

    /// <summary>A rule of a document that fits <see cref="ReplicationShape"/>.</summary>
    public static ReplicationRule Parse(XmlNode node)
    {
        var filter = node.Child("Filter");
        var wanted = filter?.Child("And") ?? filter;
        var criteria = node.Child("SourceSelectionCriteria");
        return new(node.Value("ID") ?? "", node.Value("Priority") is { } priority ? int.Parse(priority, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0, IsOn(node),
            (filter is null ? node.Value("Prefix") : wanted!.Value("Prefix")) ?? "",
            [.. wanted?.All("Tag").Select(tag => new Tag(tag.Required("Key"), tag.Required("Value"))) ?? []],
            ReplicationDestination.Parse(node.Child("Destination")!))
        {
            ReplicatesDeleteMarkers = filter is null || IsOn(node.Child("DeleteMarkerReplication")),
            ReplicatesKmsObjects = IsOn(criteria?.Child("SseKmsEncryptedObjects")),
            ReplicatesReplicaModifications = IsOn(criteria?.Child("ReplicaModifications")),
        };
    }

    public bool Fits(StoredObject version) => FitsKey(version.Key) && Tags.All(version.Tags.Contains);

    public bool FitsKey(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether the rule is for objects that are so encrypted.</summary>
    public bool Selects(ObjectEncryption encryption) => ReplicatesKmsObjects || encryption.Method is not (EncryptionMethod.Kms or EncryptionMethod.KmsDualLayer);

    private static bool IsOn(XmlNode? node) => node?.Value("Status") == "Enabled";
}
