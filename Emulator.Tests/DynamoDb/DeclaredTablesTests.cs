using System.Text.Json.Nodes;
using Emulator.Configuration;
using Emulator.Storage;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb;

internal sealed class DeclaredTablesTests
{
    private static readonly TableConfig Notes = new(new KeyAttribute("owner", "S"))
    {
        SortKey = new("id", "N"),
        Items = ["""{"owner":"me","id":1.50,"tags":["a",null,true],"nested":{"z":{},"a":"b"}}"""],
    };

    [Test]
    public async Task What_is_declared_is_there_with_its_items()
    {
        await using var service = new DirectService(new MemoryStore(), Config(Notes));
        var differences = await service.Service.ApplyAsync(default);
        var item = (await service.SendAsync("GetItem", """{"TableName":"Notes","Key":{"owner":{"S":"me"},"id":{"N":"1.5"}}}"""))["Item"]!;
        Assert.That(differences, Is.Empty);
        Assert.That(item.ToJsonString(), Is.EqualTo(JsonNode.Parse("""{"id":{"N":"1.5"},"nested":{"M":{"a":{"S":"b"},"z":{"M":{}}}},"owner":{"S":"me"},"tags":{"L":[{"S":"a"},{"NULL":true},{"BOOL":true}]}}""")!.ToJsonString()));
        Assert.That(service.Service.Resources().Single().Arn, Is.EqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/Notes"));
    }

    [Test]
    public async Task Applied_again_nothing_changes()
    {
        await using var service = new DirectService(new MemoryStore(), Config(Notes));
        await service.Service.ApplyAsync(default);
        await service.SendAsync("DeleteItem", """{"TableName":"Notes","Key":{"owner":{"S":"me"},"id":{"N":"1.5"}}}""");
        var before = await service.SendAsync("DescribeTable", """{"TableName":"Notes"}""");
        Assert.That(await service.Service.ApplyAsync(default), Is.Empty);
        Assert.That((await service.SendAsync("DescribeTable", """{"TableName":"Notes"}""")).ToJsonString(), Is.EqualTo(before.ToJsonString()));
    }

    [Test]
    public async Task What_differs_is_told_and_left()
    {
        var store = new MemoryStore();
        await new DirectService(store, Config(Notes)).Service.ApplyAsync(default);
        await using var service = new DirectService(store, Config(Notes with { SortKey = null, ReadCapacityUnits = 5 }));
        Assert.That(await service.Service.ApplyAsync(default), Is.EqualTo(new[]
        {
            "The table Notes is there with the key owner:S, id:N; emulator.yaml declares owner:S.",
            "The table Notes is there with on-demand capacity; emulator.yaml declares 5 read and 1 write capacity units.",
        }));
    }

    private static EmulatorConfig Config(TableConfig table) => new() { Tables = new Dictionary<string, TableConfig> { ["Notes"] = table } };
}
