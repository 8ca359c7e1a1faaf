using System.Globalization;
using Emulator.Protocols;
using Emulator.Tests.Storage;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Items;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html#WorkingWithItems.AtomicCounters")]
[TestFixtureSource(typeof(StoreEngine), nameof(StoreEngine.All))]
internal sealed class ConcurrencyTests(StoreEngine engine)
{
    private const int Clients = 16;
    private const int Rounds = 40;

    [Test]
    public async Task Counters_and_conditional_writes_lose_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var service = new DirectService(engine.Open(folder.Path));
        await service.CreateTableAsync("Counters", "p");
        await service.SendAsync("PutItem", """{"TableName":"Counters","Item":{"p":{"S":"a"},"n":{"N":"0"},"checked":{"N":"0"}}}""");

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => IncrementAsync(service))));

        var item = (await service.SendAsync("GetItem", """{"TableName":"Counters","Key":{"p":{"S":"a"}}}"""))["Item"]!;
        Assert.That((item["n"]!["N"]!.ToString(), item["checked"]!["N"]!.ToString()), Is.EqualTo(($"{Clients * Rounds}", $"{Clients * Rounds}")));
    }

    private static async Task IncrementAsync(DirectService service)
    {
        for (var i = 0; i < Rounds; i++)
        {
            await service.SendAsync("UpdateItem", """{"TableName":"Counters","Key":{"p":{"S":"a"}},"UpdateExpression":"ADD n :one","ExpressionAttributeValues":{":one":{"N":"1"}}}""");
            while (!await TryIncrementCheckedAsync(service)) { }
        }
    }

    /// <summary>Reads, then writes on condition that nobody else has.</summary>
    private static async Task<bool> TryIncrementCheckedAsync(DirectService service)
    {
        var item = (await service.SendAsync("GetItem", """{"TableName":"Counters","Key":{"p":{"S":"a"}},"ConsistentRead":true}"""))["Item"]!;
        var seen = int.Parse(item["checked"]!["N"]!.ToString(), CultureInfo.InvariantCulture);
        try
        {
            await service.SendAsync("UpdateItem", $$$"""{"TableName":"Counters","Key":{"p":{"S":"a"}},"UpdateExpression":"SET checked = :next","ConditionExpression":"checked = :seen","ExpressionAttributeValues":{":seen":{"N":"{{{seen}}}" },":next":{"N":"{{{seen + 1}}}" } } }""");
            return true;
        }
        catch (AwsException error) when (error.Code == "ConditionalCheckFailedException")
        {
            return false;
        }
    }
}
