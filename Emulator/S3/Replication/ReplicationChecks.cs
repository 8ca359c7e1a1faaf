using System.Text.RegularExpressions;
using Emulator.Protocols;
using Emulator.S3.Buckets;

namespace Emulator.S3.Replication;

/// <summary>What a replication configuration must keep beyond its shape.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html; the texts are recorded where AWS was recorded (TestS3BucketReplication), else as public reports quote it, some without a source.</remarks>
internal static partial class ReplicationChecks
{
    public static List<ReplicationRule> Check(XmlNode document, Bucket source)
    {
        var nodes = document.All("Rule").ToList();
        if (nodes.Count > S3Limits.ReplicationRules) throw RestXml.MalformedXml();
        // One rule of the earlier form makes it the earlier form for all.
        var isEarlier = nodes.Exists(node => node.Child("Filter") is null);
        foreach (var node in nodes)
        {
            CheckFilter(node);
            CheckForm(node, isEarlier);
        }
        var rules = nodes.ConvertAll(ReplicationRule.Parse);
        for (var i = 0; i < rules.Count; i++)
        {
            CheckUnique(rules, i, isEarlier);
            CheckSelection(nodes[i], rules[i]);
            CheckDestination(nodes[i], source);
        }
        if (isEarlier) CheckEarlier(rules);
        return rules;
    }

    /// <summary>The role is not looked up: only its ARN must be one.</summary>
    public static void CheckRole(string role)
    {
        if (role.Split(':', 6) is not ["arn", "aws", "iam", "", { Length: 12 } account, { Length: > 0 } resource] || !account.All(char.IsAsciiDigit)) throw S3Errors.InvalidArgument("Invalid Role specified in replication configuration", "Role", role);
        if (!resource.StartsWith("role/", StringComparison.Ordinal) || resource.EndsWith('/')) throw S3Errors.InvalidArgument("The relative id should start with role", "Role", role);
    }

    private static void CheckFilter(XmlNode node)
    {
        var filter = node.Child("Filter");
        if (filter is null == node.Child("Prefix") is null) throw RestXml.MalformedXml();
        if (filter?.Child("And") is { Children.Count: < 2 }) throw RestXml.MalformedXml();
    }

    /// <summary>What belongs to one form of rules only.</summary>
    private static void CheckForm(XmlNode node, bool isEarlier)
    {
        foreach (var name in (ReadOnlySpan<string>)["Priority", "DeleteMarkerReplication"])
        {
            if (node.Child(name) is null == isEarlier) continue;
            var verb = isEarlier ? "cannot be used" : "must be specified";
            throw S3Errors.InvalidRequest($"{name} {verb} for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.");
        }
    }

    private static void CheckUnique(List<ReplicationRule> rules, int i, bool isEarlier)
    {
        var rule = rules[i];
        if (rule.Id.Length > S3Limits.ReplicationRuleIdCharacters) throw S3Errors.InvalidArgument($"Rule Id cannot be greater than {S3Limits.ReplicationRuleIdCharacters}", "ID", rule.Id);
        if (rule.Id.Length > 0 && rules.FindIndex(other => other.Id == rule.Id) < i) throw S3Errors.InvalidArgument("Rule Id must be unique", "ID", rule.Id);
        if (isEarlier) return;
        if (rule.Priority < 0) throw S3Errors.InvalidRequest("Priority must be between 0 and 2147483647.");
        if (rules.FindIndex(other => other.Priority == rule.Priority) < i) throw S3Errors.InvalidRequest($"Found duplicate priority {rule.Priority}.");
    }

    private static void CheckSelection(XmlNode node, ReplicationRule rule)
    {
        if (rule.Tags.DistinctBy(tag => tag.Key).Count() < rule.Tags.Count) throw S3Errors.InvalidRequest("Duplicate Tag Keys are not allowed.");
        if (rule.Tags.Count > 0 && rule.ReplicatesDeleteMarkers && node.Child("Filter") is not null)
        {
            throw S3Errors.InvalidRequest("Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.");
        }
        if (node.Child("SourceSelectionCriteria") is { Children.Count: 0 }) throw S3Errors.InvalidRequest("SourceSelectionCriteria cannot be empty.");
    }

    private static void CheckDestination(XmlNode rule, Bucket source)
    {
        var node = rule.Child("Destination")!;
        var arn = node.Required("Bucket");
        if (!arn.StartsWith(ReplicationDestination.ArnPrefix, StringComparison.Ordinal)) throw S3Errors.InvalidArgument("Invalid bucket ARN", "Bucket", arn);
        var name = arn[ReplicationDestination.ArnPrefix.Length..];
        if (!BucketName.IsValid(name)) throw S3Errors.InvalidArgument("The specified bucket is not valid.", "Bucket", arn);
        if (name == source.Name) throw S3Errors.InvalidRequest("Destination bucket cannot be the same as the source bucket.");
        if (node.Child("AccessControlTranslation") is not null && string.IsNullOrEmpty(node.Value("Account"))) throw S3Errors.InvalidRequest("Account must be specified if the Owner in AccessControlTranslation has a value");
        CheckEncryption(node, rule.Child("SourceSelectionCriteria")?.Child("SseKmsEncryptedObjects") is not null);
        CheckTime(node);
    }

    private static void CheckEncryption(XmlNode destination, bool selectsKmsObjects)
    {
        var encryption = destination.Child("EncryptionConfiguration");
        if (encryption is not null && !selectsKmsObjects) throw S3Errors.InvalidRequest("SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.");
        var key = encryption?.Value("ReplicaKmsKeyID");
        if (selectsKmsObjects && string.IsNullOrEmpty(key)) throw S3Errors.InvalidRequest("ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.");
        if (key is not null && !KmsKeyArn().IsMatch(key)) throw S3Errors.InvalidArgument("Invalid ReplicaKmsKeyID ARN.", "ReplicaKmsKeyID", key);
    }

    /// <summary>Replication time control is of fifteen minutes, and has metrics with it.</summary>
    private static void CheckTime(XmlNode destination)
    {
        var (time, metrics) = (destination.Child("ReplicationTime"), destination.Child("Metrics"));
        if (time is not null)
        {
            if (metrics is null) throw S3Errors.InvalidRequest("Replication destination must contain both ReplicationTime and Metrics or neither.");
            if (time.Child("Time")!.Value("Minutes") != "15") throw S3Errors.InvalidArgument("Invalid time minute value", "ReplicationTime");
        }
        var threshold = metrics?.Child("EventThreshold")?.Value("Minutes");
        if (time?.Value("Status") != "Enabled")
        {
            if (metrics?.Child("EventThreshold") is not null) throw S3Errors.InvalidArgument("Metrics cannot contain an event threshold when ReplicationTime is not specified or Disabled", "Metrics");
            return;
        }
        if (threshold is null) throw S3Errors.InvalidArgument("ReplicationMetrics must contain an event threshold", "ReplicationMetrics");
        if (threshold != "15") throw S3Errors.InvalidArgument("Invalid event threshold minute value", "ReplicationMetrics");
    }

    private static void CheckEarlier(List<ReplicationRule> rules)
    {
        if (rules.DistinctBy(rule => rule.Destination.Bucket).Count() > 1) throw S3Errors.InvalidRequest("Number of distinct destination bucket ARNs cannot exceed 1");
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules.Take(i).FirstOrDefault(other => other.FitsKey(rules[i].Prefix) || rules[i].FitsKey(other.Prefix)) is { } overlapping)
            {
                throw S3Errors.InvalidRequest($"Found overlapping prefixes '{overlapping.Prefix}' and '{rules[i].Prefix}'");
            }
        }
    }

    [GeneratedRegex("^arn:aws:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/.+$", RegexOptions.CultureInvariant)]
    private static partial Regex KmsKeyArn();
}
