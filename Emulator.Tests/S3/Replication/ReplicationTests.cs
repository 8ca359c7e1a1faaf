using System.Net;
using Amazon;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Replication;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html")]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-status.html")]
internal sealed class ReplicationTests : ReplicationFixture
{
    [Test]
    public async Task A_replica_has_all_that_its_source_has()
    {
        await SetRulesAsync(Rule());
        var put = await PutAsync("a", "some data", request =>
        {
            request.ContentType = "text/plain";
            request.Metadata["who"] = "me";
            request.TagSet = [new() { Key = "k", Value = "v" }];
            request.StorageClass = S3StorageClass.StandardInfrequentAccess;
        });
        Assert.That((await StatusAsync("a"), await VersionsAsync()), Is.EqualTo(("PENDING", Array.Empty<string>())));
        Aws.Clock.Advance(TimeSpan.FromMinutes(1));
        var source = await S3.GetObjectMetadataAsync(TheBucket, "a");
        var replica = await S3.GetObjectMetadataAsync(Copies, "a");
        Assert.Multiple(async () =>
        {
            Assert.That((source.ReplicationStatus.Value, replica.ReplicationStatus.Value), Is.EqualTo(("COMPLETED", "REPLICA")));
            Assert.That(replica.VersionId, Is.EqualTo(put.VersionId));
            Assert.That(replica.LastModified, Is.EqualTo(source.LastModified));
            Assert.That((replica.ETag, replica.Headers.ContentType, replica.Metadata["who"], replica.StorageClass), Is.EqualTo((put.ETag, "text/plain", "me", S3StorageClass.StandardInfrequentAccess)));
            Assert.That((await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = Copies, Key = "a" })).Tagging.Single().Value, Is.EqualTo("v"));
            Assert.That(await CopyAsync("a"), Is.EqualTo("some data"));
        });
        await S3.DeleteObjectAsync(TheBucket, "a", put.VersionId);
        Assert.That(await CopyAsync("a"), Is.EqualTo("some data"), "the deletion of a version is not replicated, and the body is the replica's too");
    }

    [Test]
    public async Task Whatever_makes_objects_is_replicated()
    {
        await SetRulesAsync(Rule());
        await PutAsync("put", "x");
        await S3.CopyObjectAsync(TheBucket, "put", TheBucket, "copied");
        var upload = await S3.InitiateMultipartUploadAsync(TheBucket, "parts");
        var first = await S3.UploadPartAsync(new UploadPartRequest { BucketName = TheBucket, Key = "parts", UploadId = upload.UploadId, PartNumber = 1, InputStream = new MemoryStream(Bytes(5 << 20)) });
        var last = await S3.UploadPartAsync(new UploadPartRequest { BucketName = TheBucket, Key = "parts", UploadId = upload.UploadId, PartNumber = 2, InputStream = new MemoryStream(Bytes(10)) });
        await S3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = TheBucket, Key = "parts", UploadId = upload.UploadId, PartETags = [new(1, first.ETag), new(2, last.ETag)] });
        Replicate();
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "copied", "parts", "put" }));
        var parts = await S3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = Copies, Key = "parts", PartNumber = 2 });
        Assert.That((parts.ETag[^3..], parts.ContentLength, parts.PartsCount), Is.EqualTo(("-2\"", 10, 2)));
    }

    [Test]
    public async Task What_was_there_before_the_rule_is_not_replicated()
    {
        await PutAsync("before", "x");
        await SetRulesAsync(Rule());
        await PutAsync("after", "x");
        await S3.PutObjectTaggingAsync(new PutObjectTaggingRequest { BucketName = TheBucket, Key = "before", Tagging = new() { TagSet = [new() { Key = "k", Value = "v" }] } });
        Replicate();
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "after" }));
        Assert.That(await StatusAsync("before"), Is.Null);
    }

    [Test]
    public async Task Prefixes_and_tags_choose()
    {
        var tag = new Tag { Key = "k", Value = "v" };
        await SetRulesAsync(
            Rule(with: rule => (rule.Id, rule.Filter) = ("prefix", new() { Prefix = "logs/" })),
            Rule(with: rule => (rule.Id, rule.Priority, rule.Filter) = ("tag", 2, new() { Tag = tag })),
            Rule(with: rule => (rule.Id, rule.Priority, rule.Filter) = ("and", 3, new() { And = new() { Prefix = "a", Tags = [new() { Key = "l", Value = "w" }] } })),
            Rule(with: rule => (rule.Id, rule.Priority, rule.Status) = ("off", 4, ReplicationRuleStatus.Disabled)));
        await PutAsync("logs/1", "x");
        await PutAsync("tagged", "x", put => put.TagSet = [tag]);
        await PutAsync("a1", "x", put => put.TagSet = [new() { Key = "l", Value = "w" }]);
        await PutAsync("b1", "x", put => put.TagSet = [new() { Key = "l", Value = "w" }]);
        await PutAsync("other", "x");
        Replicate();
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "a1", "logs/1", "tagged" }));
        Assert.That(await StatusAsync("other"), Is.Null);
    }

    [Test]
    public async Task Replicas_are_not_replicated_again()
    {
        await S3.PutBucketAsync("third");
        await SetVersioningAsync("third");
        await SetRulesAsync(Rule());
        await SetRulesAsync(Copies, [Rule("third")]);
        await PutAsync("a", "x");
        Replicate();
        Assert.That((await VersionsAsync(), await VersionsAsync("third")), Is.EqualTo((new[] { "a" }, Array.Empty<string>())));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html")]
    public async Task Each_destination_has_what_its_rule_of_the_highest_priority_says()
    {
        using var ireland = Aws.CreateClient<AmazonS3Client>(config => config.RegionEndpoint = RegionEndpoint.EUWest1);
        await ireland.PutBucketAsync("far-away");
        await ireland.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = "far-away", VersioningConfig = new() { Status = VersionStatus.Enabled } });
        await SetRulesAsync(
            Rule(with: rule => (rule.Id, rule.Destination.StorageClass) = ("low", S3StorageClass.OneZoneInfrequentAccess)),
            Rule(with: rule => (rule.Id, rule.Priority, rule.Destination.StorageClass) = ("high", 2, S3StorageClass.GlacierInstantRetrieval)),
            Rule("far-away", rule => rule.Priority = 3));
        await PutAsync("a", "x");
        Replicate();
        Assert.That((await S3.GetObjectMetadataAsync(Copies, "a")).StorageClass, Is.EqualTo(S3StorageClass.GlacierInstantRetrieval));
        Assert.That((await StatusAsync("a"), (await ireland.GetObjectMetadataAsync("far-away", "a")).ReplicationStatus.Value), Is.EqualTo(("COMPLETED", "REPLICA")));
    }

    [TestCase(true)]
    [TestCase(false)]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-marker-replication.html")]
    public async Task Delete_markers_go_if_the_rule_says_so(bool enabled)
    {
        await SetRulesAsync(Rule(with: rule => rule.DeleteMarkerReplication.Status = enabled ? "Enabled" : "Disabled"));
        await PutAsync("a", "x");
        var marker = await S3.DeleteObjectAsync(TheBucket, "a");
        Replicate();
        Assert.That(await VersionsAsync(), Is.EqualTo(enabled ? new[] { "a-", "a" } : ["a"]));
        if (!enabled) return;
        Assert.That((await S3.ListVersionsAsync(Copies)).Versions[0].VersionId, Is.EqualTo(marker.VersionId));
        await FailsAsync(() => S3.GetObjectAsync(Copies, "a"), "NoSuchKey", "The specified key does not exist.", HttpStatusCode.NotFound);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html#replication-backward-compat-considerations")]
    public async Task Rules_of_the_earlier_form_replicate_delete_markers()
    {
        await SetRulesAsync(Earlier("a"));
        await PutAsync("a", "x");
        await PutAsync("b", "x");
        await S3.DeleteObjectAsync(TheBucket, "a");
        Replicate();
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "a-", "a" }));
    }

    [Test]
    public async Task What_lifecycle_rules_do_is_not_replicated()
    {
        Aws.Clock.Set(new DateTimeOffset(2031, 7, 1, 10, 0, 0, TimeSpan.Zero));
        await SetRulesAsync(Earlier(""));
        await S3.PutLifecycleConfigurationAsync(new PutLifecycleConfigurationRequest
        {
            BucketName = TheBucket,
            Configuration = new() { Rules = [new() { Id = "end", Filter = new() { Prefix = "" }, Status = LifecycleRuleStatus.Enabled, Expiration = new() { Days = 1 } }] },
        });
        await PutAsync("a", "x");
        Aws.Clock.Advance(TimeSpan.FromDays(3));
        Assert.That((await VersionsAsync(TheBucket), await VersionsAsync()), Is.EqualTo((new[] { "a-", "a" }, new[] { "a" })));
    }

    [Test]
    public async Task Changes_of_tags_follow_to_the_replica_and_not_back()
    {
        await SetRulesAsync(Rule());
        await PutAsync("a", "x");
        Replicate();
        await TagAsync(TheBucket, "source");
        Assert.That(await StatusAsync("a"), Is.EqualTo("PENDING"));
        Replicate();
        Assert.That((await StatusAsync("a"), await TagOfAsync(Copies)), Is.EqualTo(("COMPLETED", "source")));
        await TagAsync(Copies, "replica");
        Replicate();
        Assert.That((await TagOfAsync(TheBucket), await StatusAsync("a", Copies)), Is.EqualTo(("source", "REPLICA")));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-for-metadata-changes.html")]
    public async Task Changes_of_replicas_go_back_where_a_rule_has_them_do_so()
    {
        await SetRulesAsync(Rule());
        await SetRulesAsync(Copies, [Rule(TheBucket, rule => rule.SourceSelectionCriteria = new() { ReplicaModifications = new() { Status = "Enabled" } })]);
        await PutAsync("a", "x");
        Replicate();
        await TagAsync(Copies, "replica");
        Assert.That(await StatusAsync("a", Copies), Is.EqualTo("PENDING"));
        Replicate();
        Assert.That((await TagOfAsync(TheBucket), await StatusAsync("a", Copies), await StatusAsync("a")), Is.EqualTo(("replica", "REPLICA", "COMPLETED")));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-replication")]
    public async Task Locks_follow_and_a_default_stands_in_for_none()
    {
        foreach (var (name, days) in new[] { ("locked", 0), ("locked-copies", 7) })
        {
            await S3.PutBucketAsync(new PutBucketRequest { BucketName = name, ObjectLockEnabledForBucket = true });
            if (days == 0) continue;
            await S3.PutObjectLockConfigurationAsync(new PutObjectLockConfigurationRequest
            {
                BucketName = name,
                ObjectLockConfiguration = new() { ObjectLockEnabled = ObjectLockEnabled.Enabled, Rule = new() { DefaultRetention = new() { Mode = ObjectLockRetentionMode.Governance, Days = days } } },
            });
        }
        await SetRulesAsync("locked", [Rule("locked-copies")]);
        var until = Aws.Clock.GetUtcNow().UtcDateTime.Date.AddYears(1);
        await PutAsync("kept", "x", put => (put.BucketName, put.ObjectLockMode, put.ObjectLockRetainUntilDate) = ("locked", ObjectLockMode.Compliance, until));
        await PutAsync("free", "x", put => put.BucketName = "locked");
        Replicate();
        var kept = await S3.GetObjectMetadataAsync("locked-copies", "kept");
        Assert.That((kept.ObjectLockMode.Value, kept.ObjectLockRetainUntilDate!.Value.ToUniversalTime()), Is.EqualTo(("COMPLIANCE", until)));
        Assert.That((await S3.GetObjectMetadataAsync("locked-copies", "free")).ObjectLockMode.Value, Is.EqualTo("GOVERNANCE"));

        await S3.PutObjectLegalHoldAsync(new PutObjectLegalHoldRequest { BucketName = "locked", Key = "kept", LegalHold = new() { Status = ObjectLockLegalHoldStatus.On } });
        await S3.PutObjectRetentionAsync(new PutObjectRetentionRequest { BucketName = "locked", Key = "kept", Retention = new() { Mode = ObjectLockRetentionMode.Compliance, RetainUntilDate = until.AddYears(1) } });
        Replicate();
        kept = await S3.GetObjectMetadataAsync("locked-copies", "kept");
        Assert.That((kept.ObjectLockLegalHoldStatus.Value, kept.ObjectLockRetainUntilDate!.Value.ToUniversalTime()), Is.EqualTo(("ON", until.AddYears(1))));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html")]
    public async Task What_KMS_encrypts_goes_only_if_it_is_selected_under_the_key_of_the_rule()
    {
        const string Key = "arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555";
        await SetRulesAsync(Rule());
        await PutAsync("stays", "x", put => put.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS);
        await SetRulesAsync(Rule(with: rule =>
        {
            rule.SourceSelectionCriteria = new() { SseKmsEncryptedObjects = new() { SseKmsEncryptedObjectsStatus = SseKmsEncryptedObjectsStatus.Enabled } };
            rule.Destination.EncryptionConfiguration = new() { ReplicaKmsKeyID = Key };
        }));
        await PutAsync("goes", "x", put => put.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS);
        await PutAsync("plain", "x");
        Replicate();
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "goes", "plain" }));
        Assert.That(await StatusAsync("stays"), Is.Null);
        var goes = await S3.GetObjectMetadataAsync(Copies, "goes");
        Assert.That((goes.ServerSideEncryptionMethod.Value, goes.ServerSideEncryptionKeyManagementServiceKeyId), Is.EqualTo(("aws:kms", Key)));
        Assert.That((await S3.GetObjectMetadataAsync(Copies, "plain")).ServerSideEncryptionMethod.Value, Is.EqualTo("AES256"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html")]
    public async Task A_replica_of_what_a_clients_key_encrypts_is_read_with_that_key()
    {
        var key = Convert.ToBase64String(Bytes(32));
        await SetRulesAsync(Rule());
        await PutAsync("a", "secret", put => (put.ServerSideEncryptionCustomerMethod, put.ServerSideEncryptionCustomerProvidedKey) = (ServerSideEncryptionCustomerMethod.AES256, key));
        Replicate();
        Assert.That(await GetTextAsync("a", get => (get.BucketName, get.ServerSideEncryptionCustomerMethod, get.ServerSideEncryptionCustomerProvidedKey) = (Copies, ServerSideEncryptionCustomerMethod.AES256, key)), Is.EqualTo("secret"));
    }

    [Test]
    public async Task ACLs_go_where_they_are_in_force()
    {
        foreach (var bucket in new[] { TheBucket, Copies })
        {
            await S3.DeletePublicAccessBlockAsync(new DeletePublicAccessBlockRequest { BucketName = bucket });
            await S3.PutBucketOwnershipControlsAsync(new PutBucketOwnershipControlsRequest { BucketName = bucket, OwnershipControls = new() { Rules = [new() { ObjectOwnership = ObjectOwnership.ObjectWriter }] } });
        }
        await SetRulesAsync(Rule());
        await PutAsync("a", "x", put => put.CannedACL = S3CannedACL.PublicRead);
        await PutAsync("b", "x");
        Replicate();
        await S3.PutObjectAclAsync(new PutObjectAclRequest { BucketName = TheBucket, Key = "b", ACL = S3CannedACL.PublicRead });
        Replicate();
        foreach (var key in new[] { "a", "b" }) Assert.That((await SendAsync(HttpMethod.Get, $"/{Copies}/{key}")).Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await S3.GetObjectAclAsync(new GetObjectAclRequest { BucketName = Copies, Key = "b" })).Grants, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Objects_in_archives_are_not_replicated()
    {
        await SetRulesAsync(Rule());
        await PutAsync("a", "x", put => put.StorageClass = S3StorageClass.Glacier);
        Replicate();
        Assert.That(await VersionsAsync(), Is.Empty);
    }

    /// <summary>A clock that stands still gives one moment to writes in two buckets.</summary>
    [Test]
    public async Task Replicas_and_own_versions_of_a_key_stand_side_by_side()
    {
        await SetRulesAsync(Rule());
        var own = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            own.Add((await PutAsync("a", $"own {i}", put => put.BucketName = Copies)).VersionId);
            own.Add((await PutAsync("a", $"source {i}")).VersionId);
        }
        Replicate();
        var listed = new List<string>();
        var page = new ListVersionsRequest { BucketName = Copies, MaxKeys = 1 };
        for (var more = true; more;)
        {
            var response = await S3.ListVersionsAsync(page);
            listed.Add(response.Versions.Single().VersionId);
            (page.KeyMarker, page.VersionIdMarker, more) = (response.NextKeyMarker, response.NextVersionIdMarker, response.IsTruncated == true);
        }
        Assert.That(listed, Is.EquivalentTo(own));
        foreach (var (version, i) in own.Select((version, i) => (version, i)))
        {
            Assert.That(await GetTextAsync("a", get => (get.BucketName, get.VersionId) = (Copies, version)), Is.EqualTo($"{(i % 2 == 0 ? "own" : "source")} {i / 2}"));
        }
        foreach (var version in own) await S3.DeleteObjectAsync(Copies, "a", version);
        Assert.That(await VersionsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_replica_that_is_older_than_what_is_there_is_not_the_current_version()
    {
        await SetRulesAsync(Rule());
        await PutAsync("a", "own", put => put.BucketName = Copies);
        Aws.Clock.Set(Aws.Clock.GetUtcNow().AddHours(-1));
        await PutAsync("a", "source");
        Replicate();
        Assert.That((await CopyAsync("a"), (await VersionsAsync()).Count, await StatusAsync("a")), Is.EqualTo(("own", 2, "COMPLETED")));
    }

    private static ReplicationRule Earlier(string prefix) => new()
    {
        Id = "earlier",
        Status = ReplicationRuleStatus.Enabled,
#pragma warning disable CS0618 // the earlier form
        Prefix = prefix,
#pragma warning restore CS0618
        Destination = new() { BucketArn = $"arn:aws:s3:::{Copies}" },
    };

    private Task TagAsync(string bucket, string value) =>
        S3.PutObjectTaggingAsync(new PutObjectTaggingRequest { BucketName = bucket, Key = "a", Tagging = new() { TagSet = [new() { Key = "by", Value = value }] } });

    private async Task<string> TagOfAsync(string bucket) => (await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = bucket, Key = "a" })).Tagging.Single().Value;
}
