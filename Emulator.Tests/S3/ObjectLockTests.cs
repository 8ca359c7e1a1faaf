using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html")]
[Observed("2026, recorded answers: TestS3ObjectLock, TestS3ObjectLockRetention, TestS3ObjectLockLegalHold")]
internal sealed class ObjectLockTests : S3Fixture
{
    private const string Locked = "locked-bucket";
    private const string Protected = "Access Denied because object protected by object lock.";
    private const string Malformed = "The XML you provided was not well-formed or did not validate against our published schema";
    private const string NoLock = "Bucket is missing Object Lock Configuration";

    private DateTime Tomorrow => Aws.Clock.GetUtcNow().UtcDateTime.AddDays(1);

    [SetUp]
    public Task CreateAsync() => S3.PutBucketAsync(new PutBucketRequest { BucketName = Locked, ObjectLockEnabledForBucket = true });

    [Test]
    public async Task A_bucket_with_object_lock_has_versioning_for_good()
    {
        Assert.That((await S3.GetBucketVersioningAsync(Locked)).VersioningConfig.Status, Is.EqualTo(VersionStatus.Enabled));
        var configuration = (await S3.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = Locked })).ObjectLockConfiguration;
        Assert.That((configuration.ObjectLockEnabled, configuration.Rule), Is.EqualTo((ObjectLockEnabled.Enabled, (ObjectLockRule?)null)));
        await FailsAsync(() => S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = Locked, VersioningConfig = new() { Status = VersionStatus.Suspended } }),
            "InvalidBucketState", "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.", HttpStatusCode.Conflict);
        await S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = Locked, VersioningConfig = new() { Status = VersionStatus.Enabled } });
    }

    [Test]
    public async Task Object_lock_is_enabled_later_where_versioning_is()
    {
        await FailsAsync(() => S3.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = TheBucket }),
            "ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket", HttpStatusCode.NotFound);
        const string NotVersioned = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration";
        await FailsAsync(() => ConfigureAsync(TheBucket, null), "InvalidBucketState", NotVersioned, HttpStatusCode.Conflict);
        await S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = TheBucket, VersioningConfig = new() { Status = VersionStatus.Suspended } });
        await FailsAsync(() => ConfigureAsync(TheBucket, null), "InvalidBucketState", NotVersioned, HttpStatusCode.Conflict);
        await S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = TheBucket, VersioningConfig = new() { Status = VersionStatus.Enabled } });
        await ConfigureAsync(TheBucket, new() { Mode = ObjectLockRetentionMode.Governance, Days = 1 });
        var retention = (await S3.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = TheBucket })).ObjectLockConfiguration.Rule.DefaultRetention;
        Assert.That((retention.Mode, retention.Days, retention.Years), Is.EqualTo((ObjectLockRetentionMode.Governance, (int?)1, (int?)null)));
        await ConfigureAsync(TheBucket, null);
        Assert.That((await S3.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = TheBucket })).ObjectLockConfiguration.Rule, Is.Null);
    }

    [TestCase("")]
    [TestCase("<Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule>")]
    [TestCase("<ObjectLockEnabled>Disabled</ObjectLockEnabled>")]
    [TestCase("<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule/>")]
    [TestCase("<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention/></Rule>")]
    [TestCase("<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode></DefaultRetention></Rule>")]
    [TestCase("<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>governance</Mode><Days>1</Days></DefaultRetention></Rule>")]
    [TestCase("<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days><Years>1</Years></DefaultRetention></Rule>")]
    public async Task A_configuration_is_whole(string content)
    {
        var (_, body) = await SendDocumentAsync(HttpMethod.Put, $"/{Locked}?object-lock", $"<ObjectLockConfiguration>{content}</ObjectLockConfiguration>");
        Assert.That(body, Does.Contain($"<Code>MalformedXML</Code><Message>{Malformed}</Message>"));
    }

    [TestCase("<Days>0</Days>", "Default retention period must be a positive integer value.</Message><ArgumentName>Days<")]
    [TestCase("<Years>-1</Years>", "Default retention period must be a positive integer value.</Message><ArgumentName>Years<")]
    [TestCase("<Days>36501</Days>", "Default retention period too large.</Message><ArgumentName>Days<")]
    [Observed("2026, as told in github.com/versity/versitygw/issues/1738 and /2187")]
    public async Task A_default_retention_is_between_a_day_and_a_hundred_years(string period, string error)
    {
        var (_, body) = await SendDocumentAsync(HttpMethod.Put, $"/{Locked}?object-lock",
            $"<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>COMPLIANCE</Mode>{period}</DefaultRetention></Rule></ObjectLockConfiguration>");
        Assert.That(body, Does.Contain($"<Code>InvalidArgument</Code><Message>{error}"));
    }

    [Test]
    public async Task Governance_protects_a_version_until_its_date_unless_it_is_bypassed()
    {
        var put = await PutLockedAsync("key");
        await RetainAsync("key", ObjectLockRetentionMode.Governance, Tomorrow);
        var head = await S3.GetObjectMetadataAsync(Locked, "key");
        Assert.That((head.ObjectLockMode, head.ObjectLockRetainUntilDate), Is.EqualTo((ObjectLockMode.Governance, (DateTime?)(await RetentionAsync("key")).RetainUntilDate)));
        await FailsAsync(() => S3.DeleteObjectAsync(Locked, "key", put.VersionId), "AccessDenied", Protected, HttpStatusCode.Forbidden);
        Assert.That((await S3.DeleteObjectAsync(Locked, "key")).DeleteMarker, Is.EqualTo("true"), "a marker may always be made");
        Assert.That((await S3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = Locked, Key = "key", VersionId = put.VersionId, BypassGovernanceRetention = true })).VersionId, Is.EqualTo(put.VersionId));

        put = await PutLockedAsync("key");
        await RetainAsync("key", ObjectLockRetentionMode.Governance, Tomorrow);
        Aws.Clock.Advance(TimeSpan.FromDays(2));
        await S3.DeleteObjectAsync(Locked, "key", put.VersionId);
    }

    [Test]
    public async Task Compliance_and_legal_hold_protect_from_everyone()
    {
        var put = await PutLockedAsync("key");
        await RetainAsync("key", ObjectLockRetentionMode.Compliance, Tomorrow);
        await HoldAsync("key", ObjectLockLegalHoldStatus.On);
        Task DeleteAsync() => S3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = Locked, Key = "key", VersionId = put.VersionId, BypassGovernanceRetention = true });
        await FailsAsync(DeleteAsync, "AccessDenied", Protected, HttpStatusCode.Forbidden);
        Aws.Clock.Advance(TimeSpan.FromDays(2));
        await FailsAsync(DeleteAsync, "AccessDenied", Protected, HttpStatusCode.Forbidden);
        var refused = Assert.ThrowsAsync<DeleteObjectsException>(() => S3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = Locked, Objects = [new() { Key = "key", VersionId = put.VersionId }] }))!.Response;
        Assert.That(refused.DeleteErrors.Select(error => (error.Code, error.Message, error.VersionId)), Is.EqualTo(new[] { ("AccessDenied", Protected, put.VersionId) }));
        await HoldAsync("key", ObjectLockLegalHoldStatus.Off);
        Assert.That((await S3.GetObjectMetadataAsync(Locked, "key")).ObjectLockLegalHoldStatus, Is.EqualTo(ObjectLockLegalHoldStatus.Off));
        await DeleteAsync();
    }

    [Test]
    public async Task Retention_in_force_is_lengthened_by_everyone_and_otherwise_changed_by_bypass()
    {
        await PutLockedAsync("key");
        await RetainAsync("key", ObjectLockRetentionMode.Governance, Tomorrow.AddDays(1));
        await RetainAsync("key", ObjectLockRetentionMode.Governance, Tomorrow.AddDays(2));
        await FailsAsync(() => RetainAsync("key", ObjectLockRetentionMode.Governance, Tomorrow), "AccessDenied", Protected, HttpStatusCode.Forbidden);
        await FailsAsync(() => RetainAsync("key", ObjectLockRetentionMode.Compliance, Tomorrow.AddDays(3)), "AccessDenied", Protected, HttpStatusCode.Forbidden);
        await RetainAsync("key", ObjectLockRetentionMode.Governance, Tomorrow, bypass: true);
        Assert.That((await SendDocumentAsync(HttpMethod.Put, $"/{Locked}/key?retention", "<Retention/>", ("x-amz-bypass-governance-retention", "true"))).Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await FailsAsync(() => RetentionAsync("key"), "NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration", HttpStatusCode.NotFound);

        await RetainAsync("key", ObjectLockRetentionMode.Compliance, Tomorrow);
        foreach (var (mode, date) in new[] { (ObjectLockRetentionMode.Compliance, Tomorrow.AddHours(-1)), (ObjectLockRetentionMode.Governance, Tomorrow.AddDays(3)) })
        {
            await FailsAsync(() => RetainAsync("key", mode, date, bypass: true), "AccessDenied", Protected, HttpStatusCode.Forbidden);
        }
        await RetainAsync("key", ObjectLockRetentionMode.Compliance, Tomorrow.AddDays(1));
    }

    [TestCase("<Mode>GOVERNANCE</Mode>", "MalformedXML", Malformed)]
    [TestCase("<Mode>BAD-VALUE</Mode><RetainUntilDate>2126-01-01T00:00:00Z</RetainUntilDate>", "MalformedXML", Malformed)]
    [TestCase("<Mode>GOVERNANCE</Mode><RetainUntilDate>soon</RetainUntilDate>", "MalformedXML", Malformed)]
    [TestCase("<Mode>GOVERNANCE</Mode><RetainUntilDate>2020-01-01T00:00:00Z</RetainUntilDate>", "InvalidArgument",
        "The retain until date must be in the future!</Message><ArgumentName>RetainUntilDate</ArgumentName><ArgumentValue>Tue Dec 31 16:00:00 PST 2019</ArgumentValue>")]
    public async Task A_retention_is_a_mode_and_a_date_in_the_future(string content, string code, string message)
    {
        await PutLockedAsync("key");
        var (_, body) = await SendDocumentAsync(HttpMethod.Put, $"/{Locked}/key?retention", $"<Retention>{content}</Retention>");
        Assert.That(body, Does.Contain($"<Code>{code}</Code><Message>{message}"));
    }

    [Test]
    public async Task Only_buckets_with_object_lock_have_locks()
    {
        await PutAsync("key", "data");
        await FailsAsync(() => S3.PutObjectRetentionAsync(new PutObjectRetentionRequest { BucketName = TheBucket, Key = "key", Retention = new() { Mode = ObjectLockRetentionMode.Governance, RetainUntilDate = Tomorrow } }), "InvalidRequest", NoLock, HttpStatusCode.BadRequest);
        await FailsAsync(() => S3.GetObjectRetentionAsync(new GetObjectRetentionRequest { BucketName = TheBucket, Key = "key" }), "InvalidRequest", NoLock, HttpStatusCode.BadRequest);
        await FailsAsync(() => S3.PutObjectLegalHoldAsync(new PutObjectLegalHoldRequest { BucketName = TheBucket, Key = "key", LegalHold = new() { Status = ObjectLockLegalHoldStatus.On } }), "InvalidRequest", NoLock, HttpStatusCode.BadRequest);
        await FailsAsync(() => PutAsync("key", "data", put => put.ObjectLockLegalHoldStatus = ObjectLockLegalHoldStatus.On), "InvalidRequest", "Bucket is missing ObjectLockConfiguration", HttpStatusCode.BadRequest);
        foreach (var value in new[] { "true", "false" })
        {
            var (_, body) = await SendAsync(HttpMethod.Delete, $"/{TheBucket}/key", null, ("x-amz-bypass-governance-retention", value));
            Assert.That(body, Does.Contain("<Code>InvalidArgument</Code><Message>x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.</Message><ArgumentName>x-amz-bypass-governance-retention</ArgumentName>"));
        }
    }

    [Test]
    public async Task A_delete_marker_has_no_lock()
    {
        var marker = (await S3.DeleteObjectAsync(Locked, "key")).VersionId;
        await FailsAsync(() => S3.GetObjectRetentionAsync(new GetObjectRetentionRequest { BucketName = Locked, Key = "key", VersionId = marker }), "MethodNotAllowed",
            "The specified method is not allowed against this resource.", HttpStatusCode.MethodNotAllowed);
        await FailsAsync(() => S3.GetObjectLegalHoldAsync(new GetObjectLegalHoldRequest { BucketName = Locked, Key = "absent" }), "NoSuchKey", "The specified key does not exist.", HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Uploads_bring_their_lock_or_take_the_default_and_copies_take_none()
    {
        await ConfigureAsync(Locked, new() { Mode = ObjectLockRetentionMode.Governance, Days = 1 });
        await PutLockedAsync("default");
        var moment = Aws.Clock.GetUtcNow().UtcDateTime;
        var until = Tomorrow.AddDays(5);
        await PutLockedAsync("own", put => (put.ObjectLockMode, put.ObjectLockRetainUntilDate, put.ObjectLockLegalHoldStatus) = (ObjectLockMode.Compliance, until, ObjectLockLegalHoldStatus.On));
        Assert.That((await RetentionAsync("default")).RetainUntilDate!.Value.ToUniversalTime(), Is.EqualTo(moment.AddDays(1)).Within(TimeSpan.FromMinutes(1)));
        var own = await S3.GetObjectMetadataAsync(Locked, "own");
        Assert.That((own.ObjectLockMode, own.ObjectLockLegalHoldStatus), Is.EqualTo((ObjectLockMode.Compliance, ObjectLockLegalHoldStatus.On)));
        Assert.That(own.ObjectLockRetainUntilDate!.Value.ToUniversalTime(), Is.EqualTo(until).Within(TimeSpan.FromSeconds(1)));

        await ConfigureAsync(Locked, null);
        await S3.CopyObjectAsync(Locked, "own", Locked, "copy");
        var copy = await S3.GetObjectMetadataAsync(Locked, "copy");
        Assert.That((copy.ObjectLockMode, copy.ObjectLockLegalHoldStatus), Is.EqualTo(((ObjectLockMode?)null, (ObjectLockLegalHoldStatus?)null)));

        var upload = await S3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = Locked, Key = "parts", ObjectLockMode = ObjectLockMode.Governance, ObjectLockRetainUntilDate = until });
        var part = await S3.UploadPartAsync(new UploadPartRequest { BucketName = Locked, Key = "parts", UploadId = upload.UploadId, PartNumber = 1, InputStream = new MemoryStream([1]) });
        await S3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = Locked, Key = "parts", UploadId = upload.UploadId, PartETags = [new(1, part.ETag)] });
        Assert.That((await RetentionAsync("parts")).Mode, Is.EqualTo(ObjectLockRetentionMode.Governance));
    }

    [TestCase("x-amz-object-lock-mode: GOVERNANCE", "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied</Message><ArgumentName>x-amz-object-lock-retain-until-date</ArgumentName>")]
    [TestCase("x-amz-object-lock-retain-until-date: 2126-01-01T00:00:00Z", "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied</Message><ArgumentName>x-amz-object-lock-mode</ArgumentName>")]
    [TestCase("x-amz-object-lock-mode: BAD-VALUE|x-amz-object-lock-retain-until-date: 2126-01-01T00:00:00Z", "Unknown wormMode directive.</Message><ArgumentName>x-amz-object-lock-mode</ArgumentName><ArgumentValue>BAD-VALUE</ArgumentValue>")]
    [TestCase("x-amz-object-lock-mode: GOVERNANCE|x-amz-object-lock-retain-until-date: 2020-01-01T00:00:00Z", "The retain until date must be in the future!</Message><ArgumentName>x-amz-object-lock-retain-until-date</ArgumentName>")]
    [TestCase("x-amz-object-lock-legal-hold: on", "Legal Hold must be either of 'ON' or 'OFF'</Message><ArgumentName>x-amz-object-lock-legal-hold</ArgumentName><ArgumentValue>on</ArgumentValue>")]
    [TestCase("x-amz-object-lock-legal-hold: ON", "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters</Message>")]
    public async Task Headers_of_a_lock_are_looked_at_before_the_body(string headers, string error)
    {
        var pairs = headers.Split('|').Select(header => header.Split(": ")).Select(pair => (pair[0], pair[1])).ToArray();
        var (response, body) = await SendAsync(HttpMethod.Put, $"/{Locked}/key", "data", pairs);
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(body, Does.Contain($"<Message>{error}"));
    }

    [Test]
    public async Task What_a_default_retention_will_lock_must_come_with_a_checksum()
    {
        Assert.That((await SendAsync(HttpMethod.Put, $"/{Locked}/key", "data")).Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await ConfigureAsync(Locked, new() { Mode = ObjectLockRetentionMode.Governance, Days = 1 });
        var (_, body) = await SendAsync(HttpMethod.Put, $"/{Locked}/key", "data");
        Assert.That(body, Does.Contain("<Code>InvalidRequest</Code><Message>Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters</Message>"));
        Assert.That((await SendAsync(HttpMethod.Put, $"/{Locked}/key", "data", ("x-amz-checksum-crc32", "rfPzYw=="))).Response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private Task<PutObjectResponse> PutLockedAsync(string key, Action<PutObjectRequest>? with = null) => PutAsync(key, "data", put =>
    {
        put.BucketName = Locked;
        with?.Invoke(put);
    });

    private Task ConfigureAsync(string bucket, DefaultRetention? retention) => S3.PutObjectLockConfigurationAsync(new PutObjectLockConfigurationRequest
    {
        BucketName = bucket,
        ObjectLockConfiguration = new() { ObjectLockEnabled = ObjectLockEnabled.Enabled, Rule = retention is null ? null : new() { DefaultRetention = retention } },
    });

    private Task RetainAsync(string key, ObjectLockRetentionMode mode, DateTime until, bool bypass = false) => S3.PutObjectRetentionAsync(new PutObjectRetentionRequest
    {
        BucketName = Locked,
        Key = key,
        BypassGovernanceRetention = bypass ? true : null,
        Retention = new() { Mode = mode, RetainUntilDate = until },
    });

    private Task HoldAsync(string key, ObjectLockLegalHoldStatus status) =>
        S3.PutObjectLegalHoldAsync(new PutObjectLegalHoldRequest { BucketName = Locked, Key = key, LegalHold = new() { Status = status } });

    private async Task<ObjectLockRetention> RetentionAsync(string key) => (await S3.GetObjectRetentionAsync(new GetObjectRetentionRequest { BucketName = Locked, Key = key })).Retention;
}
