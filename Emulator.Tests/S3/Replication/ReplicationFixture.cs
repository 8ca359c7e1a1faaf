using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Replication;

/// <summary>Two buckets with versioning, and a clock that stands still: what waits to be replicated waits for the test.</summary>
internal abstract class ReplicationFixture : S3Fixture
{
    protected const string Copies = "the-copies";
    protected const string Role = "arn:aws:iam::000000000000:role/replication";

    [SetUp]
    public async Task MakeBucketsAsync()
    {
        Aws.Clock.Freeze();
        await S3.PutBucketAsync(Copies);
        await SetVersioningAsync(TheBucket);
        await SetVersioningAsync(Copies);
    }

    protected Task SetVersioningAsync(string bucket, string status = "Enabled") =>
        S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new() { Status = status } });

    protected static ReplicationRule Rule(string destination = Copies, Action<ReplicationRule>? with = null)
    {
        var rule = new ReplicationRule
        {
            Id = destination,
            Priority = 1,
            Status = ReplicationRuleStatus.Enabled,
            Filter = new() { Prefix = "" },
            DeleteMarkerReplication = new() { Status = DeleteMarkerReplicationStatus.Disabled },
            Destination = new() { BucketArn = $"arn:aws:s3:::{destination}" },
        };
        with?.Invoke(rule);
        return rule;
    }

    protected Task SetRulesAsync(params ReplicationRule[] rules) => SetRulesAsync(TheBucket, rules);

    protected Task SetRulesAsync(string bucket, ReplicationRule[] rules) =>
        S3.PutBucketReplicationAsync(new PutBucketReplicationRequest { BucketName = bucket, Configuration = new() { Role = Role, Rules = [.. rules] } });

    /// <summary>Returns when all that waits has been replicated.</summary>
    protected void Replicate() => Aws.Clock.Advance(TimeSpan.Zero);

    /// <summary>The value of x-amz-replication-status; null where it is not told.</summary>
    protected async Task<string?> StatusAsync(string key, string bucket = TheBucket, string? version = null) =>
        (await S3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = key, VersionId = version })).ReplicationStatus?.Value;

    protected async Task<string> CopyAsync(string key, string bucket = Copies)
    {
        using var response = await S3.GetObjectAsync(bucket, key);
        using var reader = new StreamReader(response.ResponseStream);
        return await reader.ReadToEndAsync();
    }

    /// <summary>The keys of a bucket's versions, with a dash where it is a delete marker.</summary>
    protected async Task<List<string>> VersionsAsync(string bucket = Copies) =>
        [.. ((await S3.ListVersionsAsync(bucket)).Versions ?? []).Select(one => one.Key + (one.IsDeleteMarker == true ? "-" : ""))];
}
