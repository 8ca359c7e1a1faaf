using System.Net;
using NUnit.Framework;

namespace Emulator.Tests.S3.Replication;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html")]
[Observed("2026, recorded answers: TestS3BucketReplication; 2025, texts in public reports")]
internal sealed class ReplicationConfigurationTests : ReplicationFixture
{
    private const string Destination = $"<Destination><Bucket>arn:aws:s3:::{Copies}</Bucket></Destination>";
    private const string Markers = "<DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication>";
    private const string Version = "for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.";

    [Test]
    public async Task A_configuration_is_told_as_it_was_put()
    {
        var (missing, error) = await SendAsync(HttpMethod.Get, $"/{TheBucket}?replication");
        Assert.That((missing.StatusCode, error.Contains($"<Code>ReplicationConfigurationNotFoundError</Code><Message>The replication configuration was not found</Message><BucketName>{TheBucket}</BucketName>", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.NotFound, true)), error);
        const string Rule = $"""
            <Rule><ID>rtc</ID><Priority>0</Priority><Filter></Filter><Status>Disabled</Status><SourceSelectionCriteria><ReplicaModifications><Status>Enabled</Status></ReplicaModifications></SourceSelectionCriteria><Destination><Bucket>arn:aws:s3:::{Copies}</Bucket><StorageClass>STANDARD</StorageClass><ReplicationTime><Status>Enabled</Status><Time><Minutes>15</Minutes></Time></ReplicationTime><Metrics><Status>Enabled</Status><EventThreshold><Minutes>15</Minutes></EventThreshold></Metrics></Destination>{Markers}</Rule>
            """;
        var (put, refusal) = await PutAsync(Rule);
        Assert.That(put.StatusCode, Is.EqualTo(HttpStatusCode.OK), refusal);
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}?replication")).Body, Does.EndWith($"<ReplicationConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Role>{Role}</Role>{Rule}</ReplicationConfiguration>"));
        for (var i = 0; i < 2; i++) Assert.That((await SendAsync(HttpMethod.Delete, $"/{TheBucket}?replication")).Response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
    }

    [Test]
    public async Task A_rule_without_an_id_gets_one()
    {
        await SetRulesAsync(Rule(with: rule => rule.Id = null));
        Assert.That((await S3.GetBucketReplicationAsync(new() { BucketName = TheBucket })).Configuration.Rules.Single().Id, Is.Not.Empty);
    }

    [TestCase("Versioning must be 'Enabled' on the bucket to apply a replication configuration", "unversioned", Copies)]
    [TestCase("Destination bucket must have versioning enabled.", TheBucket, "unversioned")]
    [TestCase("Destination bucket must have versioning enabled.", TheBucket, "does-not-exist")]
    [TestCase("Destination bucket cannot be the same as the source bucket.", TheBucket, TheBucket)]
    public async Task Both_buckets_have_versioning(string refusal, string source, string destination)
    {
        await S3.PutBucketAsync("unversioned");
        await FailsAsync(() => SetRulesAsync(source, [Rule(destination)]), "InvalidRequest", refusal, HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task While_a_bucket_replicates_its_versioning_stays()
    {
        await SetRulesAsync(Rule());
        await FailsAsync(() => SetVersioningAsync(TheBucket, "Suspended"), "InvalidBucketState",
            "A replication configuration is present on this bucket, so you cannot change the versioning state. To change the versioning state, first delete the replication configuration.", HttpStatusCode.Conflict);
        await SetVersioningAsync(TheBucket);
        await SetVersioningAsync(Copies, "Suspended");
        await S3.DeleteBucketReplicationAsync(new() { BucketName = TheBucket });
        await SetVersioningAsync(TheBucket, "Suspended");
    }

    [TestCase("InvalidArgument", "Invalid Role specified in replication configuration", "role")]
    [TestCase("InvalidArgument", "The relative id should start with role", "arn:aws:iam::000000000000:user/me")]
    [TestCase("AccessDenied", "Access Denied", "arn:aws:iam::111111111111:role/of-others")]
    public async Task The_role_is_one_of_the_account(string code, string message, string role)
    {
        var (_, body) = await SendAsync(HttpMethod.Put, $"/{TheBucket}?replication", $"<ReplicationConfiguration><Role>{role}</Role><Rule><Prefix/><Status>Enabled</Status>{Destination}</Rule></ReplicationConfiguration>");
        Assert.That(body, Does.Contain($"<Code>{code}</Code><Message>{message}</Message>"));
    }

    [TestCase("MalformedXML", null, "")]
    [TestCase("MalformedXML", null, $"<Rule><Status>Enabled</Status>{Destination}</Rule>")]
    [TestCase("MalformedXML", null, $"<Rule><Prefix/><Filter/><Status>Enabled</Status>{Destination}</Rule>")]
    [TestCase("MalformedXML", null, $"<Rule><Prefix/><Status>Perhaps</Status>{Destination}</Rule>")]
    [TestCase("MalformedXML", null, "<Rule><Prefix/><Status>Enabled</Status></Rule>")]
    [TestCase("MalformedXML", null, $"<Rule><Priority>1</Priority><Filter><Prefix>a</Prefix><Tag><Key>k</Key><Value>v</Value></Tag></Filter><Status>Enabled</Status>{Markers}{Destination}</Rule>")]
    [TestCase("MalformedXML", null, $"<Rule><Priority>1</Priority><Filter><And><Prefix>a</Prefix></And></Filter><Status>Enabled</Status>{Markers}{Destination}</Rule>")]
    [TestCase("MalformedXML", null, $"<Rule><Priority>1</Priority><Filter/><Status>Enabled</Status>{Markers}{Destination}<ExistingObjectReplication><Status>Enabled</Status></ExistingObjectReplication></Rule>")]
    [TestCase("InvalidRequest", $"Priority must be specified {Version}", $"<Rule><Filter/><Status>Enabled</Status>{Markers}{Destination}</Rule>")]
    [TestCase("InvalidRequest", $"DeleteMarkerReplication must be specified {Version}", $"<Rule><Priority>1</Priority><Filter/><Status>Enabled</Status>{Destination}</Rule>")]
    [TestCase("InvalidRequest", $"Priority cannot be used {Version}", $"<Rule><Priority>1</Priority><Prefix/><Status>Enabled</Status>{Destination}</Rule>")]
    [TestCase("InvalidRequest", $"DeleteMarkerReplication cannot be used {Version}", $"<Rule><Prefix/><Status>Enabled</Status>{Markers}{Destination}</Rule>")]
    [TestCase("InvalidRequest", "Found duplicate priority 1.", $"<Rule><Priority>1</Priority><Filter/><Status>Enabled</Status>{Markers}{Destination}</Rule><Rule><Priority>1</Priority><Filter/><Status>Enabled</Status>{Markers}{Destination}</Rule>")]
    [TestCase("InvalidRequest", "Priority must be between 0 and 2147483647.", $"<Rule><Priority>-1</Priority><Filter/><Status>Enabled</Status>{Markers}{Destination}</Rule>")]
    [TestCase("InvalidArgument", "Rule Id must be unique", $"<Rule><ID>a</ID><Priority>1</Priority><Filter/><Status>Enabled</Status>{Markers}{Destination}</Rule><Rule><ID>a</ID><Priority>2</Priority><Filter/><Status>Enabled</Status>{Markers}{Destination}</Rule>")]
    [TestCase("InvalidRequest", "Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.", $"<Rule><Priority>1</Priority><Filter><Tag><Key>k</Key><Value>v</Value></Tag></Filter><Status>Enabled</Status><DeleteMarkerReplication><Status>Enabled</Status></DeleteMarkerReplication>{Destination}</Rule>")]
    [TestCase("InvalidRequest", "SourceSelectionCriteria cannot be empty.", $"<Rule><Prefix/><Status>Enabled</Status><SourceSelectionCriteria/>{Destination}</Rule>")]
    [TestCase("InvalidRequest", "Number of distinct destination bucket ARNs cannot exceed 1", $"<Rule><Prefix>a</Prefix><Status>Enabled</Status>{Destination}</Rule><Rule><Prefix>b</Prefix><Status>Enabled</Status><Destination><Bucket>arn:aws:s3:::another</Bucket></Destination></Rule>")]
    public async Task Rules_are_checked(string code, string? message, string rules)
    {
        var (_, body) = await PutAsync(rules);
        Assert.That(body, Does.Contain($"<Code>{code}</Code><Message>{message}"));
    }

    [TestCase("Account must be specified if the Owner in AccessControlTranslation has a value", "<AccessControlTranslation><Owner>Destination</Owner></AccessControlTranslation>")]
    [TestCase("SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.", "<EncryptionConfiguration><ReplicaKmsKeyID>arn:aws:kms:us-east-1:000000000000:key/k</ReplicaKmsKeyID></EncryptionConfiguration>")]
    [TestCase("ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.", "", "<SourceSelectionCriteria><SseKmsEncryptedObjects><Status>Enabled</Status></SseKmsEncryptedObjects></SourceSelectionCriteria>")]
    [TestCase("Replication destination must contain both ReplicationTime and Metrics or neither.", "<ReplicationTime><Status>Enabled</Status><Time><Minutes>15</Minutes></Time></ReplicationTime>")]
    [TestCase("Invalid time minute value", "<ReplicationTime><Status>Enabled</Status><Time><Minutes>10</Minutes></Time></ReplicationTime><Metrics><Status>Enabled</Status></Metrics>")]
    [TestCase("Metrics cannot contain an event threshold when ReplicationTime is not specified or Disabled", "<Metrics><Status>Enabled</Status><EventThreshold><Minutes>15</Minutes></EventThreshold></Metrics>")]
    public async Task Destinations_are_checked(string message, string destination, string rule = "")
    {
        var (_, body) = await PutAsync($"<Rule><Prefix/><Status>Enabled</Status>{rule}<Destination><Bucket>arn:aws:s3:::{Copies}</Bucket>{destination}</Destination></Rule>");
        Assert.That(body, Does.Contain($"<Message>{message}</Message>"));
    }

    private Task<(HttpResponseMessage Response, string Body)> PutAsync(string rules) =>
        SendAsync(HttpMethod.Put, $"/{TheBucket}?replication", $"<ReplicationConfiguration><Role>{Role}</Role>{rules}</ReplicationConfiguration>");
}
