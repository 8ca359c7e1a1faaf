using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Lifecycle;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html")]
internal sealed class LifecycleClockTests : LifecycleFixture
{
    [Test]
    public async Task An_object_expires_at_the_midnight_after_its_days()
    {
        await SetRulesAsync(Expiring(2, "logs/"));
        await PutAsync("logs/a", "x");
        await PutAsync("kept", "x");
        AdvanceDays(2.5);
        Assert.That(await KeysAsync(), Is.EqualTo(new[] { "kept", "logs/a" }), "3 July, 22:00");
        AdvanceDays(0.1);
        Assert.That(await KeysAsync(), Is.EqualTo(new[] { "kept" }), "4 July, 00:24");
    }

    [Test]
    [Observed("2026, recorded answers: test_bucket_lifecycle_configuration_object_expiry_versioned, test_bucket_lifecycle_multiple_rules")]
    public async Task Who_puts_and_gets_an_object_is_told_when_it_expires_first()
    {
        await EnableVersioningAsync();
        await SetRulesAsync(Expiring(5), Rule("logs/", rule => (rule.Id, rule.Expiration) = ("2", new() { Days = 2 })));
        var put = await PutAsync("logs/a", "x");
        const string Told = "expiry-date=\"Fri, 04 Jul 2031 00:00:00 GMT\", rule-id=\"2\"";
        Assert.That((put.Expiration.RuleId, put.Expiration.ExpiryDate.ToUniversalTime()), Is.EqualTo(("2", new DateTime(2031, 7, 4, 0, 0, 0, DateTimeKind.Utc))));
        Assert.That(await HeaderAsync("logs/a"), Is.EqualTo(Told));
        await PutAsync("b", "x");
        Assert.That(await HeaderAsync("b"), Is.EqualTo("expiry-date=\"Mon, 07 Jul 2031 00:00:00 GMT\", rule-id=\"the%20rule\""));
        Assert.That(await HeaderAsync($"b?versionId={(await S3.GetObjectMetadataAsync(TheBucket, "b")).VersionId}"), Is.Null);
    }

    [Test]
    public async Task A_date_has_all_objects_of_a_rule_expire()
    {
        await SetRulesAsync(Rule("", rule => rule.Expiration = new() { Date = new DateTime(2031, 7, 3, 0, 0, 0, DateTimeKind.Utc) }));
        await PutAsync("a", "x");
        AdvanceDays(1);
        Assert.That(await KeysAsync(), Has.Count.EqualTo(1));
        AdvanceDays(1);
        await PutAsync("b", "x");
        Assert.That(await KeysAsync(), Is.EqualTo(new[] { "b" }));
    }

    [Test]
    public async Task Tags_and_sizes_choose_and_a_disabled_rule_does_nothing()
    {
        await SetRulesAsync(
            Rule("", rule => (rule.Id, rule.Filter, rule.Expiration) = ("tag", new() { Tag = new() { Key = "k", Value = "v" } }, new() { Days = 1 })),
            Rule("", rule => (rule.Id, rule.Filter, rule.Expiration) = ("size", new() { ObjectSizeGreaterThan = 20 }, new() { Days = 1 })),
            Rule("", rule => (rule.Id, rule.Status, rule.Expiration) = ("off", LifecycleRuleStatus.Disabled, new() { Days = 1 })));
        await PutAsync("20", Bytes(20));
        await PutAsync("21", Bytes(21));
        await PutAsync("other", "x", put => put.TagSet = [new() { Key = "k", Value = "w" }]);
        await PutAsync("tagged", "x", put => put.TagSet = [new() { Key = "k", Value = "v" }, new() { Key = "l", Value = "v" }]);
        AdvanceDays(3);
        Assert.That(await KeysAsync(), Is.EqualTo(new[] { "20", "other" }));
    }

    [Test]
    public async Task A_version_expires_under_a_marker_then_for_good_and_the_marker_last()
    {
        await EnableVersioningAsync();
        await SetRulesAsync(Rule("", rule => (rule.Expiration, rule.NoncurrentVersionExpiration) = (new() { Days = 1 }, new() { NoncurrentDays = 3 })));
        await PutAsync("a", "x");
        AdvanceDays(1.7);
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "a-", "a" }), "3 July: a marker hides it");
        var marker = (await S3.ListVersionsAsync(TheBucket)).Versions[0];
        Assert.That(marker.LastModified!.Value.ToUniversalTime(), Is.EqualTo(new DateTime(2031, 7, 3, 0, 0, 0, DateTimeKind.Utc)));
        AdvanceDays(2);
        Assert.That(await VersionsAsync(), Has.Count.EqualTo(2), "5 July");
        AdvanceDays(1);
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "a-" }), "6 July: noncurrent for three days");
        AdvanceDays(1);
        Assert.That(await VersionsAsync(), Is.Empty, "the marker hid nothing any more");
    }

    [Test]
    public async Task An_expired_marker_goes_only_when_it_hides_nothing()
    {
        await EnableVersioningAsync();
        await SetRulesAsync(Rule("", rule => rule.Expiration = new() { ExpiredObjectDeleteMarker = true }));
        var put = await PutAsync("a", "x");
        await S3.DeleteObjectAsync(TheBucket, "a");
        AdvanceDays(5);
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "a-", "a" }));
        await S3.DeleteObjectAsync(TheBucket, "a", put.VersionId);
        AdvanceDays(1);
        Assert.That(await VersionsAsync(), Is.Empty);
    }

    [Test]
    public async Task The_newest_noncurrent_versions_are_kept()
    {
        await EnableVersioningAsync();
        await SetRulesAsync(Rule("", rule => rule.NoncurrentVersionExpiration = new() { NoncurrentDays = 1, NewerNoncurrentVersions = 2 }));
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Add((await PutAsync("a", $"{i}")).VersionId);
        AdvanceDays(3);
        Assert.That((await S3.ListVersionsAsync(TheBucket)).Versions.Select(one => one.VersionId), Is.EqualTo(new[] { ids[4], ids[3], ids[2] }));
    }

    [Test]
    public async Task What_is_locked_stays_until_its_lock_ends()
    {
        await EnableVersioningAsync();
        await S3.PutObjectLockConfigurationAsync(new PutObjectLockConfigurationRequest { BucketName = TheBucket, ObjectLockConfiguration = new() { ObjectLockEnabled = ObjectLockEnabled.Enabled } });
        await SetRulesAsync(Rule("", rule => rule.NoncurrentVersionExpiration = new() { NoncurrentDays = 1 }));
        await PutAsync("a", "x", put => (put.ObjectLockMode, put.ObjectLockRetainUntilDate) = (ObjectLockMode.Compliance, Aws.Clock.GetUtcNow().UtcDateTime.AddDays(5)));
        await PutAsync("a", "y");
        AdvanceDays(4);
        Assert.That(await VersionsAsync(), Has.Count.EqualTo(2));
        AdvanceDays(2);
        Assert.That(await VersionsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Objects_move_down_the_storage_classes()
    {
        await EnableVersioningAsync();
        await SetRulesAsync(Rule("", rule =>
        {
            rule.Transitions = [new() { Days = 30, StorageClass = S3StorageClass.StandardInfrequentAccess }, new() { Days = 60, StorageClass = S3StorageClass.Glacier }];
            rule.NoncurrentVersionTransitions = [new() { NoncurrentDays = 1, StorageClass = S3StorageClass.DeepArchive }];
        }));
        await PutAsync("a", Bytes(128 << 10));
        await PutAsync("a", Bytes(128 << 10, 2));
        await PutAsync("small", Bytes((128 << 10) - 1));
        AdvanceDays(3);
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "a", "a DEEP_ARCHIVE", "small" }));
        AdvanceDays(29);
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "a STANDARD_IA", "a DEEP_ARCHIVE", "small" }));
        AdvanceDays(29);
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "a GLACIER", "a DEEP_ARCHIVE", "small" }));
    }

    [TestCase("varies_by_storage_class", null, "GLACIER", true)]
    [TestCase("varies_by_storage_class", null, "GLACIER_IR", false)]
    [TestCase("all_storage_classes_128K", null, "GLACIER", false)]
    [TestCase("all_storage_classes_128K", 0L, "GLACIER", true)]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html")]
    public async Task Small_objects_move_where_the_bucket_or_the_filter_says_so(string minimum, long? greaterThan, string storageClass, bool moves)
    {
        await S3.PutLifecycleConfigurationAsync(new PutLifecycleConfigurationRequest
        {
            BucketName = TheBucket,
            TransitionDefaultMinimumObjectSize = minimum,
            Configuration = new() { Rules = [Rule("", rule => (rule.Filter, rule.Transitions) = (greaterThan is null ? new() { Prefix = "" } : new() { ObjectSizeGreaterThan = greaterThan }, [new() { Days = 0, StorageClass = storageClass }]))] },
        });
        await PutAsync("a", "x");
        AdvanceDays(1);
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { moves ? $"a {storageClass}" : "a" }));
    }

    [Test]
    public async Task Uploads_that_are_not_completed_are_aborted()
    {
        await SetRulesAsync(Rule("a", rule => rule.AbortIncompleteMultipartUpload = new() { DaysAfterInitiation = 2 }));
        await S3.InitiateMultipartUploadAsync(TheBucket, "a");
        await S3.InitiateMultipartUploadAsync(TheBucket, "b");
        AdvanceDays(2.5);
        Assert.That((await S3.ListMultipartUploadsAsync(TheBucket)).MultipartUploads, Has.Count.EqualTo(2));
        AdvanceDays(0.1);
        Assert.That((await S3.ListMultipartUploadsAsync(TheBucket)).MultipartUploads.Select(upload => upload.Key), Is.EqualTo(new[] { "b" }));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html")]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html")]
    public async Task Who_begins_an_upload_and_lists_its_parts_is_told_when_it_is_aborted_first()
    {
        await SetRulesAsync(
            Rule("", rule => (rule.Id, rule.AbortIncompleteMultipartUpload) = ("all", new() { DaysAfterInitiation = 7 })),
            Rule("a", rule => (rule.Id, rule.AbortIncompleteMultipartUpload) = ("soon", new() { DaysAfterInitiation = 2 })),
            Rule("b", rule => (rule.Id, rule.Status, rule.AbortIncompleteMultipartUpload) = ("off", LifecycleRuleStatus.Disabled, new() { DaysAfterInitiation = 1 })));
        var soon = await S3.InitiateMultipartUploadAsync(TheBucket, "a");
        Assert.That((soon.AbortRuleId, soon.AbortDate?.ToUniversalTime()), Is.EqualTo(("soon", (DateTime?)new DateTime(2031, 7, 4, 0, 0, 0, DateTimeKind.Utc))));
        var parts = await S3.ListPartsAsync(TheBucket, "a", soon.UploadId);
        Assert.That((parts.AbortRuleId, parts.AbortDate), Is.EqualTo((soon.AbortRuleId, soon.AbortDate)));
        Assert.That((await S3.InitiateMultipartUploadAsync(TheBucket, "b")).AbortRuleId, Is.EqualTo("all"));
        await S3.DeleteLifecycleConfigurationAsync(TheBucket);
        Assert.That((await S3.ListPartsAsync(TheBucket, "a", soon.UploadId)).AbortRuleId, Is.Null);
    }

    [Test]
    public async Task Rules_that_change_are_told_at_once()
    {
        await SetRulesAsync(Expiring(1));
        Assert.That((await PutAsync("a", "x")).Expiration, Is.Not.Null);
        await SetRulesAsync(Expiring(3, "a"));
        Assert.That(await HeaderAsync("a"), Does.StartWith("expiry-date=\"Sat, 05 Jul 2031"));
        await S3.DeleteLifecycleConfigurationAsync(TheBucket);
        Assert.That(await HeaderAsync("a"), Is.Null);
    }

    [Test]
    public async Task More_objects_expire_than_go_into_one_write()
    {
        await SetRulesAsync(Expiring(1));
        for (var i = 0; i < 450; i++) await PutAsync($"{i}", "x");
        AdvanceDays(2);
        Assert.That(await KeysAsync(), Is.Empty);
    }

    [Test]
    public async Task Rules_that_are_gone_do_nothing()
    {
        await SetRulesAsync(Expiring(1));
        await PutAsync("a", "x");
        await S3.DeleteLifecycleConfigurationAsync(TheBucket);
        AdvanceDays(5);
        Assert.That(await KeysAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_fork_goes_on_with_the_rules_alone()
    {
        await SetRulesAsync(Expiring(1));
        await PutAsync("a", "x");
        await using var fork = Aws.Fork();
        fork.Clock.Advance(TimeSpan.FromDays(3));
        using var forked = fork.CreateClient<AmazonS3Client>();
        Assert.That((await forked.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket })).S3Objects ?? [], Is.Empty);
        Assert.That(await KeysAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Rules_go_on_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("lifecycle-").FullName;
        try
        {
            await using (var aws = await AwsEmulator.StartAsync(options => options.DataFolder = folder))
            {
                using var s3 = aws.CreateClient<AmazonS3Client>();
                await s3.PutBucketAsync(TheBucket);
                await s3.PutObjectAsync(new PutObjectRequest { BucketName = TheBucket, Key = "a", ContentBody = "x" });
                await s3.PutLifecycleConfigurationAsync(new PutLifecycleConfigurationRequest { BucketName = TheBucket, Configuration = new() { Rules = [Expiring(1)] } });
            }
            await using (var aws = await AwsEmulator.StartAsync(options => options.DataFolder = folder))
            {
                using var s3 = aws.CreateClient<AmazonS3Client>();
                Assert.That((await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket })).S3Objects, Has.Count.EqualTo(1));
                aws.Clock.Advance(TimeSpan.FromDays(3));
                Assert.That((await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TheBucket })).S3Objects ?? [], Is.Empty);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<string?> HeaderAsync(string target)
    {
        var (response, _) = await SendAsync(HttpMethod.Head, $"/{TheBucket}/{target}");
        Assert.That(response.IsSuccessStatusCode, $"{response.StatusCode}");
        return response.Headers.TryGetValues("x-amz-expiration", out var values) ? values.Single() : null;
    }
}
