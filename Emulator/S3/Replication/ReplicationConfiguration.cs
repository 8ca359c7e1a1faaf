using System.Text;
using Emulator.Identifiers;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.Storage;

namespace Emulator.S3.Replication;

/// <summary>What of a bucket goes to other buckets, and in which role. It is stored as the document that is answered.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html</remarks>
internal sealed record ReplicationConfiguration(string Role, IReadOnlyList<ReplicationRule> Rules)
{
    /// <summary>Of the bucket; null where it replicates nothing.</summary>
    public static ReplicationConfiguration? Find(IReader reader, Bucket bucket)
    {
        // Without versioning there is none, so that other buckets are not asked for it with each write.
        if (bucket.Versioning != VersioningStatus.Enabled || BucketSettings.Replication.Find(reader, bucket) is not { } stored) return null;
        var document = RestXml.Parse(Encoding.UTF8.GetBytes(stored), "ReplicationConfiguration");
        return new(document.Required("Role"), [.. document.All("Rule").Select(ReplicationRule.Parse)]);
    }

    /// <summary>Checks what a client sends, and gives an id to each rule that has none.</summary>
    /// <returns>The document as it is stored, and the destinations.</returns>
    public static (string Document, IReadOnlyList<ReplicationDestination> Destinations) Accept(XmlNode document, Bucket source, IdSource ids)
    {
        var rules = ReplicationChecks.Check(document, source);
        foreach (var rule in document.All("Rule")) rule.Default("ID", Convert.ToBase64String(Encoding.ASCII.GetBytes(ids.Uuid().ToString())));
        return (Encoding.UTF8.GetString(ReplicationShape.Document.ToReply(document).Content.Span), [.. rules.Select(rule => rule.Destination).DistinctBy(destination => destination.Bucket)]);
    }

    /// <summary>The rules that count for something: for each destination the one of the highest priority.</summary>
    public IEnumerable<ReplicationRule> For(Func<ReplicationRule, bool> fits) =>
        Rules.Where(rule => rule.IsEnabled && fits(rule)).GroupBy(rule => rule.Destination.Bucket).Select(rules => rules.MaxBy(rule => rule.Priority)!);
}
