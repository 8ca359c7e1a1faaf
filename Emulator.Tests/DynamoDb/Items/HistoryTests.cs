using System.Globalization;
using System.Text.Json.Nodes;
using Emulator.Protocols;
using Emulator.Tests.Storage;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Items;

/// <summary>Random histories of operations against a dictionary, on both stores.</summary>
[TestFixtureSource(typeof(StoreEngine), nameof(StoreEngine.All))]
internal sealed class HistoryTests(StoreEngine engine)
{
    private readonly TemporaryFolder _folder = new();
    private readonly SortedDictionary<(string P, decimal C), JsonObject> _model = new(Comparer<(string P, decimal C)>.Create((a, b) => string.CompareOrdinal(a.P, b.P) is var order and not 0 ? order : a.C.CompareTo(b.C)));
    private DirectService _service = null!;
    private Random _random = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _service = new(engine.Open(_folder.Path));
        await _service.CreateTableAsync("Notes", "p", "c:N");
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task What_is_written_is_what_is_read([Values(1, 2, 3)] int seed)
    {
        _random = new(seed);
        for (var i = 0; i < 1_500; i++)
        {
            await (_random.Next(10) switch
            {
                0 or 1 => PutAsync(),
                8 => TransactAsync(),
                9 => TransactGetAsync(),
                2 => IncrementAsync(),
                3 => RemoveAsync(),
                4 => DeleteAsync(),
                5 => GetAsync(),
                6 => QueryAsync(),
                _ => ScanAsync(),
            });
        }
        await CountAsync();
    }

    private async Task PutAsync()
    {
        var key = NextKey();
        var item = Key(key);
        item["v"] = new JsonObject { ["N"] = _random.Next(5).ToString() };
        if (_random.Next(2) == 0) item["doc"] = new JsonObject { ["M"] = new JsonObject { ["z"] = new JsonObject { ["S"] = "\u00e9\n\"" }, ["a"] = new JsonObject { ["L"] = new JsonArray() } } };
        var conditional = _random.Next(2) == 0;
        var request = new JsonObject { ["TableName"] = "Notes", ["Item"] = item.DeepClone() };
        if (conditional) request["ConditionExpression"] = "attribute_not_exists(p)";
        var refused = await RefusedAsync("PutItem", request);
        Assert.That(refused, Is.EqualTo(conditional && _model.ContainsKey(key)));
        if (!refused) _model[key] = item;
    }

    private async Task IncrementAsync()
    {
        var key = NextKey();
        var answer = await _service.SendAsync("UpdateItem", $$$"""{"TableName":"Notes","Key":{{{Key(key).ToJsonString()}}},"UpdateExpression":"ADD v :one SET w = if_not_exists(w, :one)","ExpressionAttributeValues":{":one":{"N":"1"}},"ReturnValues":"ALL_NEW"}""");
        var item = _model.TryGetValue(key, out var present) ? present.DeepClone().AsObject() : Key(key);
        item["v"] = new JsonObject { ["N"] = ((item["v"] is { } v ? int.Parse(v["N"]!.ToString(), CultureInfo.InvariantCulture) : 0) + 1).ToString() };
        item["w"] ??= new JsonObject { ["N"] = "1" };
        Same(answer["Attributes"], item);
        _model[key] = item;
    }

    private async Task RemoveAsync()
    {
        var key = NextKey();
        await _service.SendAsync("UpdateItem", $$$"""{"TableName":"Notes","Key":{{{Key(key).ToJsonString()}}},"UpdateExpression":"REMOVE w, v"}""");
        if (!_model.TryGetValue(key, out var item)) return;
        item.Remove("w");
        item.Remove("v");
    }

    private async Task DeleteAsync()
    {
        var key = NextKey();
        var answer = await _service.SendAsync("DeleteItem", $$$"""{"TableName":"Notes","Key":{{{Key(key).ToJsonString()}}},"ReturnValues":"ALL_OLD"}""");
        Same(answer["Attributes"], _model.GetValueOrDefault(key));
        _model.Remove(key);
    }

    /// <summary>Some actions on different items, of which a condition may fail: then nothing has happened, and the reasons say which.</summary>
    private async Task TransactAsync()
    {
        var after = new List<((string P, decimal C) Key, JsonObject? Item)>();
        var actions = new JsonArray();
        var reasons = new List<string>();
        foreach (var key in Enumerable.Range(0, _random.Next(1, 5)).Select(_ => NextKey()).Distinct())
        {
            var (verb, item) = NextAction(key);
            var action = new JsonObject { ["TableName"] = "Notes", [verb == "Put" ? "Item" : "Key"] = verb == "Put" ? item!.DeepClone() : Key(key) };
            if (verb == "Update") (action["UpdateExpression"], action["ExpressionAttributeValues"]) = ("SET w = :w", new JsonObject { [":w"] = item!["w"]!.DeepClone() });
            var (condition, holds) = _random.Next(4) == 0 ? ("attribute_not_exists(p)", !_model.ContainsKey(key)) : _random.Next(3) == 0 ? ("attribute_exists(p)", _model.ContainsKey(key)) : (null, true);
            if (verb == "ConditionCheck") condition ??= "attribute_exists(p) OR attribute_not_exists(p)";
            if (condition is not null) action["ConditionExpression"] = condition;
            actions.Add(new JsonObject { [verb] = action });
            reasons.Add(holds ? "None" : "ConditionalCheckFailed");
            after.Add((key, item));
        }
        try
        {
            await _service.SendAsync("TransactWriteItems", new JsonObject { ["TransactItems"] = actions });
            Assert.That(reasons, Has.All.EqualTo("None"));
            foreach (var (key, item) in after)
            {
                if (item is null) _model.Remove(key);
                else _model[key] = item;
            }
        }
        catch (AwsException error)
        {
            Assert.That(error.Message, Is.EqualTo($"Transaction cancelled, please refer cancellation reasons for specific reasons [{string.Join(", ", reasons)}]"));
            Assert.That(reasons, Has.Some.Not.EqualTo("None"));
        }
    }

    /// <summary>What an action does, and the item that it leaves.</summary>
    private (string Verb, JsonObject? Item) NextAction((string P, decimal C) key)
    {
        var present = _model.GetValueOrDefault(key);
        var verb = new[] { "Delete", "ConditionCheck", "Update", "Put" }[_random.Next(4)];
        if (verb == "Delete") return (verb, null);
        if (verb == "ConditionCheck") return (verb, present);
        var item = verb == "Update" && present is not null ? present.DeepClone().AsObject() : Key(key);
        item["w"] = Number(_random.Next(9));
        return (verb, item);
    }

    private async Task TransactGetAsync()
    {
        var keys = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => NextKey()).Distinct().ToList();
        var answer = await _service.SendAsync("TransactGetItems", new JsonObject
        {
            ["TransactItems"] = new JsonArray([.. keys.Select(key => new JsonObject { ["Get"] = new JsonObject { ["TableName"] = "Notes", ["Key"] = Key(key) } })]),
        });
        SameAll(answer["Responses"]!.AsArray().Select(response => response!["Item"] ?? new JsonObject()), keys.Select(key => _model.GetValueOrDefault(key) ?? new JsonObject()));
    }

    private async Task GetAsync()
    {
        var key = NextKey();
        var answer = await _service.SendAsync("GetItem", $$$"""{"TableName":"Notes","Key":{{{Key(key).ToJsonString()}}} }""");
        Same(answer["Item"], _model.GetValueOrDefault(key));
    }

    private async Task QueryAsync()
    {
        var (p, c) = NextKey();
        var (text, holds) = _random.Next(5) switch
        {
            0 => ("p = :p", (decimal _) => true),
            1 => ("p = :p AND c > :c", (Func<decimal, bool>)(other => other > c)),
            2 => ("p = :p AND c <= :c", other => other <= c),
            3 => (":c >= c AND p = :p", other => c >= other),
            _ => ("p = :p AND c BETWEEN :c AND :d", other => other >= c && other <= c + 3),
        };
        var values = new JsonObject { [":p"] = new JsonObject { ["S"] = p } };
        if (text.Contains(":c", StringComparison.Ordinal)) values[":c"] = Number(c);
        if (text.Contains(":d", StringComparison.Ordinal)) values[":d"] = Number(c + 3);
        var forward = _random.Next(2) == 0;
        var expected = _model.Where(pair => pair.Key.P == p && holds(pair.Key.C)).Select(pair => pair.Value).ToList();
        if (!forward) expected.Reverse();
        SameAll(await PagesAsync("Query", new JsonObject
        {
            ["TableName"] = "Notes",
            ["KeyConditionExpression"] = text,
            ["ExpressionAttributeValues"] = values,
            ["ScanIndexForward"] = forward,
            ["Limit"] = _random.Next(1, 4),
        }), expected);
    }

    private async Task ScanAsync()
    {
        var segments = _random.Next(1, 6);
        var items = new List<JsonNode>();
        for (var segment = 0; segment < segments; segment++)
        {
            items.AddRange(await PagesAsync("Scan", new JsonObject { ["TableName"] = "Notes", ["Segment"] = segment, ["TotalSegments"] = segments, ["Limit"] = _random.Next(1, 9) }));
        }
        SameAll(items.OrderBy(item => item["p"]!["S"]!.ToString(), StringComparer.Ordinal).ThenBy(item => decimal.Parse(item["c"]!["N"]!.ToString(), CultureInfo.InvariantCulture)), _model.Values);
    }

    private async Task CountAsync()
    {
        var table = (await _service.SendAsync("DescribeTable", """{"TableName":"Notes"}"""))["Table"]!;
        Assert.That(table["ItemCount"]!.GetValue<long>(), Is.EqualTo(_model.Count));
        foreach (var key in _model.Keys.ToList()) await _service.SendAsync("DeleteItem", $$$"""{"TableName":"Notes","Key":{{{Key(key).ToJsonString()}}} }""");
        table = (await _service.SendAsync("DescribeTable", """{"TableName":"Notes"}"""))["Table"]!;
        Assert.That((table["ItemCount"]!.GetValue<long>(), table["TableSizeBytes"]!.GetValue<long>()), Is.EqualTo((0L, 0L)));
    }

    private async Task<List<JsonNode>> PagesAsync(string operation, JsonObject request)
    {
        var items = new List<JsonNode>();
        while (true)
        {
            var page = await _service.SendAsync(operation, request);
            items.AddRange(page["Items"]!.AsArray().Select(item => item!.DeepClone()));
            if (page["LastEvaluatedKey"] is not { } last) return items;
            request["ExclusiveStartKey"] = last.DeepClone();
        }
    }

    private async Task<bool> RefusedAsync(string operation, JsonObject request)
    {
        try
        {
            await _service.SendAsync(operation, request);
            return false;
        }
        catch (AwsException error) when (error.Code == "ConditionalCheckFailedException")
        {
            return true;
        }
    }

    private (string P, decimal C) NextKey() => ($"p{_random.Next(3)}\0", _random.Next(-6, 7) / 2m);

    private static JsonObject Key((string P, decimal C) key) => new() { ["p"] = new JsonObject { ["S"] = key.P }, ["c"] = Number(key.C) };

    private static JsonObject Number(decimal number) => new() { ["N"] = number.ToString(CultureInfo.InvariantCulture) };

    private static void Same(JsonNode? actual, JsonNode? expected) =>
        Assert.That(JsonNode.DeepEquals(Normal(actual), Normal(expected)), Is.True, $"{actual?.ToJsonString()}\n{expected?.ToJsonString()}");

    private static void SameAll(IEnumerable<JsonNode> actual, IEnumerable<JsonNode> expected) =>
        Same(new JsonArray([.. actual.Select(node => node.DeepClone())]), new JsonArray([.. expected.Select(node => node.DeepClone())]));

    /// <summary>Numbers in the model keep the zeros that decimals write.</summary>
    private static JsonNode? Normal(JsonNode? node) => node is null ? null : JsonNode.Parse(node.ToJsonString().Replace(".0\"", "\"", StringComparison.Ordinal));
}
