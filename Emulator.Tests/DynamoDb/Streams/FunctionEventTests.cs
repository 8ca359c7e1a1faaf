using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Emulator.DynamoDb.Configured;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Streams;
using Emulator.Tests.Lambda;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Streams;

/// <summary>The event with which a function is called for records.</summary>
internal sealed class FunctionEventTests : StreamsFixture
{
    [Test]
    [Observed("recorded event test_dynamodb_event_source_mapping")]
    public async Task A_function_gets_records_in_the_form_that_AWS_sends()
    {
        var recorded = RecordedLambda.Find("test_lambda_integration_dynamodbstreams.snapshot.json", "::test_dynamodb_event_source_mapping");
        if (recorded.Count == 0) Assert.Ignore("No folder shared/aws-recorded was found above the tests.");
        var expected = recorded.Single(test => test.Key.EndsWith("test_dynamodb_event_source_mapping", StringComparison.Ordinal)).Value.GetProperty("event_logs")[0];
        var arn = await CreateNotesAsync();
        await DynamoDb.PutItemAsync("Notes", Item(("my_partition_key", S("hello world")), ("binary_key", new AttributeValue { B = new MemoryStream("foobar"u8.ToArray()) })));
        var actual = JsonNode.Parse(FunctionEvent(arn).Span)!;
        var record = actual["Records"]![0]!;
        record["eventID"] = "<event-i-d:1>";
        record["dynamodb"]!["ApproximateCreationDateTime"] = "<approximate-creation-datetime>";
        record["dynamodb"]!["SequenceNumber"] = "<sequence-number:1>";
        Assert.That(actual.ToJsonString(), Is.EqualTo(JsonNode.Parse(RecordedLambda.Fill(expected.GetRawText(), Aws)
            .Replace("<resource:1>/stream/<resource:2>", arn.Split('/', 2)[1], StringComparison.Ordinal))!.ToJsonString()));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html")]
    public async Task A_deletion_by_time_to_live_names_the_service()
    {
        var arn = await CreateNotesAsync();
        await DynamoDb.PutItemAsync("Notes", Item(("my_partition_key", S("a"))));
        await ExpireAsync("a");
        var answered = (await ReadAsync(arn))[1]["userIdentity"]!.ToJsonString();
        var called = JsonNode.Parse(FunctionEvent(arn).Span)!["Records"]![1]!["userIdentity"]!.ToJsonString();
        Assert.That((answered, called), Is.EqualTo(("""{"Type":"Service","PrincipalId":"dynamodb.amazonaws.com"}""", """{"type":"Service","principalId":"dynamodb.amazonaws.com"}""")));
    }

    private async Task<string> CreateNotesAsync() => (await DynamoDb.CreateTableAsync(new CreateTableRequest
    {
        TableName = "Notes",
        AttributeDefinitions = [new("my_partition_key", ScalarAttributeType.S)],
        KeySchema = [new("my_partition_key", KeyType.HASH)],
        ProvisionedThroughput = new(1, 1),
        StreamSpecification = new() { StreamEnabled = true, StreamViewType = StreamViewType.NEW_IMAGE },
    })).TableDescription.LatestStreamArn;

    private ReadOnlyMemory<byte> FunctionEvent(string arn)
    {
        var now = Aws.Clock.GetUtcNow();
        using var snapshot = Aws.Host.Store.Snapshot();
        var stream = StreamStore.Require(snapshot, StreamName.Parse(arn), now);
        var shard = Emulator.DynamoDb.Streams.Shard.Of(stream, 0, now).Single();
        return StreamRecordJson.FunctionEvent(stream, shard.Records(snapshot, 0).Select(entry => (StreamSpace.SerialOf(entry.Key.Span), StreamRecord.Read(stream, entry.Value))).ToList());
    }

    private async Task ExpireAsync(string partition)
    {
        var service = Aws.Host.Slices.OfType<Emulator.DynamoDb.DynamoDbService>().Single();
        var table = service.Tables.Require(new(Aws.Account, Aws.Region, "Notes"));
        var key = ItemKey.Of(table, new(PlainItem.Of($$"""{"my_partition_key":"{{partition}}"}""")));
        await service.Store.WriteAsync(transaction =>
        {
            TableItems.Replace(transaction, table, key, TableItems.Get(transaction, key), default, new(service.Clock.GetUtcNow(), ByTimeToLive: true));
            return true;
        });
    }
}
