using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Streams;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html")]
internal sealed class StreamRecordTests : StreamsFixture
{
    [Test]
    [Observed("recorded event test_dynamodb_event_source_mapping: its sizes are those of the keys and the images")]
    public async Task A_record_tells_what_happened_to_which_item()
    {
        var arn = await CreateStreamAsync("Notes", "NEW_AND_OLD_IMAGES");
        await PutAsync("Notes", ("p", S("a")), ("c", S("1")), ("x", S("hello")));
        await DynamoDb.DeleteItemAsync("Notes", Item(("p", S("a")), ("c", S("1"))));
        var records = await ReadAsync(arn);
        Assert.Multiple(() =>
        {
            Assert.That(records, Has.Count.EqualTo(2));
            var (insert, remove) = (records[0].AsObject(), records[1].AsObject());
            Assert.That(insert.Select(member => member.Key), Is.EqualTo(new[] { "eventID", "eventName", "eventVersion", "eventSource", "awsRegion", "dynamodb" }));
            Assert.That(new[] { "eventName", "eventVersion", "eventSource", "awsRegion" }.Select(name => insert[name]!.ToString()), Is.EqualTo(new[] { "INSERT", "1.1", "aws:dynamodb", "us-east-1" }));
            Assert.That(insert["eventID"]!.ToString(), Does.Match("^[0-9a-f]{32}$").And.Not.EqualTo(remove["eventID"]!.ToString()));
            Assert.That(insert["dynamodb"]!["ApproximateCreationDateTime"]!.GetValue<double>(), Is.EqualTo(Aws.Clock.GetUtcNow().ToUnixTimeSeconds()));
            Assert.That(insert["dynamodb"]!["Keys"]!.ToJsonString(), Is.EqualTo("""{"c":{"S":"1"},"p":{"S":"a"}}"""));
            Assert.That(insert["dynamodb"]!["NewImage"]!.ToJsonString(), Is.EqualTo("""{"c":{"S":"1"},"p":{"S":"a"},"x":{"S":"hello"}}"""));
            Assert.That(insert["dynamodb"]!["OldImage"], Is.Null);
            Assert.That(insert["dynamodb"]!["SizeBytes"]!.GetValue<int>(), Is.EqualTo(4 + 10));
            Assert.That(Number(insert), Does.Match("^1[0-9]{20}$"));
            Assert.That(remove["eventName"]!.ToString(), Is.EqualTo("REMOVE"));
            Assert.That(remove["dynamodb"]!["NewImage"], Is.Null);
            Assert.That(remove["dynamodb"]!["OldImage"]!["x"]!["S"]!.ToString(), Is.EqualTo("hello"));
            Assert.That(string.CompareOrdinal(Number(remove), Number(insert)), Is.Positive);
        });
    }

    [TestCase("KEYS_ONLY", false, false)]
    [TestCase("NEW_IMAGE", true, false)]
    [TestCase("OLD_IMAGE", false, true)]
    [TestCase("NEW_AND_OLD_IMAGES", true, true)]
    [Observed("do_updates_1 of scylladb/scylladb test/alternator/test_streams.py")]
    public async Task The_view_type_says_what_of_the_item_is_told(string viewType, bool tellsNew, bool tellsOld)
    {
        var arn = await CreateStreamAsync("Notes", viewType);
        await PutAsync("Notes", ("p", S("a")), ("c", S("1")));
        await PutAsync("Notes", ("p", S("a")), ("c", S("1")), ("x", N("1")));
        await DynamoDb.DeleteItemAsync("Notes", Item(("p", S("a")), ("c", S("1"))));
        var records = (await ReadAsync(arn)).ConvertAll(record => record["dynamodb"]!.AsObject());
        Assert.Multiple(() =>
        {
            Assert.That(records.Select(record => record["StreamViewType"]!.ToString()), Is.All.EqualTo(viewType));
            Assert.That(records.Select(record => record["Keys"]!.AsObject().Count), Is.EqualTo(new[] { 2, 2, 2 }));
            Assert.That(records.Select(record => record["NewImage"]?.AsObject().Count), Is.EqualTo(tellsNew ? new int?[] { 2, 3, null } : [null, null, null]));
            Assert.That(records.Select(record => record["OldImage"]?.AsObject().Count), Is.EqualTo(tellsOld ? new int?[] { null, 2, 3 } : [null, null, null]));
        });
    }

    [Test]
    [Observed("do_updates_1, test_streams_updateitem_identical, test_streams_updateitem_equal_but_not_identical, test_streams_updateitem_delete_missing and test_streams_batch_delete_missing of scylladb/scylladb test/alternator")]
    public async Task What_leaves_an_item_as_it_was_leaves_no_record()
    {
        var arn = await CreateStreamAsync("Notes", "NEW_AND_OLD_IMAGES");
        var item = Item(("p", S("a")), ("c", S("1")), ("x", N("2")), ("m", new AttributeValue { M = Item(("dog", N("1")), ("cat", N("2"))) }));
        var key = Item(("p", S("a")), ("c", S("1")));
        await DynamoDb.PutItemAsync("Notes", item);
        await DynamoDb.PutItemAsync("Notes", item);
        await UpdateAsync(key, "SET x = :v", (":v", N("2.0")));
        await UpdateAsync(key, "ADD x :v", (":v", N("0")));
        await UpdateAsync(key, "SET m = :v", (":v", new AttributeValue { M = Item(("cat", N("2")), ("dog", N("1"))) }));
        await UpdateAsync(key, "REMOVE absent");
        await UpdateAsync(Item(("p", S("none")), ("c", S("1"))), "REMOVE absent");
        await DynamoDb.DeleteItemAsync("Notes", Item(("p", S("none")), ("c", S("1"))));
        await DynamoDb.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>> { ["Notes"] = [new(new PutRequest(item)), new(new DeleteRequest(Item(("p", S("none")), ("c", S("2")))))] });
        Assert.That((await ReadAsync(arn)).Select(record => record["eventName"]!.ToString()), Is.EqualTo(new[] { "INSERT" }));
    }

    [Test]
    public async Task A_write_that_is_refused_leaves_no_record()
    {
        var arn = await CreateStreamAsync("Notes", "NEW_IMAGE");
        Fails(() => DynamoDb.PutItemAsync(new PutItemRequest { TableName = "Notes", Item = Item(("p", S("a")), ("c", S("1"))), ConditionExpression = "attribute_exists(p)" }), "ConditionalCheckFailedException", "The conditional request failed");
        Assert.That(await ReadAsync(arn), Is.Empty);
    }

    [Test]
    public async Task Each_item_of_a_batch_has_a_record_of_its_own()
    {
        var arn = await CreateStreamAsync("Notes", "NEW_IMAGE");
        await DynamoDb.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>>
        {
            ["Notes"] = [.. Enumerable.Range(0, 25).Select(i => new WriteRequest(new PutRequest(Item(("p", S("a")), ("c", S($"{i:D2}"))))))],
        });
        Assert.That((await ReadAsync(arn)).Select(record => Key(record, "c")), Is.EqualTo(Enumerable.Range(0, 25).Select(i => $"{i:D2}")));
    }

    private Task UpdateAsync(Dictionary<string, AttributeValue> key, string expression, params (string Name, AttributeValue Value)[] values) =>
        DynamoDb.UpdateItemAsync(new UpdateItemRequest { TableName = "Notes", Key = key, UpdateExpression = expression, ExpressionAttributeValues = values.Length == 0 ? null : Item(values) });
}
