using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Emulator.Tests.S3.Lifecycle;
using NUnit.Framework;

namespace Emulator.Tests.S3.Restores;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html")]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html")]
internal sealed class RestoreObjectTests : LifecycleFixture
{
    [TestCase("GLACIER", "Expedited", 5)]
    [TestCase("GLACIER", "Standard", 300)]
    [TestCase("GLACIER", "Bulk", 720)]
    [TestCase("DEEP_ARCHIVE", "Standard", 720)]
    [TestCase("DEEP_ARCHIVE", "Bulk", 2880)]
    public async Task A_copy_can_be_read_when_the_time_of_its_tier_has_passed(string storageClass, string tier, int minutes)
    {
        await PutAsync("a", "frozen", put => put.StorageClass = storageClass);
        Assert.That((await RestoreAsync("a", 3, tier)).HttpStatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Aws.Clock.Advance(TimeSpan.FromMinutes(minutes - 1));
        Assert.That(await HeadersAsync("a"), Is.EqualTo((storageClass, "ongoing-request=\"true\"")));
        await FailsAsync(() => GetAsync("a"), "InvalidObjectState", "The operation is not valid for the object's storage class", HttpStatusCode.Forbidden);
        Aws.Clock.Advance(TimeSpan.FromMinutes(1));
        var (told, restore) = await HeadersAsync("a");
        Assert.That((told, restore), Is.EqualTo((storageClass, $"ongoing-request=\"false\", expiry-date=\"{Aws.Clock.GetUtcNow().UtcDateTime.Date.AddDays(4):R}\"")));
        Assert.That(await GetTextAsync("a"), Is.EqualTo("frozen"));
    }

    [Test]
    public async Task The_copy_goes_at_the_midnight_after_its_days_and_may_be_restored_again()
    {
        await PutAsync("a", "x", put => put.StorageClass = S3StorageClass.Glacier);
        await RestoreAsync("a", 1, "Expedited");
        AdvanceDays(1.5);
        Assert.That(await GetTextAsync("a"), Is.EqualTo("x"), "2 July, 22:00");
        AdvanceDays(0.1);
        Assert.That(await HeadersAsync("a"), Is.EqualTo(("GLACIER", (string?)null)), "3 July, 00:24");
        Assert.That((await ErrorOf(() => GetAsync("a"))).ErrorCode, Is.EqualTo("InvalidObjectState"));
        Assert.That((await RestoreAsync("a", 1)).HttpStatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html")]
    public async Task Another_request_for_a_restored_object_sets_its_expiry_anew()
    {
        await PutAsync("a", "x", put => put.StorageClass = S3StorageClass.Glacier);
        await RestoreAsync("a", 3, "Expedited");
        AdvanceDays(1);
        Assert.That((await RestoreAsync("a", 1)).HttpStatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await HeadersAsync("a")).Restore, Does.EndWith("expiry-date=\"Fri, 04 Jul 2031 00:00:00 GMT\""));
        Assert.That((await RestoreAsync("a", 10)).HttpStatusCode, Is.EqualTo(HttpStatusCode.OK));
        AdvanceDays(9);
        Assert.That(await GetTextAsync("a"), Is.EqualTo("x"));
        AdvanceDays(2);
        Assert.That((await HeadersAsync("a")).Restore, Is.Null);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-upgrade-tier.html")]
    public async Task A_restore_under_way_can_only_be_made_faster()
    {
        await PutAsync("a", "x", put => put.StorageClass = S3StorageClass.Glacier);
        await RestoreAsync("a", 3, "Standard");
        foreach (var tier in (string[])["Standard", "Bulk"])
        {
            await FailsAsync(() => RestoreAsync("a", 3, tier), "RestoreAlreadyInProgress", "Object restore is already in progress", HttpStatusCode.Conflict);
        }
        Assert.That((await RestoreAsync("a", 3, "Expedited")).HttpStatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Aws.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.That(await GetTextAsync("a"), Is.EqualTo("x"));
    }

    [TestCase("STANDARD", "InvalidObjectState", "Restore is not allowed for the object's current storage class")]
    [TestCase("GLACIER_IR", "InvalidObjectState", "Restore is not allowed for the object's current storage class")]
    [Observed("2021, https://github.com/getmoto/moto/pull/4670; 2024, https://github.com/s3tools/s3cmd/issues/1377")]
    public async Task What_is_not_archived_is_not_restored(string storageClass, string code, string message)
    {
        await PutAsync("a", "x", put => put.StorageClass = storageClass);
        Assert.That(await GetTextAsync("a"), Is.EqualTo("x"));
        await FailsAsync(() => RestoreAsync("a", 1), code, message, HttpStatusCode.Forbidden);
        var (_, body) = await SendAsync(HttpMethod.Post, $"/{TheBucket}/a?restore");
        Assert.That(body, Does.Contain($"<Message>{message}</Message><StorageClass>{storageClass}</StorageClass>"), "without a document too");
    }

    [Test]
    [Observed("2024, https://github.com/s3tools/s3cmd/issues/1377")]
    public async Task An_object_in_intelligent_tiering_has_no_days_and_is_at_hand_here()
    {
        await PutAsync("a", "x", put => put.StorageClass = S3StorageClass.IntelligentTiering);
        await FailsAsync(() => RestoreAsync("a", 1), "InvalidArgument", "INTELLIGENT_TIERING objects are not subject to restore expiry. Do not specify Days when restoring this object", HttpStatusCode.BadRequest);
        var (response, body) = await SendAsync(HttpMethod.Post, $"/{TheBucket}/a?restore", "<RestoreRequest/>");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(body, Does.Contain("<Code>ObjectAlreadyInActiveTierError</Code>"));
    }

    [TestCase("<RestoreRequest><GlacierJobParameters><Tier>Bulk</Tier></GlacierJobParameters></RestoreRequest>", 400, "MalformedXML")]
    [TestCase("<RestoreRequest><Days>0</Days></RestoreRequest>", 400, "MalformedXML")]
    [TestCase("<RestoreRequest><Days>1</Days><Tier>Fast</Tier></RestoreRequest>", 400, "MalformedXML")]
    [TestCase("<RestoreRequest><Days>1</Days><Tier>Expedited</Tier></RestoreRequest>", 400, "InvalidArgument")]
    [TestCase("<RestoreRequest><Type>SELECT</Type></RestoreRequest>", 501, "NotImplemented")]
    [TestCase("", 400, "MalformedXML")]
    public async Task A_request_that_cannot_be_is_refused(string document, int status, string code)
    {
        await PutAsync("a", "x", put => put.StorageClass = S3StorageClass.DeepArchive);
        var (response, body) = await SendAsync(HttpMethod.Post, $"/{TheBucket}/a?restore", document);
        Assert.That(((int)response.StatusCode, body.Contains($"<Code>{code}</Code>", StringComparison.Ordinal)), Is.EqualTo((status, true)), body);
        Assert.That((await HeadersAsync("a")).Restore, Is.Null);
    }

    [Test]
    [Observed("2013, https://github.com/s3tools/s3cmd/pull/193")]
    public async Task Only_a_restored_object_is_copied_and_the_copy_is_no_archive()
    {
        await PutAsync("a", "x", put => put.StorageClass = S3StorageClass.Glacier);
        const string Message = "Operation is not valid for the source object's storage class";
        await FailsAsync(() => S3.CopyObjectAsync(TheBucket, "a", TheBucket, "b"), "InvalidObjectState", Message, HttpStatusCode.Forbidden);
        var upload = (await S3.InitiateMultipartUploadAsync(TheBucket, "b")).UploadId;
        var part = new CopyPartRequest { SourceBucket = TheBucket, SourceKey = "a", DestinationBucket = TheBucket, DestinationKey = "b", UploadId = upload, PartNumber = 1 };
        await FailsAsync(() => S3.CopyPartAsync(part), "InvalidObjectState", Message, HttpStatusCode.Forbidden);
        await RestoreAsync("a", 1, "Expedited");
        Aws.Clock.Advance(TimeSpan.FromMinutes(5));
        await S3.CopyPartAsync(part);
        await S3.CopyObjectAsync(new CopyObjectRequest { SourceBucket = TheBucket, SourceKey = "a", DestinationBucket = TheBucket, DestinationKey = "a", StorageClass = S3StorageClass.Standard });
        Assert.That(await HeadersAsync("a"), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(await GetTextAsync("a"), Is.EqualTo("x"));
    }

    [Test]
    public async Task A_version_is_restored_for_itself()
    {
        await EnableVersioningAsync();
        var first = (await PutAsync("a", "1", put => put.StorageClass = S3StorageClass.Glacier)).VersionId;
        await PutAsync("a", "2", put => put.StorageClass = S3StorageClass.Glacier);
        await S3.RestoreObjectAsync(new RestoreObjectRequest { BucketName = TheBucket, Key = "a", VersionId = first, Days = 1, Tier = GlacierJobTier.Expedited });
        AdvanceDays(0.1);
        Assert.That(await GetTextAsync("a", get => get.VersionId = first), Is.EqualTo("1"));
        Assert.That((await ErrorOf(() => GetAsync("a"))).ErrorCode, Is.EqualTo("InvalidObjectState"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreStatus.html")]
    public async Task Lists_tell_of_restores_where_they_are_asked()
    {
        await PutAsync("archived", "x", put => put.StorageClass = S3StorageClass.Glacier);
        await PutAsync("ongoing", "x", put => put.StorageClass = S3StorageClass.DeepArchive);
        await PutAsync("there", "x", put => put.StorageClass = S3StorageClass.Glacier);
        await PutAsync("warm", "x");
        await RestoreAsync("ongoing", 2, "Bulk");
        await RestoreAsync("there", 2, "Expedited");
        AdvanceDays(0.1);
        foreach (var query in (string[])["", "list-type=2", "versions"])
        {
            Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}?{query}")).Body, Does.Not.Contain("RestoreStatus"));
            var (_, body) = await SendAsync(HttpMethod.Get, $"/{TheBucket}?{query}", null, ("x-amz-optional-object-attributes", "RestoreStatus"));
            var told = System.Xml.Linq.XDocument.Parse(body).Descendants().Where(one => one.Name.LocalName == "RestoreStatus")
                .Select(one => $"{one.Parent!.Elements().First(child => child.Name.LocalName == "Key").Value} {string.Join(' ', one.Elements().Select(child => $"{child.Name.LocalName}={child.Value}"))}");
            Assert.That(told, Is.EqualTo(new[] { "ongoing IsRestoreInProgress=true", "there IsRestoreInProgress=false RestoreExpiryDate=2031-07-04T00:00:00.000Z" }), query);
        }
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}", null, ("x-amz-optional-object-attributes", "Owner"))).Body, Does.Contain("<Code>InvalidArgument</Code>"));
    }

    [Test]
    public async Task What_replaces_a_restored_object_has_nothing_of_it()
    {
        await PutAsync("a", "x", put => put.StorageClass = S3StorageClass.Glacier);
        await RestoreAsync("a", 1, "Bulk");
        await PutAsync("a", "y", put => put.StorageClass = S3StorageClass.Glacier);
        Assert.That((await HeadersAsync("a")).Restore, Is.Null);
        AdvanceDays(10);
        Assert.That(await HeadersAsync("a"), Is.EqualTo(("GLACIER", (string?)null)));
    }

    [Test]
    public async Task A_restore_goes_on_in_a_fork_and_after_a_restart()
    {
        await PutAsync("a", "x", put => put.StorageClass = S3StorageClass.Glacier);
        await RestoreAsync("a", 1);
        await using (var fork = Aws.Fork())
        {
            fork.Clock.Advance(TimeSpan.FromDays(1));
            using var forked = fork.CreateClient<AmazonS3Client>();
            Assert.That((await forked.GetObjectMetadataAsync(TheBucket, "a")).RestoreInProgress, Is.False);
        }
        var folder = Directory.CreateTempSubdirectory("restores-").FullName;
        try
        {
            await using (var aws = await AwsEmulator.StartAsync(options => options.DataFolder = folder))
            {
                using var s3 = aws.CreateClient<AmazonS3Client>();
                await s3.PutBucketAsync(TheBucket);
                await s3.PutObjectAsync(new PutObjectRequest { BucketName = TheBucket, Key = "a", ContentBody = "x", StorageClass = S3StorageClass.Glacier });
                await s3.RestoreObjectAsync(new RestoreObjectRequest { BucketName = TheBucket, Key = "a", Days = 1 });
            }
            await using (var aws = await AwsEmulator.StartAsync(options => options.DataFolder = folder))
            {
                using var s3 = aws.CreateClient<AmazonS3Client>();
                Assert.That((await s3.GetObjectMetadataAsync(TheBucket, "a")).RestoreInProgress, Is.True);
                aws.Clock.Advance(TimeSpan.FromHours(5));
                using var response = await s3.GetObjectAsync(TheBucket, "a");
                Assert.That(response.ContentLength, Is.EqualTo(1));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Task<RestoreObjectResponse> RestoreAsync(string key, int days, string? tier = null) =>
        S3.RestoreObjectAsync(new RestoreObjectRequest { BucketName = TheBucket, Key = key, Days = days, Tier = tier is null ? null : new GlacierJobTier(tier) });

    private async Task<(string? StorageClass, string? Restore)> HeadersAsync(string key)
    {
        var (response, _) = await SendAsync(HttpMethod.Head, $"/{TheBucket}/{key}");
        Assert.That(response.IsSuccessStatusCode, $"{response.StatusCode}");
        return (Value("x-amz-storage-class"), Value("x-amz-restore"));

        string? Value(string name) => response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
    }
}
