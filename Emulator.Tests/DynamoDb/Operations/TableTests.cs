using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html")]
internal sealed class TableTests : DynamoDbFixture
{
    [Test]
    [Observed("recorded answer test_table_crud")]
    public async Task A_table_is_creating_in_its_first_answer_and_active_in_the_next()
    {
        var created = (await DynamoDb.CreateTableAsync(Provisioned("Notes"))).TableDescription;
        var described = (await DynamoDb.DescribeTableAsync("Notes")).Table;
        Assert.Multiple(() =>
        {
            Assert.That(created.TableStatus, Is.EqualTo(TableStatus.CREATING));
            Assert.That(created.WarmThroughput, Is.Null);
            Assert.That(created.BillingModeSummary, Is.Null);
            Assert.That(described.TableStatus, Is.EqualTo(TableStatus.ACTIVE));
            Assert.That(described.TableArn, Is.EqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/Notes"));
            Assert.That(described.TableId, Is.EqualTo(created.TableId).And.Length.EqualTo(36));
            Assert.That(described.CreationDateTime!.Value.ToUniversalTime(), Is.EqualTo(Aws.Clock.GetUtcNow().UtcDateTime).Within(TimeSpan.FromMinutes(1)));
            Assert.That((described.ProvisionedThroughput.ReadCapacityUnits, described.ProvisionedThroughput.WriteCapacityUnits, described.ProvisionedThroughput.NumberOfDecreasesToday), Is.EqualTo((5L, 4L, 0L)));
            Assert.That((described.WarmThroughput.ReadUnitsPerSecond, described.WarmThroughput.WriteUnitsPerSecond, described.WarmThroughput.Status.Value), Is.EqualTo((5L, 4L, "ACTIVE")));
            Assert.That((described.ItemCount, described.TableSizeBytes, described.DeletionProtectionEnabled), Is.EqualTo(((long?)0, (long?)0, (bool?)false)));
            Assert.That(described.KeySchema.Select(key => (key.AttributeName, key.KeyType.Value)), Is.EqualTo(new[] { ("p", "HASH") }));
        });
    }

    [Test]
    [Observed("recorded answer test_gsi_with_billing_mode")]
    public async Task An_on_demand_table_has_no_units_of_its_own()
    {
        var table = (await DynamoDb.DescribeTableAsync(Hash)).Table;
        Assert.That((table.BillingModeSummary.BillingMode.Value, table.ProvisionedThroughput.ReadCapacityUnits, table.WarmThroughput.ReadUnitsPerSecond, table.WarmThroughput.WriteUnitsPerSecond),
            Is.EqualTo(("PAY_PER_REQUEST", (long?)0, (long?)12000, (long?)4000)));
    }

    [Test]
    public async Task Items_are_counted_as_they_come_and_go()
    {
        await PutAsync(Hash, ("p", S("ab")), ("n", N("12345")));
        await PutAsync(Hash, ("p", S("c")));
        await PutAsync(Hash, ("p", S("c")), ("x", S("é")));
        var table = (await DynamoDb.DescribeTableAsync(Hash)).Table;
        Assert.That((table.ItemCount, table.TableSizeBytes), Is.EqualTo(((long?)2, (long?)(1 + 2 + 1 + 4 + 1 + 1 + 1 + 2))));
    }

    [Test]
    [Observed("recorded answer test_create_duplicate_table")]
    public void A_table_is_created_once() =>
        Fails(() => CreateAsync(Hash, ("p", ScalarAttributeType.S)), "ResourceInUseException", $"Table already exists: {Hash}");

    [Test]
    [Observed("recorded answer test_table_crud")]
    public async Task A_deleted_table_is_gone_with_its_items()
    {
        await PutAsync(Hash, ("p", S("a")));
        var deleted = (await DynamoDb.DeleteTableAsync(Hash)).TableDescription;
        Assert.That((deleted.TableStatus.Value, deleted.KeySchema, deleted.AttributeDefinitions), Is.EqualTo(("DELETING", (List<KeySchemaElement>?)null, (List<AttributeDefinition>?)null)));
        Fails(() => DynamoDb.DescribeTableAsync(Hash), "ResourceNotFoundException", $"Requested resource not found: Table: {Hash} not found");
        Fails(() => DynamoDb.DeleteTableAsync(Hash), "ResourceNotFoundException", $"Requested resource not found: Table: {Hash} not found");
        Fails(() => GetAsync(Hash, ("p", S("a"))), "ResourceNotFoundException", "Requested resource not found");
        await CreateAsync(Hash, ("p", ScalarAttributeType.S));
        Assert.That(await GetAsync(Hash, ("p", S("a"))), Is.Null);
    }

    [Test]
    public async Task A_protected_table_is_not_deleted()
    {
        var request = Provisioned("Safe");
        request.DeletionProtectionEnabled = true;
        await DynamoDb.CreateTableAsync(request);
        Refuses(() => DynamoDb.DeleteTableAsync("Safe"), "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");
    }

    [Test]
    public async Task Names_are_listed_in_pages()
    {
        foreach (var name in new[] { "Zoo", "abc", "Abc" }) await CreateAsync(name, ("p", ScalarAttributeType.S));
        var first = await DynamoDb.ListTablesAsync(new ListTablesRequest { Limit = 3 });
        var second = await DynamoDb.ListTablesAsync(new ListTablesRequest { ExclusiveStartTableName = first.LastEvaluatedTableName });
        Assert.That((string.Join(' ', first.TableNames), first.LastEvaluatedTableName, string.Join(' ', second.TableNames), second.LastEvaluatedTableName),
            Is.EqualTo(($"Abc {Hash} {Range}", Range, "Zoo abc", (string?)null)));
    }

    [Test]
    public async Task A_table_may_be_named_by_its_arn()
    {
        var arn = (await DynamoDb.DescribeTableAsync(Hash)).Table.TableArn;
        await PutAsync(arn, ("p", S("a")));
        Assert.That(await GetAsync(Hash, ("p", S("a"))), Is.Not.Null);
        Assert.That((await DynamoDb.DescribeTableAsync(arn)).Table.TableName, Is.EqualTo(Hash));
    }

    [Test]
    [Observed("tests/tier3/error-messages/createTable.test.ts of nubo-db/dynamodb-conformance, and test/createTable.js of architect/dynalite, taken from AWS")]
    public void What_no_table_can_be_is_refused() => Assert.Multiple(() =>
    {
        Refused(request => request.TableName = "ab", "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3");
        Refused(request => request.TableName = "a b!", "1 validation error detected: Value 'a b!' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
        Refused(request => request.KeySchema[0].KeyType = "INVALID", "1 validation error detected: Value 'INVALID' at 'keySchema.1.member.keyType' failed to satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]");
        Refused(request => request.KeySchema.Add(new("p", KeyType.RANGE)), "Invalid KeySchema: Some index key attribute have no definition");
        Refused(request => request.KeySchema[0].KeyType = KeyType.RANGE, "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        Refused(request => request.KeySchema[0].AttributeName = "q", "One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [q], AttributeDefinitions: [p]");
        Refused(request => request.AttributeDefinitions.Add(new("q", ScalarAttributeType.S)), "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions");
        Refused(request => request.AttributeDefinitions.Add(new("p", ScalarAttributeType.S)), "Attribute Name is duplicated: p");
        Refused(request => request.BillingMode = BillingMode.PAY_PER_REQUEST, "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
        Refused(request => request.ProvisionedThroughput = null, "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
        Refused(request => request.ProvisionedThroughput.ReadCapacityUnits = Nothing, "1 validation error detected: Value '0' at 'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member must have value greater than or equal to 1");
    });

    [Test]
    [Observed("docs/api-quirks of aws-controllers-k8s/dynamodb-controller, observed on AWS in October 2026: DDB-TABLE-031, 036, 039, 042, 154, 393")]
    public void What_a_new_table_cannot_have_is_refused() => Assert.Multiple(() =>
    {
        Refused(request => request.SSESpecification = new() { Enabled = false, SSEType = SSEType.KMS }, "One or more parameter values were invalid: SSEType can not be specified if Enabled is false");
        Refused(request => request.SSESpecification = new() { Enabled = true, SSEType = SSEType.AES256 }, "One or more parameter values were invalid: SSEType AES256 is not supported");
        Refused(request => request.WarmThroughput = new() { ReadUnitsPerSecond = 4 }, "One or more parameter values were invalid: Requested ReadUnitsPerSecond for WarmThroughput for table is lower than ReadCapacityUnits of ProvisionedThroughput");
        Refused(request => OnDemand(request).WarmThroughput = new() { WriteUnitsPerSecond = 1 }, "One or more parameter values were invalid: Requested WriteUnitsPerSecond for WarmThroughput for table is lower than initial throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial");
        Refused(request => OnDemand(request).OnDemandThroughput = new() { MaxReadRequestUnits = -1 }, "One or more parameter values were invalid: Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range");
        Refused(request => request.OnDemandThroughput = new() { MaxWriteRequestUnits = 5 }, "One or more parameter values were invalid: MaxWriteRequestUnits for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED.");
        Fails(() => Create(request => request.ProvisionedThroughput.ReadCapacityUnits = 40001), "LimitExceededException", "The requested ReadCapacityUnits, 40001, is above the per table maximum for the account in us-east-1. Per table maximum: 40000. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.");
        Fails(() => Create(request => OnDemand(request).OnDemandThroughput = new() { MaxReadRequestUnits = 40001 }), "LimitExceededException", "Subscriber limit exceeded: Requested MaxReadRequestUnits for OnDemandThroughput for table exceeds TableMaxReadCapacityUnits of the account in region us-east-1");
    });

    [Test]
    public void What_is_not_built_is_refused_by_name() =>
        Fails(() =>
        {
            var request = Provisioned("Indexed");
            request.GlobalTableSourceArn = "arn:aws:dynamodb:us-east-1:000000000000:table/Global";
            return DynamoDb.CreateTableAsync(request);
        }, "NotImplemented", "The emulator does not implement the parameter GlobalTableSourceArn of CreateTable.");

    /// <summary>A zero that the client's analyzer does not see.</summary>
    private static int Nothing => 0;

    private void Refused(Action<CreateTableRequest> change, string message) => Refuses(() => Create(change), message);

    private Task Create(Action<CreateTableRequest> change)
    {
        var request = Provisioned("Notes");
        change(request);
        return DynamoDb.CreateTableAsync(request);
    }

    private static CreateTableRequest OnDemand(CreateTableRequest request)
    {
        request.BillingMode = BillingMode.PAY_PER_REQUEST;
        request.ProvisionedThroughput = null;
        return request;
    }

    private static CreateTableRequest Provisioned(string name) => new()
    {
        TableName = name,
        AttributeDefinitions = [new("p", ScalarAttributeType.S)],
        KeySchema = [new("p", KeyType.HASH)],
        ProvisionedThroughput = new(5, 4),
    };
}
