using Emulator.Protocols;

namespace Emulator.S3.Lifecycle;

/// <summary>What a lifecycle configuration must keep beyond its shape.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html; the texts are recorded where AWS was recorded, else as public reports quote it, some without a source.</remarks>
internal static class LifecycleChecks
{
    public static void Check(IReadOnlyList<LifecycleRule> rules)
    {
        if (rules.Count > S3Limits.LifecycleRules) throw RestXml.MalformedXml();
        foreach (var rule in rules) Check(rule);
        var named = rules.Where(rule => rule.Id.Length > 0).ToList();
        if (named.DistinctBy(rule => rule.Id).Count() < named.Count)
        {
            throw S3Errors.InvalidArgument("Rule ID must be unique. Found same ID for more than one rule", "ID", named.GroupBy(rule => rule.Id).First(group => group.Count() > 1).Key);
        }
    }

    private static void Check(LifecycleRule rule)
    {
        if (rule.Id.Length > S3Limits.LifecycleRuleIdCharacters) throw S3Errors.InvalidArgument($"ID length should not exceed allowed limit of {S3Limits.LifecycleRuleIdCharacters}", "ID", rule.Id);
        if (rule is { Expiration: null, ExpiresDeleteMarkers: false, NoncurrentExpiration: null, Abort: null, Transitions.Count: 0, NoncurrentTransitions.Count: 0 })
        {
            throw S3Errors.InvalidRequest("At least one action needs to be specified in a rule.");
        }
        CheckPositive(rule.Expiration?.Days, "Days", "Expiration");
        CheckPositive(rule.NoncurrentExpiration?.Time.Days, "NoncurrentDays", "NoncurrentVersionExpiration");
        CheckPositive(rule.Abort?.Days, "DaysAfterInitiation", "AbortIncompleteMultipartUpload");
        if (rule.Abort is not null && rule.Filter.Tags.Count > 0) throw S3Errors.InvalidRequest("AbortIncompleteMultipartUpload cannot be specified with Tags.");
        if (rule.Abort is not null && rule.Filter.HasSize) throw S3Errors.InvalidRequest("AbortIncompleteMultipartUpload cannot be specified with Object Size.");
        if (rule.ExpiresDeleteMarkers && rule.Filter.Tags.Count > 0) throw S3Errors.InvalidRequest("ExpiredObjectDeleteMarker cannot be specified with Tags.");
        CheckTransitions(rule.Transitions, "Days", "Transition");
        CheckTransitions(rule.NoncurrentTransitions, "NoncurrentDays", "NoncurrentVersionTransition");
        CheckOrder(rule);
    }

    private static void CheckPositive(int? days, string name, string action)
    {
        if (days <= 0) throw S3Errors.InvalidArgument($"'{name}' for {action} action must be a positive integer", name, days.Value.ToString());
    }

    private static void CheckTransitions(IReadOnlyList<LifecycleTransition> transitions, string name, string action)
    {
        foreach (var (time, storageClass, _) in transitions)
        {
            if (time.Days < 0) throw S3Errors.InvalidArgument($"'{name}' in {action} action must be nonnegative", name, time.Days.Value.ToString());
            // "Objects must be stored for at least 30 days before transitioning to S3 Standard-IA or S3 One Zone-IA."
            if (storageClass is "STANDARD_IA" or "ONEZONE_IA" && time.Days < S3Limits.InfrequentAccessDays)
            {
                throw S3Errors.InvalidArgument($"'{name}' in {action} action must be greater than or equal to {S3Limits.InfrequentAccessDays} for storageClass '{storageClass}'", name, time.Days.Value.ToString());
            }
        }
        if (transitions.DistinctBy(transition => transition.StorageClass).Count() < transitions.Count)
        {
            throw S3Errors.InvalidRequest($"'StorageClass' must be different for '{action}' actions in same 'Rule'");
        }
    }

    private static void CheckOrder(LifecycleRule rule)
    {
        foreach (var (time, _, _) in rule.Transitions)
        {
            if (rule.Expiration is not { } expiration) continue;
            if (time.Days is null != expiration.Days is null)
            {
                throw S3Errors.InvalidRequest($"Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter '{rule.Filter.Told}'");
            }
            if (expiration.Days <= time.Days) throw S3Errors.InvalidArgument($"'Days' in the Expiration action for filter '{rule.Filter.Told}' must be greater than 'Days' in the Transition action", "Days", expiration.Days.Value.ToString());
            if (expiration.Date <= time.Date) throw S3Errors.InvalidArgument($"'Date' in the Expiration action for filter '{rule.Filter.Told}' must be later than 'Date' in the Transition action", "Date");
        }
        foreach (var (time, _, _) in rule.NoncurrentTransitions)
        {
            if (rule.NoncurrentExpiration?.Time.Days <= time.Days)
            {
                throw S3Errors.InvalidArgument($"'NoncurrentDays' in the NoncurrentVersionExpiration action for filter '{rule.Filter.Told}' must be greater than 'NoncurrentDays' in the NoncurrentVersionTransition action", "NoncurrentDays");
            }
        }
    }
}
