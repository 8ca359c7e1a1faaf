using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Lifecycle;

/// <summary>A bucket at ten o'clock of a summer's day; nothing but a test moves the clock.</summary>
internal abstract class LifecycleFixture : S3Fixture
{
    [SetUp]
    public void StopTheClock()
    {
        Aws.Clock.Freeze();
        Aws.Clock.Set(new DateTimeOffset(2031, 7, 1, 10, 0, 0, TimeSpan.Zero));
    }

    protected static LifecycleRule Rule(string prefix = "", Action<LifecycleRule>? with = null)
    {
        var rule = new LifecycleRule { Id = "the rule", Filter = new() { Prefix = prefix }, Status = LifecycleRuleStatus.Enabled };
        with?.Invoke(rule);
        return rule;
    }

    protected static LifecycleRule Expiring(int days, string prefix = "") => Rule(prefix, rule => rule.Expiration = new() { Days = days });

    protected Task<PutLifecycleConfigurationResponse> SetRulesAsync(params LifecycleRule[] rules) =>
        S3.PutLifecycleConfigurationAsync(new PutLifecycleConfigurationRequest { BucketName = TheBucket, Configuration = new() { Rules = [.. rules] } });

    protected Task EnableVersioningAsync(string bucket = TheBucket) =>
        S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new() { Status = VersionStatus.Enabled } });

    protected void AdvanceDays(double days) => Aws.Clock.Advance(TimeSpan.FromDays(days));

    protected async Task<List<string>> KeysAsync() => [.. ((await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket })).S3Objects ?? []).Select(one => one.Key)];

    /// <summary>Each version as its key, with a dash where it is a delete marker, and the class where it is not the standard one.</summary>
    protected async Task<List<string>> VersionsAsync() => [.. ((await S3.ListVersionsAsync(TheBucket)).Versions ?? []).Select(one =>
        $"{one.Key}{(one.IsDeleteMarker == true ? "-" : one.StorageClass == S3StorageClass.Standard ? "" : $" {one.StorageClass}")}")];
}
