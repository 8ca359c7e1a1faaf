using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Settings that are kept and described.</summary>
internal sealed class KeptSettingsTests : S3Fixture
{
    private const string Malformed = "The XML you provided was not well-formed or did not validate against our published schema";

    [Test]
    [Observed("2026-02, recorded: test_bucket_acceleration_configuration_crud, _exc")]
    public async Task Acceleration_is_not_set_until_it_is_and_not_for_names_with_periods()
    {
        Assert.That((await S3.GetBucketAccelerateConfigurationAsync(TheBucket)).Status, Is.Null);
        await S3.PutBucketAccelerateConfigurationAsync(new PutBucketAccelerateConfigurationRequest { BucketName = TheBucket, AccelerateConfiguration = new AccelerateConfiguration { Status = BucketAccelerateStatus.Enabled } });
        Assert.That((await S3.GetBucketAccelerateConfigurationAsync(TheBucket)).Status, Is.EqualTo(BucketAccelerateStatus.Enabled));
        await FailsAsync(() => S3.PutBucketAccelerateConfigurationAsync(new PutBucketAccelerateConfigurationRequest { BucketName = TheBucket, AccelerateConfiguration = new AccelerateConfiguration { Status = new BucketAccelerateStatus("random") } }), "MalformedXML", Malformed, HttpStatusCode.BadRequest);
        await S3.PutBucketAsync("a.bucket");
        await FailsAsync(() => S3.PutBucketAccelerateConfigurationAsync(new PutBucketAccelerateConfigurationRequest { BucketName = "a.bucket", AccelerateConfiguration = new AccelerateConfiguration { Status = BucketAccelerateStatus.Enabled } }),
            "InvalidRequest", "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names", HttpStatusCode.BadRequest);
    }

    [Test]
    [Observed("2026-02, recorded: test_s3_request_payer")]
    public async Task The_owner_pays_until_the_requester_does()
    {
        Assert.That((await S3.GetBucketRequestPaymentAsync(TheBucket)).Payer, Is.EqualTo("BucketOwner"));
        await S3.PutBucketRequestPaymentAsync(TheBucket, new RequestPaymentConfiguration { Payer = "Requester" });
        Assert.That((await S3.GetBucketRequestPaymentAsync(TheBucket)).Payer, Is.EqualTo("Requester"));
        await FailsAsync(() => S3.PutBucketRequestPaymentAsync(TheBucket, new RequestPaymentConfiguration { Payer = "Random" }), "MalformedXML", Malformed, HttpStatusCode.BadRequest);
    }

    [Test]
    [Observed("2026-02, recorded: test_put_bucket_logging, _wrong_target")]
    public async Task A_log_goes_to_a_bucket_of_the_same_region()
    {
        await S3.PutBucketAsync("the-log");
        Assert.That((await S3.GetBucketLoggingAsync(TheBucket)).BucketLoggingConfig?.TargetBucketName, Is.Null);
        await S3.PutBucketLoggingAsync(new PutBucketLoggingRequest
        {
            BucketName = TheBucket,
            LoggingConfig = new S3BucketLoggingConfig
            {
                TargetBucketName = "the-log",
                TargetPrefix = "log",
                Grants = [new S3Grant { Grantee = new S3Grantee { URI = "http://acs.amazonaws.com/groups/s3/LogDelivery" }, Permission = S3Permission.WRITE }],
            },
        });
        var log = (await S3.GetBucketLoggingAsync(TheBucket)).BucketLoggingConfig!;
        Assert.That((log.TargetBucketName, log.TargetPrefix, log.Grants.Single().Grantee.URI), Is.EqualTo(("the-log", "log", "http://acs.amazonaws.com/groups/s3/LogDelivery")));
        await FailsAsync(() => S3.PutBucketLoggingAsync(new PutBucketLoggingRequest { BucketName = TheBucket, LoggingConfig = new S3BucketLoggingConfig { TargetBucketName = "absent-log", TargetPrefix = "log" } }),
            "InvalidTargetBucketForLogging", "The target bucket for logging does not exist", HttpStatusCode.BadRequest);
        await S3.PutBucketAsync(new PutBucketRequest { BucketName = "far-log", BucketRegionName = "ap-south-1" });
        await FailsAsync(() => S3.PutBucketLoggingAsync(new PutBucketLoggingRequest { BucketName = TheBucket, LoggingConfig = new S3BucketLoggingConfig { TargetBucketName = "far-log", TargetPrefix = "log" } }),
            "CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed. ", HttpStatusCode.Forbidden);
        await S3.PutBucketLoggingAsync(new PutBucketLoggingRequest { BucketName = TheBucket, LoggingConfig = new S3BucketLoggingConfig() });
        Assert.That((await S3.GetBucketLoggingAsync(TheBucket)).BucketLoggingConfig?.TargetBucketName, Is.Null);
    }

    [Test]
    [Observed("2026-02, recorded: test_s3_inventory_report_crud, test_put_bucket_inventory_config_order, test_s3_put_inventory_report_exceptions")]
    public async Task Inventories_are_kept_by_id_and_listed_in_order()
    {
        foreach (var id in new[] { "z-test", "a-test", "test-1" }) await S3.PutBucketInventoryConfigurationAsync(new PutBucketInventoryConfigurationRequest { BucketName = TheBucket, InventoryId = id, InventoryConfiguration = Inventory(id) });
        var listed = await S3.ListBucketInventoryConfigurationsAsync(new ListBucketInventoryConfigurationsRequest { BucketName = TheBucket });
        Assert.That(listed.InventoryConfigurationList.Select(one => one.InventoryId), Is.EqualTo(new[] { "a-test", "test-1", "z-test" }));
        var got = (await S3.GetBucketInventoryConfigurationAsync(new GetBucketInventoryConfigurationRequest { BucketName = TheBucket, InventoryId = "a-test" })).InventoryConfiguration;
        Assert.That((got.IsEnabled, got.Destination.S3BucketDestination.BucketName, got.Schedule.Frequency.Value, string.Join(' ', got.InventoryOptionalFields)), Is.EqualTo(((bool?)true, "arn:aws:s3:::the-bucket", "Daily", "Size ETag")));

        await FailsAsync(() => S3.PutBucketInventoryConfigurationAsync(new PutBucketInventoryConfigurationRequest { BucketName = TheBucket, InventoryId = "other", InventoryConfiguration = Inventory("one") }),
            "IdMismatch", "Document ID does not match the specified configuration ID.", HttpStatusCode.BadRequest);
        var wrong = Inventory("wrong");
        wrong.Destination.S3BucketDestination.BucketName = TheBucket;
        await FailsAsync(() => S3.PutBucketInventoryConfigurationAsync(new PutBucketInventoryConfigurationRequest { BucketName = TheBucket, InventoryId = "wrong", InventoryConfiguration = wrong }),
            "InvalidS3DestinationBucket", "Invalid bucket ARN.", HttpStatusCode.BadRequest);
        wrong = Inventory("wrong");
        wrong.Schedule.Frequency = new InventoryFrequency("Hourly");
        await FailsAsync(() => S3.PutBucketInventoryConfigurationAsync(new PutBucketInventoryConfigurationRequest { BucketName = TheBucket, InventoryId = "wrong", InventoryConfiguration = wrong }), "MalformedXML", Malformed, HttpStatusCode.BadRequest);
        var (absent, body) = await SendAsync(HttpMethod.Get, $"/{TheBucket}?inventory&id=none"); // the SDK makes no error of it
        Assert.That(absent.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(body, Does.Contain("<Code>NoSuchConfiguration</Code><Message>The specified configuration does not exist.</Message>"));
    }

    [Test]
    [Observed("2026-02, recorded: TestS3MetricsConfiguration")]
    public async Task Metrics_are_paged_and_deleted_once()
    {
        for (var i = 0; i < 105; i++)
        {
            await S3.PutBucketMetricsConfigurationAsync(new PutBucketMetricsConfigurationRequest
            {
                BucketName = TheBucket,
                MetricsId = $"m{i:000}",
                MetricsConfiguration = new MetricsConfiguration { MetricsId = $"m{i:000}", MetricsFilter = new MetricsFilter { MetricsFilterPredicate = new MetricsPrefixPredicate("logs/") } },
            });
        }
        var first = await S3.ListBucketMetricsConfigurationsAsync(new ListBucketMetricsConfigurationsRequest { BucketName = TheBucket });
        var second = await S3.ListBucketMetricsConfigurationsAsync(new ListBucketMetricsConfigurationsRequest { BucketName = TheBucket, ContinuationToken = first.NextToken });
        Assert.That((first.MetricsConfigurationList.Count, first.IsTruncated, second.MetricsConfigurationList.Count, second.IsTruncated, second.Token), Is.EqualTo((100, (bool?)true, 5, (bool?)false, first.NextToken)));
        var delete = new DeleteBucketMetricsConfigurationRequest { BucketName = TheBucket, MetricsId = "m000" };
        await S3.DeleteBucketMetricsConfigurationAsync(delete);
        await FailsAsync(() => S3.DeleteBucketMetricsConfigurationAsync(delete), "NoSuchConfiguration", "The specified configuration does not exist.", HttpStatusCode.NotFound);
    }

    [Test]
    [Observed("2026-02, recorded: test_s3_analytics_configurations, test_s3_intelligent_tier_config")]
    public async Task Analytics_and_tierings_come_back_as_they_were_put()
    {
        await S3.PutBucketAnalyticsConfigurationAsync(new PutBucketAnalyticsConfigurationRequest
        {
            BucketName = TheBucket,
            AnalyticsId = "a",
            AnalyticsConfiguration = new AnalyticsConfiguration
            {
                AnalyticsId = "a",
                AnalyticsFilter = new AnalyticsFilter { AnalyticsFilterPredicate = new AnalyticsPrefixPredicate("x & <y>") },
                StorageClassAnalysis = new StorageClassAnalysis(),
            },
        });
        var analytics = (await S3.GetBucketAnalyticsConfigurationAsync(new GetBucketAnalyticsConfigurationRequest { BucketName = TheBucket, AnalyticsId = "a" })).AnalyticsConfiguration;
        Assert.That(((AnalyticsPrefixPredicate)analytics.AnalyticsFilter.AnalyticsFilterPredicate).Prefix, Is.EqualTo("x & <y>"));

        await S3.PutBucketIntelligentTieringConfigurationAsync(new PutBucketIntelligentTieringConfigurationRequest
        {
            BucketName = TheBucket,
            IntelligentTieringId = "t",
            IntelligentTieringConfiguration = new IntelligentTieringConfiguration { IntelligentTieringId = "t", Status = IntelligentTieringStatus.Enabled, Tierings = [new Tiering { AccessTier = IntelligentTieringAccessTier.ARCHIVE_ACCESS, Days = 90 }] },
        });
        var tierings = (await S3.ListBucketIntelligentTieringConfigurationsAsync(new ListBucketIntelligentTieringConfigurationsRequest { BucketName = TheBucket })).IntelligentTieringConfigurationList;
        Assert.That((tierings.Single().IntelligentTieringId, tierings.Single().Tierings.Single().Days), Is.EqualTo(("t", (int?)90)));
    }

    private static InventoryConfiguration Inventory(string id) => new()
    {
        InventoryId = id,
        IsEnabled = true,
        IncludedObjectVersions = InventoryIncludedObjectVersions.All,
        InventoryOptionalFields = [InventoryOptionalField.Size, InventoryOptionalField.ETag],
        Schedule = new InventorySchedule { Frequency = InventoryFrequency.Daily },
        Destination = new InventoryDestination { S3BucketDestination = new InventoryS3BucketDestination { BucketName = "arn:aws:s3:::the-bucket", InventoryFormat = InventoryFormat.CSV } },
    };
}
