using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Backups;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html")]
[TestFixture(false)]
[TestFixture(true)]
internal sealed class BackupTests(bool onDisk) : BackupFixture(onDisk)
{
    [Test]
    public async Task A_backup_is_creating_in_its_first_answer_and_available_in_the_next()
    {
        await PutAsync(Hash, ("p", S("a")), ("v", N("1")));
        var created = (await DynamoDb.CreateBackupAsync(new CreateBackupRequest { TableName = Hash, BackupName = "first" })).BackupDetails;
        var described = (await DynamoDb.DescribeBackupAsync(new DescribeBackupRequest { BackupArn = created.BackupArn })).BackupDescription;
        var table = (await DynamoDb.DescribeTableAsync(Hash)).Table;
        Assert.Multiple(() =>
        {
            Assert.That(created.BackupArn, Does.Match($"^arn:aws:dynamodb:us-east-1:{Account}:table/{Hash}/backup/01772366400000-[0-9a-f]{{8}}$"));
            Assert.That((created.BackupName, created.BackupStatus.Value, created.BackupType.Value, created.BackupSizeBytes), Is.EqualTo(("first", "CREATING", "USER", (long?)5)));
            Assert.That(created.BackupExpiryDateTime, Is.Null);
            Assert.That((described.BackupDetails.BackupStatus.Value, described.BackupDetails.BackupCreationDateTime!.Value.ToUniversalTime()), Is.EqualTo(("AVAILABLE", Now)));
            var source = described.SourceTableDetails;
            Assert.That((source.TableName, source.TableId, source.TableArn, source.ItemCount, source.TableSizeBytes, source.BillingMode.Value), Is.EqualTo((Hash, table.TableId, table.TableArn, (long?)1, (long?)5, "PAY_PER_REQUEST")));
            Assert.That((source.KeySchema.Single().AttributeName, source.ProvisionedThroughput.ReadCapacityUnits, source.TableCreationDateTime!.Value.ToUniversalTime()), Is.EqualTo(("p", (long?)0, Now)));
            Assert.That(described.SourceTableFeatureDetails, Is.Not.Null);
        });
    }

    [Test]
    public async Task A_table_is_restored_as_it_was_when_it_was_backed_up_also_after_it_is_deleted()
    {
        await PutAsync(Range, ("p", S("a")), ("c", S("1")));
        await PutAsync(Range, ("p", S("b")), ("c", S("2")));
        var arn = await BackUpAsync(Range);
        await PutAsync(Range, ("p", S("a")), ("c", S("1")), ("v", S("later")));
        await DynamoDb.DeleteItemAsync(Range, Item(("p", S("b")), ("c", S("2"))));
        await DynamoDb.DeleteTableAsync(Range);
        Aws.Clock.Advance(TimeSpan.FromHours(1));

        var restored = (await RestoreAsync(arn, "Restored")).TableDescription;
        var described = (await DynamoDb.DescribeTableAsync("Restored")).Table;
        Assert.That(await ItemsAsync("Restored"), Is.EqualTo("c=1,p=a c=2,p=b"));
        Assert.Multiple(() =>
        {
            Assert.That((restored.TableStatus.Value, restored.RestoreSummary.RestoreInProgress, restored.RestoreSummary.SourceBackupArn), Is.EqualTo(("CREATING", (bool?)true, arn)));
            Assert.That((described.TableStatus.Value, described.RestoreSummary.RestoreInProgress, described.RestoreSummary.SourceTableArn), Is.EqualTo(("ACTIVE", (bool?)false, $"arn:aws:dynamodb:us-east-1:{Account}:table/{Range}")));
            Assert.That(described.RestoreSummary.RestoreDateTime!.Value.ToUniversalTime(), Is.EqualTo(Now.AddHours(-1)));
            Assert.That((described.ItemCount, described.TableSizeBytes, described.BillingModeSummary.BillingMode.Value, described.CreationDateTime!.Value.ToUniversalTime()), Is.EqualTo(((long?)2, (long?)8, "PAY_PER_REQUEST", Now)));
        });
    }

    [Test]
    public async Task A_restored_table_lives_on_its_own()
    {
        await PutAsync(Hash, ("p", S("a")));
        var arn = await BackUpAsync(Hash);
        await RestoreAsync(arn, "One");
        await PutAsync("One", ("p", S("b")));
        await RestoreAsync(arn, "Two");
        await DynamoDb.DeleteBackupAsync(new DeleteBackupRequest { BackupArn = arn });
        Assert.That((await ItemsAsync("One"), await ItemsAsync("Two"), await ItemsAsync(Hash)), Is.EqualTo(("p=a p=b", "p=a", "p=a")));
    }

    [Test]
    public async Task What_a_table_has_can_be_overridden()
    {
        var arn = await BackUpAsync(Hash);
        await DynamoDb.RestoreTableFromBackupAsync(new RestoreTableFromBackupRequest
        {
            BackupArn = arn,
            TargetTableName = "Restored",
            BillingModeOverride = BillingMode.PROVISIONED,
            ProvisionedThroughputOverride = new(7, 8),
            SSESpecificationOverride = new() { Enabled = true, SSEType = SSEType.KMS },
        });
        var table = (await DynamoDb.DescribeTableAsync("Restored")).Table;
        Assert.That((table.ProvisionedThroughput.ReadCapacityUnits, table.ProvisionedThroughput.WriteCapacityUnits, table.SSEDescription.Status.Value, table.BillingModeSummary), Is.EqualTo((7L, 8L, "ENABLED", (BillingModeSummary?)null)));
        Refuses(() => DynamoDb.RestoreTableFromBackupAsync(new() { BackupArn = arn, TargetTableName = "Other", BillingModeOverride = BillingMode.PROVISIONED }),
            "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
        Refuses(() => DynamoDb.RestoreTableFromBackupAsync(new() { BackupArn = arn, TargetTableName = "Other", ProvisionedThroughputOverride = new(7, 8) }),
            "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
    }

    [Test]
    public async Task Indexes_are_restored_or_left_out()
    {
        var key = new List<KeySchemaElement> { new("p", KeyType.HASH), new("v", KeyType.RANGE) };
        await DynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = "Indexed",
            AttributeDefinitions = [new("p", ScalarAttributeType.S), new("c", ScalarAttributeType.S), new("v", ScalarAttributeType.N), new("g", ScalarAttributeType.S)],
            KeySchema = [new("p", KeyType.HASH), new("c", KeyType.RANGE)],
            BillingMode = BillingMode.PAY_PER_REQUEST,
            LocalSecondaryIndexes = [new() { IndexName = "local", KeySchema = key, Projection = new() { ProjectionType = ProjectionType.ALL } }],
            GlobalSecondaryIndexes = [new() { IndexName = "global", KeySchema = [new("g", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY } }],
            StreamSpecification = new() { StreamEnabled = true, StreamViewType = StreamViewType.NEW_IMAGE },
        });
        await DynamoDb.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest { TableName = "Indexed", TimeToLiveSpecification = new() { Enabled = true, AttributeName = "due" } });
        await PutAsync("Indexed", ("p", S("a")), ("c", S("1")), ("v", N("7")), ("g", S("x")));
        var arn = await BackUpAsync("Indexed");
        var features = (await DynamoDb.DescribeBackupAsync(new DescribeBackupRequest { BackupArn = arn })).BackupDescription.SourceTableFeatureDetails;
        Assert.That((features.LocalSecondaryIndexes.Single().IndexName, features.GlobalSecondaryIndexes.Single().IndexName, features.GlobalSecondaryIndexes[0].Projection.ProjectionType.Value), Is.EqualTo(("local", "global", "KEYS_ONLY")));

        Assert.That((features.StreamDescription.StreamEnabled, features.StreamDescription.StreamViewType.Value, features.TimeToLiveDescription.AttributeName), Is.EqualTo(((bool?)true, "NEW_IMAGE", "due")));

        await RestoreAsync(arn, "Whole");
        var whole = (await DynamoDb.DescribeTableAsync("Whole")).Table;
        Assert.That((whole.LocalSecondaryIndexes.Single().IndexName, whole.GlobalSecondaryIndexes.Single().IndexName, whole.AttributeDefinitions.Count, whole.StreamSpecification), Is.EqualTo(("local", "global", 4, (StreamSpecification?)null)));
        Assert.That((whole.GlobalSecondaryIndexes[0].ItemCount, whole.LocalSecondaryIndexes[0].ItemCount), Is.EqualTo(((long?)1, (long?)1)));
        Assert.That((await DynamoDb.DescribeTimeToLiveAsync("Whole")).TimeToLiveDescription.TimeToLiveStatus.Value, Is.EqualTo("DISABLED"));
        var found = await DynamoDb.QueryAsync(new QueryRequest { TableName = "Whole", IndexName = "global", KeyConditionExpression = "g = :g", ExpressionAttributeValues = Item((":g", S("x"))) });
        Assert.That(string.Join(' ', found.Items.Single().Keys.Order()), Is.EqualTo("c g p"));

        await DynamoDb.RestoreTableFromBackupAsync(new RestoreTableFromBackupRequest
        {
            BackupArn = arn,
            TargetTableName = "Part",
            GlobalSecondaryIndexOverride = [],
            LocalSecondaryIndexOverride = [new() { IndexName = "local", KeySchema = key, Projection = new() { ProjectionType = ProjectionType.ALL } }],
        });
        var part = (await DynamoDb.DescribeTableAsync("Part")).Table;
        Assert.That((part.LocalSecondaryIndexes.Single().IndexName, part.GlobalSecondaryIndexes?.Count ?? 0, string.Concat(part.AttributeDefinitions.Select(definition => definition.AttributeName))), Is.EqualTo(("local", 0, "cpv")));
        Refuses(() => DynamoDb.RestoreTableFromBackupAsync(new RestoreTableFromBackupRequest
        {
            BackupArn = arn,
            TargetTableName = "Other",
            LocalSecondaryIndexOverride = [new() { IndexName = "unknown", KeySchema = key, Projection = new() { ProjectionType = ProjectionType.ALL } }],
        }), "One or more parameter values were invalid: The source table does not have the index: unknown");
    }

    [Test]
    public async Task A_deleted_backup_is_gone()
    {
        var arn = await BackUpAsync(Hash);
        var deleted = (await DynamoDb.DeleteBackupAsync(new DeleteBackupRequest { BackupArn = arn })).BackupDescription;
        Assert.That((deleted.BackupDetails.BackupStatus.Value, deleted.SourceTableDetails.TableName), Is.EqualTo(("DELETED", Hash)));
        Fails(() => DynamoDb.DescribeBackupAsync(new DescribeBackupRequest { BackupArn = arn }), "BackupNotFoundException", $"Backup not found: {arn}");
        Fails(() => DynamoDb.DeleteBackupAsync(new DeleteBackupRequest { BackupArn = arn }), "BackupNotFoundException", $"Backup not found: {arn}");
        Fails(() => RestoreAsync(arn, "Restored"), "BackupNotFoundException", $"Backup not found: {arn}");
    }

    [Test]
    public async Task Backups_are_listed_by_table_time_and_type_in_pages()
    {
        var first = await BackUpAsync(Hash, "first");
        Aws.Clock.Advance(TimeSpan.FromMinutes(1));
        var middle = Now;
        var second = await BackUpAsync(Hash, "second");
        Aws.Clock.Advance(TimeSpan.FromMinutes(1));
        var third = await BackUpAsync(Range, "third");
        Assert.That(await ListAsync(new()), Is.EqualTo("first second third"));
        Assert.That(await ListAsync(new() { TableName = Hash }), Is.EqualTo("first second"));
        Assert.That(await ListAsync(new() { TableName = $"arn:aws:dynamodb:us-east-1:{Account}:table/{Range}" }), Is.EqualTo("third"));
        Assert.That(await ListAsync(new() { TimeRangeLowerBound = middle }), Is.EqualTo("second third"));
        Assert.That(await ListAsync(new() { TimeRangeUpperBound = middle }), Is.EqualTo("first"));
        Assert.That(await ListAsync(new() { BackupType = BackupTypeFilter.SYSTEM }), Is.Empty);
        Assert.That(await ListAsync(new() { BackupType = BackupTypeFilter.ALL }), Is.EqualTo("first second third"));

        var page = await DynamoDb.ListBackupsAsync(new ListBackupsRequest { Limit = 2 });
        Assert.That((page.BackupSummaries.Count, page.LastEvaluatedBackupArn), Is.EqualTo((2, second)));
        Assert.That(await ListAsync(new() { ExclusiveStartBackupArn = second, Limit = 1 }), Is.EqualTo("third"));
        Assert.That(await ListAsync(new() { ExclusiveStartBackupArn = first, TableName = Hash }), Is.EqualTo("second"));
        Assert.That(await ListAsync(new() { ExclusiveStartBackupArn = third, TableName = Hash }), Is.Empty);
    }

    [Test]
    public async Task What_cannot_be_is_refused()
    {
        var arn = await BackUpAsync(Hash);
        Fails(() => BackUpAsync("Nothing"), "TableNotFoundException", "Table not found: Nothing");
        Fails(() => RestoreAsync(arn, Range), "TableAlreadyExistsException", $"Table already exists: {Range}");
        Refuses(() => BackUpAsync(Hash, "a b"), "1 validation error detected: Value 'a b' at 'backupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
        Refuses(() => DynamoDb.DescribeBackupAsync(new DescribeBackupRequest { BackupArn = Text("short") }), "1 validation error detected: Value 'short' at 'backupArn' failed to satisfy constraint: Member must have length greater than or equal to 37");
        var other = $"arn:aws:dynamodb:us-east-1:{Account}:table/Other/backup/01772366400000-00000000";
        Fails(() => RestoreAsync(other, "Restored"), "BackupNotFoundException", $"Backup not found: {other}");
    }

    private async Task<string> ListAsync(ListBackupsRequest request) => string.Join(' ', ((await DynamoDb.ListBackupsAsync(request)).BackupSummaries ?? []).Select(backup => backup.BackupName));

    /// <summary>A value that the client's analyzer does not see.</summary>
    private static string Text(string text) => text;
}
