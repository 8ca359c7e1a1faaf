using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Buckets of emulator.yaml.</summary>
internal sealed class DeclaredBucketTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("emulator-s3-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Content_settings_and_types_are_there_when_it_starts()
    {
        Write("web/index.html", "<h1>home</h1>");
        Write("web/img/한 글.svg", "<svg/>");
        await using var aws = await StartAsync();
        using var http = aws.CreateHttpClient();
        using var s3 = aws.CreateClient<AmazonS3Client>();
        using var home = await http.GetAsync("http://site.s3-website.localhost:4566/");
        Assert.Multiple(async () =>
        {
            Assert.That(await home.Content.ReadAsStringAsync(), Is.EqualTo("<h1>home</h1>"));
            Assert.That(home.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/html"));
            Assert.That((await s3.GetObjectMetadataAsync("site", "img/한 글.svg")).Headers.ContentType, Is.EqualTo("image/svg+xml"));
            Assert.That((await s3.GetCORSConfigurationAsync("site")).Configuration.Rules.Single().AllowedMethods, Is.EqualTo(new[] { "GET", "PUT" }));
            Assert.That((await s3.GetBucketPolicyAsync("site")).Policy, Does.Contain("s3:GetObject"));
        });
    }

    [Test]
    public async Task Versioning_and_object_lock_are_declared()
    {
        const string Yaml = """
            s3:
              buckets:
                plain: {}
                versioned: { versioning: Enabled }
                locked: { objectLock: { mode: GOVERNANCE, days: 30 } }
                lockable: { objectLock: {} }
            """;
        await using var aws = await AwsEmulator.StartAsync(options => options.Configuration = Yaml);
        using var s3 = aws.CreateClient<AmazonS3Client>();
        Assert.That((await s3.GetBucketVersioningAsync("plain")).VersioningConfig.Status, Is.EqualTo(VersionStatus.Off));
        foreach (var bucket in new[] { "versioned", "locked", "lockable" }) Assert.That((await s3.GetBucketVersioningAsync(bucket)).VersioningConfig.Status, Is.EqualTo(VersionStatus.Enabled));
        var rule = (await s3.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = "locked" })).ObjectLockConfiguration.Rule;
        Assert.That((rule.DefaultRetention.Mode, rule.DefaultRetention.Days), Is.EqualTo((ObjectLockRetentionMode.Governance, (int?)30)));
        Assert.That((await s3.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = "lockable" })).ObjectLockConfiguration.Rule, Is.Null);
    }

    [Test]
    public async Task Replication_is_declared_to_buckets_that_come_later_too()
    {
        const string Yaml = """
            s3:
              buckets:
                films:
                  versioning: Enabled
                  replication: { Role: copier, Rules: [{ Priority: 1, Status: Enabled, Filter: { Prefix: "" }, DeleteMarkerReplication: { Status: Enabled }, Destination: { Bucket: "arn:aws:s3:::later" } }] }
                later: { versioning: Enabled }
                refused: { versioning: Enabled, replication: { Role: copier, Rules: [{ Status: Enabled, Prefix: "", Destination: { Bucket: "arn:aws:s3:::refused" } }] } }
            """;
        var log = new List<string>();
        await using var aws = await AwsEmulator.StartAsync(options => (options.Configuration, options.Log) = (Yaml, log.Add));
        using var s3 = aws.CreateClient<AmazonS3Client>();
        aws.Clock.Freeze();
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = "films", Key = "a", ContentBody = "x" });
        aws.Clock.Advance(TimeSpan.Zero);
        Assert.That((await s3.GetObjectMetadataAsync("later", "a")).ReplicationStatus.Value, Is.EqualTo("REPLICA"));
        Assert.That((await s3.GetBucketReplicationAsync(new GetBucketReplicationRequest { BucketName = "films" })).Configuration.Role, Is.EqualTo("arn:aws:iam::000000000000:role/copier"));
        Assert.That(log, Does.Contain("Bucket refused: 'replication': Destination bucket cannot be the same as the source bucket."));
    }

    [Test]
    public async Task Every_setting_of_a_bucket_is_declared()
    {
        const string Yaml = """
            s3:
              buckets:
                logs: {}
                films:
                  objectOwnership: ObjectWriter
                  acl: public-read
                  tags: { team: web }
                  encryption: { algorithm: aws:kms, key: alias/films, bucketKey: true }
                  accelerate: Enabled
                  requestPayment: Requester
                  logging: { TargetBucket: logs, TargetPrefix: films/ }
                  lifecycle:
                    - Status: Enabled
                      Filter: { And: { Prefix: drafts/, Tags: [{ Key: kind, Value: draft }] } }
                      Transitions: [{ Days: 30, StorageClass: STANDARD_IA }, { Days: 90, StorageClass: GLACIER }]
                      Expiration: { Days: 365 }
                    - { ID: parts, Status: Enabled, Filter: {}, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }
                  website: { index: index.html, routingRules: { Condition: { KeyPrefixEquals: a/ }, Redirect: { ReplaceKeyPrefixWith: b/ } } }
                  metrics: { Id: all }
                  analytics: { Id: all, StorageClassAnalysis: {} }
                  intelligentTiering: { Id: cold, Status: Enabled, Tierings: { Days: 90, AccessTier: ARCHIVE_ACCESS } }
                  inventory:
                    - Id: weekly
                      IsEnabled: true
                      IncludedObjectVersions: All
                      Schedule: { Frequency: Weekly }
                      OptionalFields: [Size, ETag]
                      Destination: { S3BucketDestination: { Bucket: "arn:aws:s3:::logs", Format: CSV, Encryption: { SSEKMS: { KeyId: alias/films } } } }
                other: { website: { redirectTo: "https://example.com" } }
            """;
        await using var aws = await AwsEmulator.StartAsync(options => options.Configuration = Yaml);
        using var s3 = aws.CreateClient<AmazonS3Client>();
        const string Films = "films";
        var acl = await s3.GetBucketAclAsync(new GetBucketAclRequest { BucketName = Films });
        Assert.That(acl.Grants.Select(grant => grant.Permission.Value), Is.EqualTo(new[] { "FULL_CONTROL", "READ" }));
        Assert.That((await s3.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = Films })).TagSet.Single().Value, Is.EqualTo("web"));
        var encryption = (await s3.GetBucketEncryptionAsync(new GetBucketEncryptionRequest { BucketName = Films })).ServerSideEncryptionConfiguration.ServerSideEncryptionRules.Single();
        Assert.That((encryption.ServerSideEncryptionByDefault.ServerSideEncryptionKeyManagementServiceKeyId, encryption.BucketKeyEnabled), Is.EqualTo(("alias/films", (bool?)true)));
        Assert.That((await s3.GetBucketAccelerateConfigurationAsync(new GetBucketAccelerateConfigurationRequest { BucketName = Films })).Status, Is.EqualTo(BucketAccelerateStatus.Enabled));
        Assert.That((await s3.GetBucketRequestPaymentAsync(new GetBucketRequestPaymentRequest { BucketName = Films })).Payer, Is.EqualTo("Requester"));
        Assert.That((await s3.GetBucketLoggingAsync(new GetBucketLoggingRequest { BucketName = Films })).BucketLoggingConfig.TargetBucketName, Is.EqualTo("logs"));
        var rules = (await s3.GetLifecycleConfigurationAsync(Films)).Configuration.Rules;
        Assert.That(rules.Select(rule => rule.Id), Is.EqualTo(new[] { "emulator.yaml-1", "parts" }));
        Assert.That(rules[0].Transitions.Select(transition => transition.StorageClass.Value), Is.EqualTo(new[] { "STANDARD_IA", "GLACIER" }));
        var website = (await s3.GetBucketWebsiteAsync(Films)).WebsiteConfiguration;
        Assert.That((website.IndexDocumentSuffix, website.RoutingRules.Single().Redirect.ReplaceKeyPrefixWith), Is.EqualTo(("index.html", "b/")));
        Assert.That((await s3.GetBucketWebsiteAsync("other")).WebsiteConfiguration.RedirectAllRequestsTo.HostName, Is.EqualTo("example.com"));
        Assert.That((await s3.ListBucketMetricsConfigurationsAsync(new ListBucketMetricsConfigurationsRequest { BucketName = Films })).MetricsConfigurationList.Single().MetricsId, Is.EqualTo("all"));
        Assert.That((await s3.ListBucketAnalyticsConfigurationsAsync(new ListBucketAnalyticsConfigurationsRequest { BucketName = Films })).AnalyticsConfigurationList.Single().AnalyticsId, Is.EqualTo("all"));
        Assert.That((await s3.ListBucketIntelligentTieringConfigurationsAsync(new ListBucketIntelligentTieringConfigurationsRequest { BucketName = Films })).IntelligentTieringConfigurationList.Single().Tierings.Single().Days, Is.EqualTo(90));
        var inventory = (await s3.ListBucketInventoryConfigurationsAsync(new ListBucketInventoryConfigurationsRequest { BucketName = Films })).InventoryConfigurationList.Single();
        Assert.That(inventory.InventoryOptionalFields.Select(field => field.Value), Is.EqualTo(new[] { "Size", "ETag" }));
        Assert.That(((InventoryS3BucketDestination)inventory.Destination.S3BucketDestination).InventoryEncryption.SSEKMS.KeyId, Is.EqualTo("alias/films"));
    }

    [Test]
    public async Task A_setting_that_AWS_would_refuse_is_told_and_the_others_are_applied()
    {
        const string Yaml = """
            s3:
              buckets:
                films:
                  logging: { TargetBucket: absent, TargetPrefix: "" }
                  lifecycle: { Status: Enabled, Filter: {}, Expiration: { Days: 0 } }
                  acl: public-read
                  tags: { team: web }
            """;
        var told = new List<string>();
        await using var aws = await AwsEmulator.StartAsync(options => (options.Configuration, options.Log) = (Yaml, told.Add));
        using var s3 = aws.CreateClient<AmazonS3Client>();
        Assert.That((await s3.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = "films" })).TagSet, Has.Count.EqualTo(1));
        Assert.That(told, Is.EquivalentTo(new[]
        {
            "Bucket films: 'logging': The target bucket for logging does not exist",
            "Bucket films: 'lifecycle': 'Days' for Expiration action must be a positive integer",
            "Bucket films: 'acl': The bucket does not allow ACLs",
        }));
    }

    [TestCase("{ lifecycle: { Status: Enabled, Filter: { Prefx: a } } }", "unknown key 'Prefx'. Did you mean 'Prefix'?")]
    [TestCase("{ lifecycle: { Filter: { Prefix: a } } }", "'lifecycle' lacks 'Status'")]
    [TestCase("{ lifecycle: { Status: On } }", "'Status' must be Enabled or Disabled, not 'On'")]
    [TestCase("{ inventory: { Id: a } }", "'inventory' lacks 'IsEnabled'")]
    [TestCase("{ website: { redirectTo: a, index: b } }", "a website has 'redirectTo' or 'index', not both")]
    [TestCase("{ encryption: { algorithm: AES256, key: a } }", "a key is for aws:kms and aws:kms:dsse")]
    public void A_mistake_in_a_document_has_its_place(string bucket, string problem) =>
        Assert.That(() => AwsEmulator.StartAsync(options => options.Configuration = $"s3: {{ buckets: {{ films: {bucket} }} }}"), Throws.Exception.With.Message.Contains(problem));

    [TestCase("{ mode: GOVERNANCE }")]
    [TestCase("{ days: 1 }")]
    [TestCase("{ mode: COMPLIANCE, days: 1, years: 1 }")]
    public void Half_a_retention_is_a_problem(string objectLock) =>
        Assert.That(() => AwsEmulator.StartAsync(options => options.Configuration = $"s3: {{ buckets: {{ locked: {{ objectLock: {objectLock} }} }} }}"),
            Throws.Exception.With.Message.Contains("a default retention has a mode and 'days' or 'years', not both"));

    [Test]
    public async Task A_changed_file_is_a_new_version()
    {
        Write("web/a.txt", "one");
        var data = Path.Combine(_folder, "data");
        await using (var first = await StartAsync(data))
        {
            using var s3 = first.CreateClient<AmazonS3Client>();
            await s3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = "site", VersioningConfig = new() { Status = VersionStatus.Enabled } });
        }
        Write("web/a.txt", "second");
        await using var aws = await StartAsync(data);
        using var again = aws.CreateClient<AmazonS3Client>();
        var versions = (await again.ListVersionsAsync("site")).Versions;
        Assert.That(versions.Select(version => (version.Size, version.VersionId is "null")), Is.EqualTo(new[] { ((long?)6, false), (3, true) }));
    }

    [Test]
    public async Task Links_out_of_the_folder_are_not_followed()
    {
        Write("secret.txt", "secret");
        Write("elsewhere/other.txt", "other");
        Write("web/index.html", "home");
        try
        {
            File.CreateSymbolicLink(Path.Combine(_folder, "web", "link.txt"), Path.Combine(_folder, "secret.txt"));
            Directory.CreateSymbolicLink(Path.Combine(_folder, "web", "linked"), Path.Combine(_folder, "elsewhere"));
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            Assert.Ignore("This account may not make links.");
        }
        await using var aws = await StartAsync();
        using var s3 = aws.CreateClient<AmazonS3Client>();
        Assert.That((await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "site" })).S3Objects.Select(one => one.Key), Is.EqualTo(new[] { "index.html" }));
    }

    [Test]
    public async Task Applied_again_it_puts_only_what_has_changed()
    {
        Write("web/a.txt", "a");
        Write("web/b.txt", "b");
        var data = Path.Combine(_folder, "data");
        DateTime? before;
        await using (var aws = await StartAsync(data))
        {
            using var s3 = aws.CreateClient<AmazonS3Client>();
            await s3.PutObjectAsync(new PutObjectRequest { BucketName = "site", Key = "a.txt", ContentBody = "changed by a client" });
            before = (await s3.GetObjectMetadataAsync("site", "a.txt")).LastModified;
        }
        Write("web/b.txt", "b, changed on disk");
        await using (var aws = await StartAsync(data))
        {
            using var s3 = aws.CreateClient<AmazonS3Client>();
            Assert.That((await s3.GetObjectMetadataAsync("site", "a.txt")).LastModified, Is.EqualTo(before));
            using var b = await s3.GetObjectAsync("site", "b.txt");
            Assert.That(await new StreamReader(b.ResponseStream).ReadToEndAsync(), Is.EqualTo("b, changed on disk"));
        }
    }

    [Test]
    public async Task What_was_put_survives_a_restart()
    {
        Write("web/index.html", "home");
        var data = Path.Combine(_folder, "data");
        var large = new byte[1_000_000];
        new System.Random(1).NextBytes(large);
        await using (var aws = await StartAsync(data))
        {
            using var s3 = aws.CreateClient<AmazonS3Client>();
            foreach (var (key, body) in new[] { ("small", large[..100]), ("large", large) }) await s3.PutObjectAsync(new PutObjectRequest { BucketName = "site", Key = key, InputStream = new MemoryStream(body) });
            await s3.CopyObjectAsync("site", "large", "site", "copy");
            await s3.DeleteObjectAsync("site", "large");
        }
        await using (var aws = await StartAsync(data))
        {
            using var s3 = aws.CreateClient<AmazonS3Client>();
            foreach (var (key, body) in new[] { ("small", large[..100]), ("copy", large) })
            {
                using var got = await s3.GetObjectAsync("site", key);
                using var read = new MemoryStream();
                await got.ResponseStream.CopyToAsync(read);
                Assert.That(read.ToArray().AsSpan().SequenceEqual(body), key);
            }
        }
    }

    [Test]
    public async Task A_fork_goes_its_own_way()
    {
        Write("web/index.html", "home");
        await using var aws = await StartAsync();
        using var s3 = aws.CreateClient<AmazonS3Client>();
        var large = new byte[2_000_000];
        new System.Random(2).NextBytes(large);
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = "site", Key = "key", InputStream = new MemoryStream(large) });
        await using var fork = aws.Fork();
        using var forked = fork.CreateClient<AmazonS3Client>();
        await s3.DeleteObjectAsync("site", "key");
        using var got = await forked.GetObjectAsync("site", "key");
        using var read = new MemoryStream();
        await got.ResponseStream.CopyToAsync(read);
        Assert.That(read.ToArray().AsSpan().SequenceEqual(large));
        Assert.That(async () => await s3.GetObjectAsync("site", "key"), Throws.InstanceOf<AmazonS3Exception>());
    }

    private Task<AwsEmulator> StartAsync(string? data = null)
    {
        var path = Path.Combine(_folder, "emulator.yaml");
        File.WriteAllText(path, """
            s3:
              buckets:
                site:
                  website: { index: index.html }
                  content: web
                  cors:
                    - { origins: "*", methods: [GET, PUT] }
                  policy:
                    Version: 2012-10-17
                    Statement:
                      - { Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: "arn:aws:s3:::site/*" }
            """);
        return AwsEmulator.StartAsync(options =>
        {
            options.ConfigurationFile = path;
            options.DataFolder = data;
            options.Log = TestContext.Out.WriteLine;
        });
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
