using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Emulator.DynamoDb;
using Emulator.Protocols;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html")]
internal sealed class IndexTableTests : DynamoDbFixture
{
    [Test]
    [Observed("recorded answer test_gsi_with_billing_mode; DDB-TABLE-125, 133, 134 and 138 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, observed on AWS in October 2026")]
    public async Task Indexes_are_described_as_aws_does()
    {
        var request = Indexed();
        request.GlobalSecondaryIndexes.Add(Global("include", ["d"], ["e", "c"], "zz", "aa"));
        request.AttributeDefinitions.AddRange([new("e", ScalarAttributeType.B), new("d", ScalarAttributeType.N)]);
        var created = (await DynamoDb.CreateTableAsync(request)).TableDescription;
        var described = (await DynamoDb.DescribeTableAsync("Indexed")).Table;
        var local = described.LocalSecondaryIndexes.Single();
        var include = described.GlobalSecondaryIndexes[1];
        Assert.Multiple(() =>
        {
            Assert.That(string.Join(' ', described.AttributeDefinitions.Select(definition => definition.AttributeName)), Is.EqualTo("a c d e p"));
            Assert.That((local.IndexName, local.IndexArn, local.ItemCount, local.IndexSizeBytes, local.Projection.ProjectionType.Value),
                Is.EqualTo(("local", "arn:aws:dynamodb:us-east-1:000000000000:table/Indexed/index/local", (long?)0, (long?)0, "ALL")));
            Assert.That(string.Join(' ', local.KeySchema.Select(key => $"{key.AttributeName}:{key.KeyType}")), Is.EqualTo("p:HASH a:RANGE"));
            Assert.That(created.GlobalSecondaryIndexes.Select(index => (index.IndexName, index.IndexStatus.Value, index.WarmThroughput)), Is.EqualTo(new[] { ("global", "CREATING", (GlobalSecondaryIndexWarmThroughputDescription?)null), ("include", "CREATING", null) }));
            Assert.That((include.IndexStatus.Value, include.Backfilling, include.ProvisionedThroughput.ReadCapacityUnits, include.WarmThroughput.ReadUnitsPerSecond, include.WarmThroughput.WriteUnitsPerSecond, include.WarmThroughput.Status.Value),
                Is.EqualTo(("ACTIVE", (bool?)null, (long?)0, (long?)12000, (long?)4000, "ACTIVE")));
            Assert.That((include.Projection.ProjectionType.Value, string.Join(' ', include.Projection.NonKeyAttributes)), Is.EqualTo(("INCLUDE", "aa zz")));
            Assert.That(string.Join(' ', include.KeySchema.Select(key => $"{key.AttributeName}:{key.KeyType}")), Is.EqualTo("d:HASH e:RANGE c:RANGE"));
        });
    }

    [Test]
    [Observed("DDB-TABLE-123 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, observed on AWS in October 2026")]
    public async Task A_global_index_has_up_to_four_attributes_in_each_part_of_its_key()
    {
        var request = Indexed();
        string[] hash = ["h1", "h2", "h3", "h4"], range = ["r1", "r2", "r3", "r4"];
        request.AttributeDefinitions.AddRange([.. hash.Concat(range).Select(name => new AttributeDefinition(name, ScalarAttributeType.S))]);
        request.GlobalSecondaryIndexes.Add(Global("wide", hash, range));
        await DynamoDb.CreateTableAsync(request);
        var wide = (await DynamoDb.DescribeTableAsync("Indexed")).Table.GlobalSecondaryIndexes[1];
        Assert.That(wide.KeySchema.Select(key => key.AttributeName), Is.EqualTo(hash.Concat(range)));
    }

    [Test]
    [Observed("test/createTable.js of architect/dynalite, taken from AWS; DDB-TABLE-123 to 129 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, observed on AWS in October 2026; test_limit_attribute_length_gsi_lsi_projection_bad and test_gsi_composite_duplicate_attr_rejected of scylladb/scylladb test/alternator")]
    public void What_no_index_can_be_is_refused() => Assert.Multiple(() =>
    {
        // In two parts, since the SDK's analyzer refuses it too.
        Refused(request => request.GlobalSecondaryIndexes[0].IndexName = string.Concat("g", ";"), "2 validation errors detected: Value 'g;' at 'globalSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value 'g;' at 'globalSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member must have length greater than or equal to 3");
        Refused(request => request.GlobalSecondaryIndexes[0].Projection = null, "1 validation error detected: Value null at 'globalSecondaryIndexes.1.member.projection' failed to satisfy constraint: Member must not be null");
        Refused(request => request.GlobalSecondaryIndexes[0].Projection.ProjectionType = "every", "1 validation error detected: Value 'every' at 'globalSecondaryIndexes.1.member.projection.projectionType' failed to satisfy constraint: Member must satisfy enum value set: [ALL, INCLUDE, KEYS_ONLY]");
        Refused(request => request.LocalSecondaryIndexes[0].KeySchema.Add(new("c", KeyType.RANGE)), "1 validation error detected: Value '[KeySchemaElement(attributeName=p, keyType=HASH), KeySchemaElement(attributeName=a, keyType=RANGE), KeySchemaElement(attributeName=c, keyType=RANGE)]' at 'localSecondaryIndexes.1.member.keySchema' failed to satisfy constraint: Member must have length less than or equal to 2");
        Refused(request => request.KeySchema.RemoveAt(1), "One or more parameter values were invalid: Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
        Refused(request => request.GlobalSecondaryIndexes[0].KeySchema[0].AttributeName = "q", "One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [q], AttributeDefinitions: [p, c, a]");
        Refused(request => request.AttributeDefinitions.Add(new("q", ScalarAttributeType.S)), "One or more parameter values were invalid: Some AttributeDefinitions are not used. AttributeDefinitions: [p, c, a, q], keys used: [p, c, a]");
        Refused(request => request.LocalSecondaryIndexes[0].KeySchema.RemoveAt(1), "One or more parameter values were invalid: Index KeySchema does not have a range key for index: local");
        Refused(request => request.LocalSecondaryIndexes[0].KeySchema = [new("a", KeyType.HASH), new("p", KeyType.RANGE)], "One or more parameter values were invalid: Index KeySchema does not have the same leading hash key as table KeySchema for index: local. index hash key: a, table hash key: p");
        Refused(request => request.LocalSecondaryIndexes[0].KeySchema[1].KeyType = KeyType.HASH, "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        Refused(request => request.LocalSecondaryIndexes[0].KeySchema = [new("p", KeyType.HASH), new("p", KeyType.RANGE)], "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        Refused(request => request.GlobalSecondaryIndexes[0].KeySchema = [new("a", KeyType.RANGE)], "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        Refused(request => request.GlobalSecondaryIndexes[0].KeySchema = [new("a", KeyType.HASH), new("c", KeyType.RANGE), new("p", KeyType.HASH)], "One or more parameter values were invalid: All HASH key attributes must precede RANGE key attributes in the KeySchema");
        Refused(request => request.GlobalSecondaryIndexes[0].KeySchema = [new("p", KeyType.HASH), new("p", KeyType.HASH)], "The KeySchema contains multiple key attributes with the same name");
        Refused(request => { request.LocalSecondaryIndexes = null; request.GlobalSecondaryIndexes[0].KeySchema = [new("p", KeyType.HASH), new("p", KeyType.RANGE)]; }, "The KeySchema contains multiple key attributes with the same name");
        Refused(request => Wide(request, hash: 5, range: 0), "One or more parameter values were invalid: The KeySchema exceeds the maximum allowed number of HASH key attributes");
        Refused(request => Wide(request, hash: 1, range: 5), "One or more parameter values were invalid: The KeySchema exceeds the maximum allowed number of RANGE key attributes");
        Refused(request => request.GlobalSecondaryIndexes[0].Projection = new(), "One or more parameter values were invalid: Unknown ProjectionType: null");
        Refused(request => request.GlobalSecondaryIndexes[0].Projection = new() { ProjectionType = ProjectionType.ALL, NonKeyAttributes = ["x"] }, "One or more parameter values were invalid: ProjectionType is ALL, but NonKeyAttributes is specified");
        Refused(request => request.GlobalSecondaryIndexes[0].Projection = new() { ProjectionType = ProjectionType.INCLUDE }, "One or more parameter values were invalid: ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
        Refused(request => request.GlobalSecondaryIndexes[0].Projection = new() { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = ["x", "x"] }, "One or more parameter values were invalid: Duplicate element in NonKeyAttributes: x");
        Refused(request => request.LocalSecondaryIndexes[0].Projection = new() { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = [new('n', 256)] }, $"1 validation error detected: Value '[{new string('n', 256)}]' at 'localSecondaryIndexes.1.member.projection.nonKeyAttributes' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 1]");
        Refused(request => request.GlobalSecondaryIndexes[0].ProvisionedThroughput = new(1, 1), "One or more parameter values were invalid: ProvisionedThroughput should not be specified for index: global when BillingMode is PAY_PER_REQUEST");
        Refused(request => (request.BillingMode, request.ProvisionedThroughput) = (null, new(1, 1)), "One or more parameter values were invalid: ProvisionedThroughput is not specified for index: global");
        Refused(request => request.GlobalSecondaryIndexes[0].OnDemandThroughput = new() { MaxReadRequestUnits = -1 }, "One or more parameter values were invalid: Requested MaxReadRequestUnits for OnDemandThroughput for index : global is outside of valid range");
        Refused(request => request.GlobalSecondaryIndexes[0].WarmThroughput = new() { WriteUnitsPerSecond = 1 }, "One or more parameter values were invalid: Requested WriteUnitsPerSecond for WarmThroughput for index global is lower than initial throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial");
        Refused(request => request.GlobalSecondaryIndexes[0].IndexName = "local", "One or more parameter values were invalid: Duplicate index name: local");
        Refused(request => request.GlobalSecondaryIndexes = [.. Enumerable.Range(0, 21).Select(i => Global($"g-{i}", ["a"], []))], "One or more parameter values were invalid: GlobalSecondaryIndex count exceeds the per-table limit of 20");
        Refused(request => request.LocalSecondaryIndexes = [.. Enumerable.Range(0, 6).Select(i => Local($"l-{i}"))], "One or more parameter values were invalid: Number of LocalSecondaryIndexes exceeds per-table limit of 5");
    });

    [Test]
    [Observed("test_delete_table_description_with_si of scylladb/scylladb test/alternator")]
    public async Task The_answer_of_DeleteTable_tells_of_no_index()
    {
        await DynamoDb.CreateTableAsync(Indexed());
        var deleted = (await DynamoDb.DeleteTableAsync("Indexed")).TableDescription;
        Assert.That((deleted.TableStatus.Value, deleted.LocalSecondaryIndexes, deleted.GlobalSecondaryIndexes), Is.EqualTo(("DELETING", (List<LocalSecondaryIndexDescription>?)null, (List<GlobalSecondaryIndexDescription>?)null)));
    }

    [Test]
    [Observed("test/createTable.js of architect/dynalite, taken from AWS")]
    public async Task No_list_of_indexes_is_empty()
    {
        await using var service = new DirectService();
        foreach (var list in new[] { "LocalSecondaryIndexes", "GlobalSecondaryIndexes" })
        {
            var error = Assert.ThrowsAsync<AwsException>(() => service.SendAsync("CreateTable", $$"""{"TableName":"abc","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"},{"AttributeName":"b","AttributeType":"S"}],"KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],"{{list}}":[]}"""))!;
            Assert.That(error.Message, Is.EqualTo($"One or more parameter values were invalid: List of {list} is empty"));
        }
    }

    [Test]
    public void A_table_stored_before_there_were_indexes_reads_without_them()
    {
        var table = AwsJson.Decode("""{"Name":"Old","Account":"1","Region":"r","Id":"00000000-0000-0000-0000-000000000001","Created":"2026-01-01T00:00:00+00:00","AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}],"KeySchema":[{"AttributeName":"p","KeyType":"HASH"}]}"""u8, DynamoDbJson.Default.Table);
        Assert.That((table.IndexSpaces is null, table.FindIndex("any") is null, table.Keys.Count, table.Tags.Count, table.Throughput.Decreases), Is.EqualTo((true, true, 1, 0, 0)));
    }

    private void Refused(Action<CreateTableRequest> change, string message)
    {
        var request = Indexed();
        change(request);
        Refuses(() => DynamoDb.CreateTableAsync(request), message);
    }

    private static void Wide(CreateTableRequest request, int hash, int range)
    {
        string[] names = [.. Enumerable.Range(0, hash + range).Select(i => $"k{i}")];
        request.AttributeDefinitions.AddRange([.. names.Select(name => new AttributeDefinition(name, ScalarAttributeType.S))]);
        request.GlobalSecondaryIndexes.Add(Global("wide", names[..hash], names[hash..]));
    }

    private static CreateTableRequest Indexed() => new()
    {
        TableName = "Indexed",
        AttributeDefinitions = [new("p", ScalarAttributeType.S), new("c", ScalarAttributeType.S), new("a", ScalarAttributeType.S)],
        KeySchema = [new("p", KeyType.HASH), new("c", KeyType.RANGE)],
        BillingMode = BillingMode.PAY_PER_REQUEST,
        LocalSecondaryIndexes = [Local("local")],
        GlobalSecondaryIndexes = [Global("global", ["a"], [])],
    };

    private static LocalSecondaryIndex Local(string name) => new()
    {
        IndexName = name,
        KeySchema = [new("p", KeyType.HASH), new("a", KeyType.RANGE)],
        Projection = new() { ProjectionType = ProjectionType.ALL },
    };

    private static GlobalSecondaryIndex Global(string name, string[] hash, string[] range, params string[] included) => new()
    {
        IndexName = name,
        KeySchema = [.. hash.Select(key => new KeySchemaElement(key, KeyType.HASH)), .. range.Select(key => new KeySchemaElement(key, KeyType.RANGE))],
        Projection = included.Length > 0 ? new() { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = [.. included] } : new() { ProjectionType = ProjectionType.KEYS_ONLY },
    };
}
