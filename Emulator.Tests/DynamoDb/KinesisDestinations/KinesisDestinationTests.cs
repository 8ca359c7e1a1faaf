using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.KinesisDestinations;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_EnableKinesisStreamingDestination.html")]
[Observed("2025-07 and 2026-10: localstack/localstack test_dynamodb.snapshot.json, test_kinesis_streaming_destination_crud; DDB-TABLE-268, 299 to 304 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller")]
internal sealed class KinesisDestinationTests : DynamoDbFixture
{
    private const string First = "arn:aws:kinesis:us-east-1:000000000000:stream/first";
    private const string Second = "arn:aws:kinesis:us-east-1:000000000000:stream/second";
    private const string InvalidState = "Table is not in a valid state to enable Kinesis Streaming Destination: ";

    [Test]
    public async Task A_destination_is_enabled_changed_and_disabled_and_stays_listed()
    {
        Assert.That(await ListAsync(), Is.Empty);
        var enabled = await DynamoDb.EnableKinesisStreamingDestinationAsync(new EnableKinesisStreamingDestinationRequest { TableName = Hash, StreamArn = First });
        Assert.Multiple(() =>
        {
            Assert.That((enabled.TableName, enabled.StreamArn, enabled.DestinationStatus.Value), Is.EqualTo((Hash, First, "ENABLING")));
            Assert.That(enabled.EnableKinesisStreamingConfiguration, Is.Not.Null);
        });
        Assert.That(await ListAsync(), Is.EqualTo(new[] { (First, "ACTIVE", (string?)null, (string?)null) }));

        var updated = await UpdateAsync(First, ApproximateCreationDateTimePrecision.MICROSECOND);
        Assert.That((updated.DestinationStatus.Value, updated.UpdateKinesisStreamingConfiguration.ApproximateCreationDateTimePrecision.Value), Is.EqualTo(("UPDATING", "MICROSECOND")));
        Assert.That(await ListAsync(), Is.EqualTo(new[] { (First, "ACTIVE", "MICROSECOND", (string?)null) }));

        var disabled = await DisableAsync(First);
        Assert.That((disabled.DestinationStatus.Value, disabled.EnableKinesisStreamingConfiguration), Is.EqualTo(("DISABLING", (EnableKinesisStreamingConfiguration?)null)));
        Assert.That(await ListAsync(), Is.EqualTo(new[] { (First, "DISABLED", "MICROSECOND", (string?)null) }));

        await EnableAsync(First);
        Assert.That(await ListAsync(), Is.EqualTo(new[] { (First, "ACTIVE", (string?)null, (string?)null) }), "enabled again, it has no precision");
    }

    [Test]
    public async Task At_most_one_destination_is_active()
    {
        await EnableAsync(First);
        foreach (var stream in new[] { First, Second })
        {
            Refuses(() => EnableAsync(stream), InvalidState + "EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation.");
        }
        await DisableAsync(First);
        await EnableAsync(Second);
        Assert.That((await ListAsync()).Select(destination => (destination.Stream, destination.Status)), Is.EqualTo(new[] { (Second, "ACTIVE"), (First, "DISABLED") }));
    }

    [TestCase("arn:aws:kinesis:eu-west-1:000000000000:stream/first")]
    [TestCase("arn:aws:kinesis:us-east-1:111111111111:stream/first")]
    [TestCase("arn:aws:dynamodb:us-east-1:000000000000:table/Hash")]
    public async Task A_stream_that_the_table_cannot_reach_fails_to_be_enabled_and_does_not_stand_in_the_way(string stream)
    {
        await EnableAsync(stream);
        await EnableAsync(First);
        Assert.That(await ListAsync(), Is.EqualTo(new[] { (First, "ACTIVE", (string?)null, (string?)null), (stream, "ENABLE_FAILED", null, "User does not have a permission to use kinesis stream") }));
    }

    [Test]
    public async Task What_is_not_active_can_be_neither_disabled_nor_updated()
    {
        await EnableAsync(First);
        await DisableAsync(First);
        foreach (var stream in new[] { First, Second, "not-an-arn" })
        {
            Refuses(() => DisableAsync(stream), InvalidState + "KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.");
        }
        Refuses(() => UpdateAsync(First, ApproximateCreationDateTimePrecision.MICROSECOND), InvalidState + $"Kinesis streaming is not in ACTIVE state. Updates are only allowed in ACTIVE state. TableName: Hash, kdsArn: {First}");
        Refuses(() => UpdateAsync(Second, ApproximateCreationDateTimePrecision.MICROSECOND), InvalidState + $"No streaming destination with streamArn: {Second} found for table with tableName: Hash");
    }

    [TestCase(null, "Streaming destination cannot be updated with given parameters: UpdateKinesisStreamingConfiguration cannot be null or contain only null values")]
    [TestCase("SECOND", "1 validation error detected: Value 'SECOND' at 'updateKinesisStreamingConfiguration.approximateCreationDateTimePrecision' failed to satisfy constraint: Member must satisfy enum value set: [MILLISECOND, MICROSECOND]")]
    public async Task A_precision_is_one_of_two(string? precision, string message)
    {
        await EnableAsync(First);
        Refuses(() => UpdateAsync(First, precision), message);
    }

    [Test]
    public async Task A_precision_that_is_set_already_cannot_be_set_and_milliseconds_are_from_the_start()
    {
        var id = (await DynamoDb.DescribeTableAsync(Hash)).Table.TableId;
        await EnableAsync(First);
        Refuses(() => UpdateAsync(First, ApproximateCreationDateTimePrecision.MILLISECOND), $"Invalid Request: Precision is already set to the desired value of MILLISECOND for tableId: {id}, kdsArn: {First}");
    }

    [Test]
    public async Task A_destination_cannot_be_disabled_with_a_configuration()
    {
        await EnableAsync(First);
        Refuses(() => DynamoDb.DisableKinesisStreamingDestinationAsync(new DisableKinesisStreamingDestinationRequest
        {
            TableName = Hash,
            StreamArn = First,
            EnableKinesisStreamingConfiguration = new() { ApproximateCreationDateTimePrecision = ApproximateCreationDateTimePrecision.MICROSECOND },
        }), "Stream cannot be disabled using EnableKinesisStreamingConfiguration parameters");
    }

    [Test]
    public void A_table_that_is_not_there_is_named()
    {
        Func<Task>[] requests =
        [
            () => DynamoDb.EnableKinesisStreamingDestinationAsync(new EnableKinesisStreamingDestinationRequest { TableName = "None", StreamArn = First }),
            () => DynamoDb.DisableKinesisStreamingDestinationAsync(new DisableKinesisStreamingDestinationRequest { TableName = "None", StreamArn = First }),
            () => DynamoDb.DescribeKinesisStreamingDestinationAsync(new DescribeKinesisStreamingDestinationRequest { TableName = "None" }),
        ];
        foreach (var request in requests) Fails(request, "ResourceNotFoundException", "Requested resource not found: Table: None not found");
    }

    private Task<EnableKinesisStreamingDestinationResponse> EnableAsync(string stream) => DynamoDb.EnableKinesisStreamingDestinationAsync(new EnableKinesisStreamingDestinationRequest { TableName = Hash, StreamArn = stream });

    private Task<DisableKinesisStreamingDestinationResponse> DisableAsync(string stream) => DynamoDb.DisableKinesisStreamingDestinationAsync(new DisableKinesisStreamingDestinationRequest { TableName = Hash, StreamArn = stream });

    private Task<UpdateKinesisStreamingDestinationResponse> UpdateAsync(string stream, string? precision) => DynamoDb.UpdateKinesisStreamingDestinationAsync(new UpdateKinesisStreamingDestinationRequest
    {
        TableName = Hash,
        StreamArn = stream,
        UpdateKinesisStreamingConfiguration = new() { ApproximateCreationDateTimePrecision = precision is null ? null : new(precision) },
    });

    private async Task<List<(string Stream, string Status, string? Precision, string? Description)>> ListAsync() =>
    [
        .. ((await DynamoDb.DescribeKinesisStreamingDestinationAsync(new DescribeKinesisStreamingDestinationRequest { TableName = Hash })).KinesisDataStreamDestinations ?? [])
            .Select(destination => (destination.StreamArn, destination.DestinationStatus.Value, destination.ApproximateCreationDateTimePrecision?.Value, destination.DestinationStatusDescription)),
    ];
}
