using System.Text.Json.Nodes;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Streams;
using Emulator.Storage;
using Emulator.Tests.Storage;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Streams;

/// <summary>Random histories of a table and what its stream tells of them, on both stores.</summary>
[TestFixtureSource(typeof(StoreEngine), nameof(StoreEngine.All))]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html")]
internal sealed class StreamHistoryTests(StoreEngine engine)
{
    private readonly TemporaryFolder _folder = new();
    private DirectService _service = null!;
    private string _stream = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _service = new(engine.Open(_folder.Path));
        _service.Service.Clock.Freeze();
        _stream = await CreateAsync("Notes");
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Replayed_from_its_start_a_stream_gives_the_table([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 400; i++)
        {
            await WriteAsync(_service, random);
            if (random.Next(40) == 0) _service.Service.Clock.Advance(TimeSpan.FromMinutes(random.Next(120)));
        }
        var replayed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var records = await ReadAsync(_service);
        foreach (var record in records)
        {
            var (keys, before, after) = (record["dynamodb"]!["Keys"]!.ToJsonString(), record["dynamodb"]!["OldImage"]?.ToJsonString(), record["dynamodb"]!["NewImage"]?.ToJsonString());
            Assert.That(before, Is.EqualTo(replayed.GetValueOrDefault(keys)), "an old image is what the record before it left");
            Assert.That(after, Is.Not.EqualTo(before), "what changes nothing is not told");
            Assert.That(record["eventName"]!.ToString(), Is.EqualTo(before is null ? "INSERT" : after is null ? "REMOVE" : "MODIFY"));
            if (after is null) replayed.Remove(keys);
            else replayed[keys] = after;
        }
        var items = (await _service.SendAsync("Scan", """{"TableName":"Notes"}"""))["Items"]!.AsArray().Select(item => item!.ToJsonString());
        Assert.That(replayed.Values.Order(StringComparer.Ordinal), Is.EqualTo(items.Order(StringComparer.Ordinal)));
        Assert.That(records.Select(record => record["eventID"]!.ToString()), Is.Unique);
    }

    [Test]
    public async Task A_change_that_is_not_committed_has_no_record()
    {
        var table = _service.Service.Tables.Require(new("000000000000", "us-east-1", "Notes"));
        var item = Item.Of(Emulator.DynamoDb.Configured.PlainItem.Of("""{"p":"a","c":1}""").Span);
        Assert.ThrowsAsync<InvalidOperationException>(async () => await _service.Store.WriteAsync<bool>(transaction =>
        {
            TableItems.Replace(transaction, table, ItemKey.Of(table, item.Attributes), default, item, new(_service.Service.Clock.GetUtcNow()));
            throw new InvalidOperationException();
        }));
        Assert.That(await ReadAsync(_service), Is.Empty);
    }

    [Test]
    public async Task What_is_a_day_old_does_not_fill_the_store()
    {
        var gone = await CreateAsync("Gone");
        await PutAsync(_service, "Gone", "a", 0);
        await _service.SendAsync("DeleteTable", """{"TableName":"Gone"}""");
        for (var hour = 0; hour < 100; hour++)
        {
            await PutAsync(_service, "Notes", $"p{hour}", hour);
            _service.Service.Clock.Advance(TimeSpan.FromHours(1));
        }
        using var snapshot = _service.Store.Snapshot();
        Assert.That(snapshot.Range(StreamSpace.Records, KeyRange.All).Count(), Is.InRange(24, 27));
        Assert.That(StreamStore.All(snapshot).Select(stream => stream.Arn), Is.EqualTo(new[] { _stream }).And.Not.Contains(gone));
    }

    [Test]
    public async Task What_nobody_adds_to_is_cleared_as_the_clock_passes()
    {
        var gone = await CreateAsync("Gone");
        await PutAsync(_service, "Gone", "a", 0);
        await PutAsync(_service, "Notes", "a", 0);
        await _service.SendAsync("DeleteTable", """{"TableName":"Gone"}""");
        _service.Service.Clock.Advance(TimeSpan.FromHours(25));
        using var snapshot = _service.Store.Snapshot();
        Assert.That(snapshot.Range(StreamSpace.Records, KeyRange.All), Is.Empty);
        Assert.That(StreamStore.All(snapshot).Select(stream => stream.Arn), Does.Contain(_stream).And.Not.Contains(gone));
    }

    [Test]
    public async Task Serials_grow_also_when_the_clock_goes_back()
    {
        await PutAsync(_service, "Notes", "a", 1);
        _service.Service.Clock.Set(_service.Service.Clock.GetUtcNow() - TimeSpan.FromDays(2));
        await PutAsync(_service, "Notes", "a", 2);
        Assert.That((await ReadAsync(_service)).Select(record => record["dynamodb"]!["Keys"]!["c"]!["N"]!.ToString()), Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public async Task A_fork_s_records_are_its_own()
    {
        if (_service.Store is not MemoryStore store) return;
        await PutAsync(_service, "Notes", "a", 1);
        await using var fork = new DirectService(store.Fork());
        await PutAsync(fork, "Notes", "a", 2);
        await PutAsync(_service, "Notes", "a", 3);
        Assert.That((await NumbersAsync(_service), await NumbersAsync(fork)), Is.EqualTo(("1 3", "1 2")));

        async Task<string> NumbersAsync(DirectService service) => string.Join(' ', (await ReadAsync(service)).Select(record => record["dynamodb"]!["Keys"]!["c"]!["N"]!.ToString()));
    }

    private async Task<string> CreateAsync(string table)
    {
        var answer = await _service.SendAsync("CreateTable", $$$"""
            {"TableName":"{{{table}}}","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},{"AttributeName":"c","AttributeType":"N"}],
             "KeySchema":[{"AttributeName":"p","KeyType":"HASH"},{"AttributeName":"c","KeyType":"RANGE"}],"StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"} }
            """);
        return answer["TableDescription"]!["LatestStreamArn"]!.ToString();
    }

    private static Task PutAsync(DirectService service, string table, string p, int c) =>
        service.SendAsync("PutItem", $$$"""{"TableName":"{{{table}}}","Item":{"p":{"S":"{{{p}}}"},"c":{"N":"{{{c}}}"} } }""");

    private static Task WriteAsync(DirectService service, Random random)
    {
        var key = $$$"""{"p":{"S":"p{{{random.Next(6)}}}"},"c":{"N":"{{{random.Next(3)}}}"} }""";
        var item = key[..^1] + $$$""","v":{"N":"{{{random.Next(3)}}}"} }""";
        return random.Next(6) switch
        {
            0 or 1 => service.SendAsync("PutItem", $$$"""{"TableName":"Notes","Item":{{{item}}} }"""),
            2 => service.SendAsync("UpdateItem", $$$"""{"TableName":"Notes","Key":{{{key}}},"UpdateExpression":"ADD v :n","ExpressionAttributeValues":{":n":{"N":"{{{random.Next(2)}}}"} } }"""),
            3 => service.SendAsync("UpdateItem", $$$"""{"TableName":"Notes","Key":{{{key}}},"UpdateExpression":"REMOVE v"}"""),
            4 => service.SendAsync("DeleteItem", $$$"""{"TableName":"Notes","Key":{{{key}}} }"""),
            _ => service.SendAsync("TransactWriteItems", $$$"""{"TransactItems":[{"Put":{"TableName":"Notes","Item":{{{item}}} } },{"Delete":{"TableName":"Notes","Key":{"p":{"S":"q{{{random.Next(3)}}}"},"c":{"N":"0"} } } }]}"""),
        };
    }

    /// <summary>All records, read shard by shard in pages, in the order of the stream.</summary>
    private async Task<List<JsonNode>> ReadAsync(DirectService service)
    {
        var records = new List<JsonNode>();
        var description = (await service.StreamsAsync("DescribeStream", new JsonObject { ["StreamArn"] = _stream }))["StreamDescription"]!;
        foreach (var shard in description["Shards"]!.AsArray())
        {
            var ofShard = await ReadShardAsync(service, shard!["ShardId"]!.ToString());
            Assert.That(ofShard.Select(Number), Is.Ordered.Ascending.And.Unique);
            records.AddRange(ofShard);
        }
        return [.. records.OrderBy(Number)];
    }

    private async Task<List<JsonNode>> ReadShardAsync(DirectService service, string shard)
    {
        var records = new List<JsonNode>();
        var answer = await service.StreamsAsync("GetShardIterator", new JsonObject { ["StreamArn"] = _stream, ["ShardId"] = shard, ["ShardIteratorType"] = "TRIM_HORIZON" });
        for (var iterator = answer["ShardIterator"]; iterator is not null; iterator = answer["NextShardIterator"])
        {
            answer = await service.StreamsAsync("GetRecords", new JsonObject { ["ShardIterator"] = iterator.DeepClone(), ["Limit"] = 7 });
            var page = answer["Records"]!.AsArray();
            if (page.Count == 0) break;
            records.AddRange(page!);
        }
        return records;
    }

    private static Int128 Number(JsonNode record) => Int128.Parse(record["dynamodb"]!["SequenceNumber"]!.ToString());
}
