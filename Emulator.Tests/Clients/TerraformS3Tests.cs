using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

[Source("https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket")]
internal sealed class TerraformS3Tests : TerraformFixture
{
    protected override void Configure(AwsEmulatorOptions options) => options.Functions = functions => functions.Register<string>("on-event", (_, _) => Task.CompletedTask);

    [Test]
    public async Task Buckets_with_all_their_settings_are_applied_planned_without_changes_and_destroyed_with_all_versions()
    {
        await InitAsync("s3.tf");
        await ApplyAsync();
        var output = await OutputAsync();
        Assert.That((string)output["plain"]!["value"]!, Is.EqualTo("plain"));
        Assert.That(output["prefixes"]!["value"]!.AsArray().Select(prefix => (string)prefix!), Is.EqualTo(new[] { "a/", "copies/" }));
        Assert.That((string)output["domain"]!["value"]!, Is.EqualTo("terraform-full.s3.eu-west-1.amazonaws.com"));
        Assert.That(output["public"]!["value"]!.AsArray().Select(isPublic => (bool)isPublic!), Is.EqualTo(new[] { false, true }));
        Assert.That(await PlanAsync(), Is.Empty);

        using var s3 = Aws.CreateClient<AmazonS3Client>(Credentials);
        await PutVersionsAndMarkersAsync(s3, "terraform-full", "terraform-inline", "terraform-locked");
        await DestroyAsync();
        Assert.That((await s3.ListBucketsAsync()).Buckets ?? [], Is.Empty);
    }

    /// <remarks>An apply of lifecycle rules would wait for most of a minute: the provider reads them ten times.</remarks>
    [Test]
    public async Task What_is_there_already_is_imported_without_a_change()
    {
        using var s3 = Aws.CreateClient<AmazonS3Client>(Credentials);
        await s3.PutBucketAsync("terraform-kept");
        await s3.PutBucketVersioningAsync(new() { BucketName = "terraform-kept", VersioningConfig = new() { Status = VersionStatus.Enabled } });
        await s3.PutLifecycleConfigurationAsync("terraform-kept", Rules());
        await InitAsync("s3-import.tf");
        Assert.That(await SummaryOfPlanAsync(), Is.EqualTo("Plan: 6 to import, 0 to add, 0 to change, 0 to destroy."));
    }

    private static async Task PutVersionsAndMarkersAsync(AmazonS3Client s3, params string[] buckets)
    {
        foreach (var bucket in buckets)
        {
            await s3.PutObjectAsync(new() { BucketName = bucket, Key = "a & b", ContentBody = "1" });
            await s3.PutObjectAsync(new() { BucketName = bucket, Key = "a & b", ContentBody = "2" });
            await s3.DeleteObjectAsync(bucket, "a & b");
        }
    }

    private static LifecycleConfiguration Rules() => new()
    {
        Rules =
        [
            new()
            {
                Id = "logs",
                Status = LifecycleRuleStatus.Enabled,
                Filter = new()
                {
                    LifecycleFilterPredicate = new LifecycleAndOperator
                    {
                        Operands =
                        [
                            new LifecyclePrefixPredicate { Prefix = "logs/" }, new LifecycleObjectSizeGreaterThanPredicate { ObjectSizeGreaterThan = 1000 },
                            new LifecycleTagPredicate { Tag = new() { Key = "kind", Value = "log" } }, new LifecycleTagPredicate { Tag = new() { Key = "old", Value = "yes" } },
                        ],
                    },
                },
                Transitions = [new() { Days = 30, StorageClass = S3StorageClass.StandardInfrequentAccess }, new() { Days = 60, StorageClass = S3StorageClass.Glacier }],
                Expiration = new() { Days = 90 },
            },
            new()
            {
                Id = "versions",
                Status = LifecycleRuleStatus.Enabled,
                Filter = new() { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = "" } },
                NoncurrentVersionTransitions = [new() { NoncurrentDays = 30, StorageClass = S3StorageClass.StandardInfrequentAccess }],
                NoncurrentVersionExpiration = new() { NoncurrentDays = 60, NewerNoncurrentVersions = 3 },
                Expiration = new() { ExpiredObjectDeleteMarker = true },
                AbortIncompleteMultipartUpload = new() { DaysAfterInitiation = 7 },
            },
            new()
            {
                Id = "temporary",
                Status = LifecycleRuleStatus.Disabled,
                Filter = new() { LifecycleFilterPredicate = new LifecycleTagPredicate { Tag = new() { Key = "temporary", Value = "yes" } } },
                Expiration = new() { Date = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc) },
            },
        ],
    };
}
