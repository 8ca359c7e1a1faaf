using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html")]
internal sealed class UpdateTableTests : DynamoDbFixture
{
    private const string Provisioned = "Provisioned";
    private const string Quirks = "docs/api-quirks of aws-controllers-k8s/dynamodb-controller, observed on AWS in October 2026: ";

    [SetUp]
    public Task CreateProvisionedAsync() => DynamoDb.CreateTableAsync(new CreateTableRequest
    {
        TableName = Provisioned,
        AttributeDefinitions = [new("p", ScalarAttributeType.S)],
        KeySchema = [new("p", KeyType.HASH)],
        ProvisionedThroughput = new(5, 4),
    });

    [Test]
    [Observed("test/updateTable.js of architect/dynalite, taken from AWS")]
    public async Task Units_are_told_as_they_were_by_the_answer_and_as_they_are_by_the_next_description()
    {
        var updated = (await UpdateAsync(request => request.ProvisionedThroughput = new(15, 12))).ProvisionedThroughput;
        var increased = (await DescribeAsync()).ProvisionedThroughput;
        Aws.Clock.Advance(TimeSpan.FromMinutes(1));
        await UpdateAsync(request => request.ProvisionedThroughput = new(5, 4));
        var decreased = (await DescribeAsync()).ProvisionedThroughput;
        Assert.Multiple(() =>
        {
            Assert.That((updated.ReadCapacityUnits, updated.WriteCapacityUnits, updated.NumberOfDecreasesToday), Is.EqualTo(((long?)5, (long?)4, (long?)0)));
            Assert.That((increased.ReadCapacityUnits, increased.WriteCapacityUnits, increased.NumberOfDecreasesToday, increased.LastDecreaseDateTime), Is.EqualTo(((long?)15, (long?)12, (long?)0, (DateTime?)null)));
            Assert.That((decreased.ReadCapacityUnits, decreased.WriteCapacityUnits, decreased.NumberOfDecreasesToday), Is.EqualTo(((long?)5, (long?)4, (long?)1)));
            Assert.That(decreased.LastIncreaseDateTime, Is.EqualTo(increased.LastIncreaseDateTime));
            Assert.That(decreased.LastDecreaseDateTime - decreased.LastIncreaseDateTime, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(59)));
        });
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html")]
    public async Task Units_decrease_four_times_a_day_and_then_once_an_hour()
    {
        Aws.Clock.Set(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
        await UpdateAsync(request => request.ProvisionedThroughput = new(100, 100));
        for (var units = 99; units > 95; units--) await UpdateAsync(request => request.ProvisionedThroughput = new(units, 100));
        Aws.Clock.Freeze();
        Aws.Clock.Set(new DateTimeOffset(2030, 1, 2, 4, 0, 0, TimeSpan.Zero));
        var refused = Assert.CatchAsync<LimitExceededException>(() => UpdateAsync(request => request.ProvisionedThroughput = new(50, 100)))!;
        Aws.Clock.Advance(TimeSpan.FromMinutes(5));
        await UpdateAsync(request => request.ProvisionedThroughput = new(50, 100));
        var fifth = (await DescribeAsync()).ProvisionedThroughput.NumberOfDecreasesToday;
        Aws.Clock.Set(new DateTimeOffset(2030, 1, 3, 0, 0, 0, TimeSpan.Zero));
        Assert.Multiple(async () =>
        {
            Assert.That(refused.Message, Does.StartWith("Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the first 4 decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds. Number of decreases today: 4. Last decrease at Wednesday, January 2, 2030 at 3:04:"));
            Assert.That(fifth, Is.EqualTo(5));
            Assert.That((await DescribeAsync()).ProvisionedThroughput.NumberOfDecreasesToday, Is.Zero);
        });
    }

    [Test]
    [Observed("test/updateTable.js of architect/dynalite, taken from AWS")]
    public async Task A_table_goes_on_demand_and_back()
    {
        var toDemand = await UpdateAsync(request => request.BillingMode = BillingMode.PAY_PER_REQUEST);
        var onDemand = await DescribeAsync();
        await UpdateAsync(request => (request.BillingMode, request.ProvisionedThroughput) = (BillingMode.PROVISIONED, new(7, 8)));
        var back = await DescribeAsync();
        Assert.Multiple(() =>
        {
            Assert.That((toDemand.TableStatus.Value, toDemand.BillingModeSummary.BillingMode.Value, toDemand.BillingModeSummary.LastUpdateToPayPerRequestDateTime), Is.EqualTo(("UPDATING", "PAY_PER_REQUEST", (DateTime?)null)));
            Assert.That((onDemand.TableStatus.Value, onDemand.ProvisionedThroughput.ReadCapacityUnits, onDemand.ProvisionedThroughput.WriteCapacityUnits), Is.EqualTo(("ACTIVE", (long?)0, (long?)0)));
            Assert.That(onDemand.BillingModeSummary.LastUpdateToPayPerRequestDateTime, Is.Not.Null);
            Assert.That((back.BillingModeSummary.BillingMode.Value, back.ProvisionedThroughput.ReadCapacityUnits, back.ProvisionedThroughput.WriteCapacityUnits), Is.EqualTo(("PROVISIONED", (long?)7, (long?)8)));
            Assert.That(back.BillingModeSummary.LastUpdateToPayPerRequestDateTime, Is.EqualTo(onDemand.BillingModeSummary.LastUpdateToPayPerRequestDateTime));
        });
    }

    [Test]
    [Observed(Quirks + "DDB-TABLE-382, 433")]
    public void One_request_changes_one_matter() => Assert.Multiple(() =>
    {
        Refused(request => (request.SSESpecification, request.TableClass) = (new() { Enabled = true }, TableClass.STANDARD), "One or more parameter values were invalid: Server-Side Encryption modification must be the only operation in the request");
        Refused(request => (request.TableClass, request.DeletionProtectionEnabled) = (TableClass.STANDARD, true), "One or more parameter values were invalid: TableClass modification must be the only operation in the request");
        Refused(request => (request.DeletionProtectionEnabled, request.BillingMode) = (true, BillingMode.PAY_PER_REQUEST), "One or more parameter values were invalid: DeletionProtection modification must be the only operation in the request");
        Refused(request => (request.WarmThroughput, request.ProvisionedThroughput) = (new() { ReadUnitsPerSecond = 10 }, new(6, 6)), "One or more parameter values were invalid: WarmThroughput must be the only operation in the request");
        Refused(request => (request.OnDemandThroughput, request.ProvisionedThroughput) = (new() { MaxReadRequestUnits = 10 }, new(6, 6)), "One or more parameter values were invalid: OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
    });

    [Test]
    [Observed(Quirks + "DDB-TABLE-061, 179")]
    public async Task A_table_stays_as_warm_as_it_ever_was()
    {
        await UpdateAsync(request => request.ProvisionedThroughput = new(9, 9));
        await UpdateAsync(request => request.ProvisionedThroughput = new(5, 4));
        var cooled = (await DescribeAsync()).WarmThroughput;
        Refused(request => request.WarmThroughput = new() { ReadUnitsPerSecond = 8 }, "One or more parameter values were invalid: Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current WarmThroughput, decreasing WarmThroughput is not supported");
        var warming = await UpdateAsync(request => request.WarmThroughput = new() { WriteUnitsPerSecond = 50 });
        var warm = (await DescribeAsync()).WarmThroughput;
        Assert.Multiple(() =>
        {
            Assert.That((cooled.ReadUnitsPerSecond, cooled.WriteUnitsPerSecond, cooled.Status.Value), Is.EqualTo(((long?)9, (long?)9, "ACTIVE")));
            Assert.That((warming.TableStatus.Value, warming.WarmThroughput.WriteUnitsPerSecond, warming.WarmThroughput.Status.Value), Is.EqualTo(("ACTIVE", (long?)9, "UPDATING")));
            Assert.That((warm.ReadUnitsPerSecond, warm.WriteUnitsPerSecond, warm.Status.Value), Is.EqualTo(((long?)9, (long?)50, "ACTIVE")));
        });
    }

    [Test]
    [Observed("test/updateTable.js of architect/dynalite, taken from AWS")]
    public void What_cannot_be_changed_so_is_refused() => Assert.Multiple(() =>
    {
        Refused(_ => { }, "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required");
        Refused(request => request.AttributeDefinitions = [new("p", ScalarAttributeType.S)], "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required");
        Refused(request => request.ProvisionedThroughput = new(5, 4), "The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: 5. Requested ReadCapacityUnits: 5. Current WriteCapacityUnits provisioned for the table: 4. Requested WriteCapacityUnits: 4. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.");
        Refused(request => (request.BillingMode, request.ProvisionedThroughput) = (BillingMode.PAY_PER_REQUEST, new(1, 1)), "One or more parameter values were invalid: ProvisionedThroughput cannot be specified when BillingMode is PAY_PER_REQUEST");
        Refused(request => request.ProvisionedThroughput = new(1000000000001, 1), "Given value 1000000000001 for ReadCapacityUnits is out of bounds");
        Refused(request => (request.TableName, request.BillingMode) = (Hash, BillingMode.PROVISIONED), "One or more parameter values were invalid: ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
        Refused(request => (request.TableName, request.ProvisionedThroughput) = (Hash, new(1, 1)), "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
        Fails(() => UpdateAsync(request => (request.TableName, request.ProvisionedThroughput) = ("absent", new(1, 1))), "ResourceNotFoundException", "Requested resource not found: Table: absent not found");
    });

    [Test]
    [Observed(Quirks + "DDB-TABLE-154, 178, 182")]
    public async Task Limits_on_demand_are_set_one_by_one_and_taken_away_with_minus_one()
    {
        await UpdateAsync(request => (request.TableName, request.OnDemandThroughput) = (Hash, new() { MaxReadRequestUnits = 10, MaxWriteRequestUnits = 20 }));
        await UpdateAsync(request => (request.TableName, request.OnDemandThroughput) = (Hash, new() { MaxReadRequestUnits = -1 }));
        var described = (await DynamoDb.DescribeTableAsync(Hash)).Table.OnDemandThroughput;
        Assert.That((described.MaxReadRequestUnits, described.MaxWriteRequestUnits), Is.EqualTo(((long?)null, (long?)20)));
        Refused(request => (request.TableName, request.OnDemandThroughput) = (Hash, new() { MaxWriteRequestUnits = -2 }), "One or more parameter values were invalid: Requested MaxWriteRequestUnits for OnDemandThroughput for table is outside of valid range");
        Refused(request => request.OnDemandThroughput = new() { MaxReadRequestUnits = 1 }, "One or more parameter values were invalid: MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED");
    }

    [Test]
    [Observed("recorded answer test_dynamodb_create_table_with_partial_sse_specification")]
    public async Task Encryption_with_a_key_of_KMS_comes_and_goes()
    {
        await UpdateAsync(request => request.SSESpecification = new() { Enabled = true });
        var encrypted = (await DescribeAsync()).SSEDescription;
        var disabling = (await UpdateAsync(request => request.SSESpecification = new() { Enabled = false })).SSEDescription;
        Assert.Multiple(async () =>
        {
            Assert.That((encrypted.Status.Value, encrypted.SSEType.Value), Is.EqualTo(("ENABLED", "KMS")));
            Assert.That((disabling.Status.Value, disabling.SSEType.Value, disabling.KMSMasterKeyArn), Is.EqualTo(("UPDATING", "KMS", encrypted.KMSMasterKeyArn)));
            Assert.That((await DescribeAsync()).SSEDescription, Is.Null);
        });
    }

    [Test]
    [Observed(Quirks + "DDB-TABLE-081, 082, 141")]
    public async Task Encryption_changes_four_times_a_day_and_then_every_six_hours()
    {
        Refused(request => request.SSESpecification = new() { Enabled = false }, "One or more parameter values were invalid: Table is already encrypted by default");
        Refused(request => request.SSESpecification = new() { Enabled = true, KMSMasterKeyId = "alias/mine" }, "One or more parameter values were invalid: SSEType KMS is required if KMSMasterKeyId is specified");
        for (var change = 0; change < 4; change++) await UpdateAsync(request => request.SSESpecification = new() { Enabled = true });
        var key = (await DescribeAsync()).SSEDescription.KMSMasterKeyArn;
        Refused(request => request.SSESpecification = new() { Enabled = true, SSEType = SSEType.KMS, KMSMasterKeyId = key }, "One or more parameter values were invalid: Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key");
        var refused = Assert.CatchAsync<LimitExceededException>(() => UpdateAsync(request => request.SSESpecification = new() { Enabled = true }))!;
        Aws.Clock.Advance(TimeSpan.FromHours(6));
        await UpdateAsync(request => request.SSESpecification = new() { Enabled = false });
        Assert.That(refused.Message, Does.Match(@"^Subscriber limit exceeded: Encryption mode changes are limited in the 24h window ending at \S+Z\. After the first 4 change, each subsequent change in the same window can be performed at most once every 21600 seconds\. Number of updates today: 4\. Last change at \S+Z\. Next changes can be made at \S+Z\.$"));
    }

    [Test]
    [Observed(Quirks + "DDB-TABLE-017, 283, 284, 365")]
    public async Task Class_changes_twice_in_thirty_days()
    {
        var first = await UpdateAsync(request => request.TableClass = TableClass.STANDARD_INFREQUENT_ACCESS);
        var infrequent = await DescribeAsync();
        await UpdateAsync(request => request.TableClass = TableClass.STANDARD_INFREQUENT_ACCESS);
        await UpdateAsync(request => request.TableClass = TableClass.STANDARD);
        Fails(() => UpdateAsync(request => request.TableClass = TableClass.STANDARD), "LimitExceededException", "Subscriber limit exceeded: Updates to TableClass are limited to 2 times in 30 day(s).");
        Aws.Clock.Advance(TimeSpan.FromDays(31));
        await UpdateAsync(request => request.TableClass = TableClass.STANDARD_INFREQUENT_ACCESS);
        Assert.Multiple(() =>
        {
            Assert.That((first.TableStatus.Value, first.TableClassSummary), Is.EqualTo(("UPDATING", (TableClassSummary?)null)));
            Assert.That((infrequent.TableClassSummary.TableClass.Value, infrequent.TableClassSummary.LastUpdateDateTime is not null), Is.EqualTo(("STANDARD_INFREQUENT_ACCESS", true)));
            Refused(request => request.TableClass = "GLACIER", "Invalid table-class parameter provided. Please try again with a valid table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].");
        });
    }

    [Test]
    [Observed(Quirks + "DDB-TABLE-016, 017")]
    public async Task Deletion_protection_changes_at_once()
    {
        var protectedTable = await UpdateAsync(request => request.DeletionProtectionEnabled = true);
        Refuses(() => DynamoDb.DeleteTableAsync(Provisioned), "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");
        await UpdateAsync(request => request.DeletionProtectionEnabled = false);
        await DynamoDb.DeleteTableAsync(Provisioned);
        Assert.That((protectedTable.TableStatus.Value, protectedTable.DeletionProtectionEnabled), Is.EqualTo(("ACTIVE", (bool?)true)));
    }

    private async Task<TableDescription> DescribeAsync() => (await DynamoDb.DescribeTableAsync(Provisioned)).Table;

    private async Task<TableDescription> UpdateAsync(Action<UpdateTableRequest> change)
    {
        var request = new UpdateTableRequest { TableName = Provisioned };
        change(request);
        return (await DynamoDb.UpdateTableAsync(request)).TableDescription;
    }

    private void Refused(Action<UpdateTableRequest> change, string message) => Refuses(() => UpdateAsync(change), message);
}
