using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Replication;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html")]
internal sealed class ReplicationPermissionTests : ReplicationFixture
{
    private const string Trust = """{ Version: "2012-10-17", Statement: { Effect: Allow, Principal: { Service: s3.amazonaws.com }, Action: "sts:AssumeRole" } }""";

    protected override void Configure(AwsEmulatorOptions options) => options.Configuration = $$"""
        iam: enforce
        roles:
          replication:
            trust: {{Trust}}
            policies:
              own:
                Version: "2012-10-17"
                Statement:
                  - { Effect: Allow, Action: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"], Resource: "arn:aws:s3:::the-bucket/*" }
                  - { Effect: Allow, Action: ["s3:ReplicateObject", "s3:ReplicateTags", "s3:ObjectOwnerOverrideToBucketOwner"], Resource: ["arn:aws:s3:::the-copies/*", "arn:aws:s3:::of-others/*"] }
          reader:
            trust: {{Trust}}
            policies:
              own:
                Version: "2012-10-17"
                Statement: { Effect: Allow, Action: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl"], Resource: "*" }
          stranger:
            trust: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" } }
            policies:
              own: { Version: "2012-10-17", Statement: { Effect: Allow, Action: "s3:*", Resource: "*" } }
        accounts:
          "000000000000":
            users:
              bob: { policies: { own: { Version: "2012-10-17", Statement: { Effect: Allow, Action: "s3:*", Resource: "*" } } } }
            keys: [{ id: AKIABOBBOBBOBBOBBOB1, secret: bob-secret, user: bob }]
          "222222222222": { keys: [{ id: AKIAOTHEROTHEROTHER1, secret: other-secret }] }
        s3: { newBuckets: { objectOwnership: ObjectWriter } }
        """;

    [TestCase("replication", "COMPLETED")]
    [TestCase("reader", "FAILED")]
    [TestCase("stranger", "FAILED")]
    [TestCase("undeclared", "FAILED")]
    public async Task The_role_must_trust_S3_and_may_read_here_and_replicate_there(string role, string status)
    {
        await SetRulesAsync(role, Rule());
        await PutAsync("a", "x");
        Replicate();
        Assert.That(await StatusAsync("a"), Is.EqualTo(status));
    }

    [Test]
    public async Task Delete_markers_need_a_permission_of_their_own()
    {
        await SetRulesAsync("replication", Rule(with: rule => rule.DeleteMarkerReplication.Status = "Enabled"));
        await PutAsync("a", "x");
        await S3.DeleteObjectAsync(TheBucket, "a");
        Replicate();
        Assert.That(await VersionsAsync(), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task Who_configures_replication_must_be_allowed_to_pass_the_role()
    {
        using var bob = Aws.CreateClient<AmazonS3Client>(new BasicAWSCredentials("AKIABOBBOBBOBBOBBOB1", "bob-secret"));
        var request = new PutBucketReplicationRequest { BucketName = TheBucket, Configuration = new() { Role = Role, Rules = [Rule()] } };
        Assert.That((await ErrorOf(() => bob.PutBucketReplicationAsync(request))).ErrorCode, Is.EqualTo("AccessDenied"));
    }

    [TestCase(false, false, "FAILED", null)]
    [TestCase(true, false, "COMPLETED", "the source's owner")]
    [TestCase(true, true, "COMPLETED", "the destination's owner")]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-change-owner.html")]
    public async Task A_bucket_of_another_account_must_allow_it_and_its_owner_may_own_the_replicas(bool allowed, bool overrides, string status, string? owner)
    {
        using var other = Aws.CreateClient<AmazonS3Client>(new BasicAWSCredentials("AKIAOTHEROTHEROTHER1", "other-secret"));
        await other.PutBucketAsync("of-others");
        await other.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = "of-others", VersioningConfig = new() { Status = VersionStatus.Enabled } });
        if (allowed)
        {
            await other.PutBucketPolicyAsync("of-others", $$"""
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"{{Role}}"},"Action":["s3:ReplicateObject","s3:ObjectOwnerOverrideToBucketOwner"],"Resource":"arn:aws:s3:::of-others/*"} }
                """);
        }
        await SetRulesAsync("replication", Rule("of-others", rule =>
        {
            if (!overrides) return;
            rule.Destination.AccountId = "222222222222";
            rule.Destination.AccessControlTranslation = new() { Owner = OwnerOverride.Destination };
        }));
        await PutAsync("a", "x");
        Replicate();
        Assert.That(await StatusAsync("a"), Is.EqualTo(status));
        if (owner is null) return;
        var ownerId = (await other.GetBucketAclAsync(new GetBucketAclRequest { BucketName = "of-others" })).Owner.Id;
        var reader = overrides ? other : S3;
        Assert.That((await reader.GetObjectAclAsync(new GetObjectAclRequest { BucketName = "of-others", Key = "a" })).Owner.Id == ownerId, Is.EqualTo(overrides));
    }

    private Task SetRulesAsync(string role, ReplicationRule rule) =>
        S3.PutBucketReplicationAsync(new PutBucketReplicationRequest { BucketName = TheBucket, Configuration = new() { Role = $"arn:aws:iam::000000000000:role/{role}", Rules = [rule] } });
}
