using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;
using Emulator.Storage;
using Emulator.Tests.Storage;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Items;

/// <summary>Random histories of writes to a table with indexes of every kind, whose contents are always what a naive model makes of the items; on both stores.</summary>
[TestFixtureSource(typeof(StoreEngine), nameof(StoreEngine.All))]
internal sealed class IndexHistoryTests(StoreEngine engine)
{
    private static readonly string[] Key = ["p", "c"];

    private static readonly ModelIndex[] Indexes =
    [
        new("local", true, ["p"], ["n"], null),
        new("local-keys", true, ["p"], ["s"], []),
        new("hash", false, ["s"], [], null),
        new("sorted", false, ["s"], ["n"], ["x"]),
        new("swapped", false, ["c"], ["p"], []),
        new("wide", false, ["s", "t"], ["n", "c"], ["x", "y"]),
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, JsonObject> _items = [];
    private DirectService _service = null!;
    private Random _random = null!;

    [SetUp]
    public void Open() => _service = new(engine.Open(_folder.Path));

    [TearDown]
    public async Task CloseAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Indexes_hold_what_is_projected_of_the_items_that_have_their_keys([Values(1, 2)] int seed)
    {
        _random = new(seed);
        await CreateAsync(Indexes);
        for (var i = 0; i < 400; i++)
        {
            await WriteAsync();
            if (i % 8 == 0) await CheckAsync(Indexes[_random.Next(Indexes.Length)]);
        }
        foreach (var index in Indexes) await CheckAsync(index);
        CheckCollections();
        foreach (var key in _items.Keys.ToList()) await DeleteAsync(_items[key]);
        foreach (var index in Indexes) await CheckAsync(index);
        CheckCollections();
    }

    [Test]
    public async Task An_index_that_is_added_holds_the_items_that_are_there_and_follows_the_next()
    {
        _random = new(3);
        await CreateAsync([.. Indexes.Where(index => index.IsLocal)]);
        for (var i = 0; i < 100; i++) await WriteAsync();
        foreach (var added in Indexes.Where(index => !index.IsLocal)) await AddAsync(added);
        foreach (var index in Indexes) await CheckAsync(index);
        for (var i = 0; i < 100; i++) await WriteAsync();
        foreach (var index in Indexes) await CheckAsync(index);

        await RemoveAsync("sorted");
        await AddAsync(Indexes.Single(index => index.Name == "sorted"));
        foreach (var index in Indexes) await CheckAsync(index);
    }

    private async Task WriteAsync()
    {
        var key = Item(("p", Text("p")), ("c", Text("c")));
        switch (_random.Next(6))
        {
            case 0:
                await DeleteAsync(key);
                break;
            case 1:
                await UpdateAsync(key);
                break;
            default:
                await PutAsync(key);
                break;
        }
    }

    private async Task PutAsync(JsonObject item)
    {
        foreach (var name in new[] { "s", "t", "x", "y" })
        {
            if (_random.Next(4) > 0) item[name] = Text(name);
        }
        if (_random.Next(4) > 0) item["n"] = Number();
        switch (_random.Next(4))
        {
            case 0:
                await _service.SendAsync("PutItem", new JsonObject { ["TableName"] = "Notes", ["Item"] = item.DeepClone() });
                break;
            case 1:
                await _service.SendAsync("BatchWriteItem", new JsonObject { ["RequestItems"] = new JsonObject { ["Notes"] = new JsonArray(new JsonObject { ["PutRequest"] = new JsonObject { ["Item"] = item.DeepClone() } }) } });
                break;
            case 2:
                await _service.SendAsync("TransactWriteItems", new JsonObject { ["TransactItems"] = new JsonArray(PutAction(item)) });
                break;
            default:
                // What is cancelled leaves the indexes as they are.
                var check = new JsonObject { ["ConditionCheck"] = new JsonObject { ["TableName"] = "Notes", ["Key"] = Item(("p", "never"), ("c", "never")), ["ConditionExpression"] = "attribute_exists(p)" } };
                Assert.ThrowsAsync<AwsException>(() => _service.SendAsync("TransactWriteItems", new JsonObject { ["TransactItems"] = new JsonArray(PutAction(item), check) }));
                return;
        }
        _items[Id(item)] = item;
    }

    private static JsonObject PutAction(JsonObject item) => new() { ["Put"] = new JsonObject { ["TableName"] = "Notes", ["Item"] = item.DeepClone() } };

    private async Task UpdateAsync(JsonObject key)
    {
        var set = _random.Next(2) == 0;
        var name = new[] { "s", "t", "x", "n" }[_random.Next(4)];
        var value = name == "n" ? Number() : Text(name);
        var request = new JsonObject { ["TableName"] = "Notes", ["Key"] = key.DeepClone(), ["UpdateExpression"] = set ? "SET #a = :v" : "REMOVE #a", ["ExpressionAttributeNames"] = new JsonObject { ["#a"] = name } };
        if (set) request["ExpressionAttributeValues"] = new JsonObject { [":v"] = value.DeepClone() };
        await _service.SendAsync("UpdateItem", request);
        if (!set && !_items.ContainsKey(Id(key))) return;
        var item = _items.TryGetValue(Id(key), out var present) ? present : key;
        if (set) item[name] = value;
        else item.Remove(name);
        _items[Id(item)] = item;
    }

    private async Task DeleteAsync(JsonObject item)
    {
        await _service.SendAsync("DeleteItem", new JsonObject { ["TableName"] = "Notes", ["Key"] = Of(item, Key) });
        _items.Remove(Id(item));
    }

    /// <summary>Scans the index in segments, and queries one of its partitions in both directions.</summary>
    private async Task CheckAsync(ModelIndex index)
    {
        var expected = _items.Values.Where(item => index.Hash.Concat(index.Range).All(item.ContainsKey)).ToList();
        var segments = _random.Next(1, 4);
        var scanned = new List<JsonNode>();
        for (var segment = 0; segment < segments; segment++)
        {
            scanned.AddRange(await PagesAsync("Scan", new JsonObject { ["TableName"] = "Notes", ["IndexName"] = index.Name, ["Segment"] = segment, ["TotalSegments"] = segments, ["Limit"] = _random.Next(1, 30) }));
        }
        Assert.That(scanned.Select(Canonical).Order(StringComparer.Ordinal), Is.EqualTo(expected.Select(item => Canonical(Projected(index, item))).Order(StringComparer.Ordinal)), index.Name);

        var described = (await _service.SendAsync("DescribeTable", """{"TableName":"Notes"}"""))["Table"]!;
        var statistics = described[index.IsLocal ? "LocalSecondaryIndexes" : "GlobalSecondaryIndexes"]!.AsArray().Single(one => one!["IndexName"]!.ToString() == index.Name)!;
        Assert.That((statistics["ItemCount"]!.GetValue<int>(), statistics["IndexSizeBytes"]!.GetValue<int>()), Is.EqualTo((expected.Count, expected.Sum(item => Size(Projected(index, item))))), index.Name);

        if (expected.Count == 0) return;
        var partition = Of(expected[_random.Next(expected.Count)], index.Hash);
        var inside = expected.Where(item => JsonNode.DeepEquals(Of(item, index.Hash), partition)).ToList();
        var low = inside[_random.Next(inside.Count)];
        var sorts = index.Range.Length > 0 && _random.Next(3) > 0;
        var condition = string.Join(" AND ", index.Hash.Select(name => $"{name} = :{name}")) + (sorts ? $" AND {index.Range[0]} >= :low" : "");
        var values = new JsonObject(index.Hash.Select(name => KeyValuePair.Create<string, JsonNode?>($":{name}", partition[name]!.DeepClone())));
        if (sorts) values[":low"] = low[index.Range[0]]!.DeepClone();
        var found = inside.Where(item => !sorts || Compare(item[index.Range[0]]!, low[index.Range[0]]!) >= 0).ToList();
        var forward = await PagesAsync("Query", Query(index, condition, values, forward: true));
        var backward = await PagesAsync("Query", Query(index, condition, values, forward: false));
        Assert.That(forward.Select(Canonical).Order(StringComparer.Ordinal), Is.EqualTo(found.Select(item => Canonical(Projected(index, item))).Order(StringComparer.Ordinal)), index.Name + ": " + condition);
        Assert.That(backward.Select(Canonical).Reverse(), Is.EqualTo(forward.Select(Canonical)), index.Name);
        for (var i = 1; i < forward.Count; i++) Assert.That(Compare(index.Range, forward[i - 1], forward[i]), Is.LessThanOrEqualTo(0), index.Name);
    }

    /// <summary>The size of each item collection is that of its items and of their entries in the local indexes.</summary>
    private void CheckCollections()
    {
        using var snapshot = _service.Store.Snapshot();
        var table = _service.Service.Tables.Require(new("000000000000", "us-east-1", "Notes"));
        var entries = snapshot.Range(TableSpace.Statistics, KeyRange.Prefix(table.Space.ItemPrefix)).ToList();
        var partitions = _items.Values.GroupBy(item => item["p"]!["S"]!.ToString()).ToList();
        Assert.That(entries, Has.Count.EqualTo(partitions.Count));
        foreach (var partition in partitions)
        {
            var local = Indexes.Where(index => index.IsLocal).SelectMany(index => partition.Where(item => index.Range.All(item.ContainsKey)).Select(item => Size(Projected(index, item))));
            Assert.That(CollectionSize.Read(snapshot, table, AttributeValue.Scalar(AttributeType.S, Encoding.UTF8.GetBytes(partition.Key))), Is.EqualTo(partition.Sum(Size) + local.Sum()), partition.Key);
        }
    }

    private JsonObject Query(ModelIndex index, string condition, JsonObject values, bool forward) => new()
    {
        ["TableName"] = "Notes",
        ["IndexName"] = index.Name,
        ["KeyConditionExpression"] = condition,
        ["ExpressionAttributeValues"] = values.DeepClone(),
        ["ScanIndexForward"] = forward,
        ["Limit"] = _random.Next(1, 5),
    };

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

    private Task CreateAsync(ModelIndex[] indexes)
    {
        var names = Key.Concat(indexes.SelectMany(index => index.Hash.Concat(index.Range))).Distinct();
        return _service.SendAsync("CreateTable", new JsonObject
        {
            ["TableName"] = "Notes",
            ["BillingMode"] = "PAY_PER_REQUEST",
            ["AttributeDefinitions"] = new JsonArray([.. names.Select(name => new JsonObject { ["AttributeName"] = name, ["AttributeType"] = name == "n" ? "N" : "S" })]),
            ["KeySchema"] = Schema(["p"], ["c"]),
            ["LocalSecondaryIndexes"] = List(indexes.Where(index => index.IsLocal)),
            ["GlobalSecondaryIndexes"] = List(indexes.Where(index => !index.IsLocal)),
        });
    }

    private static JsonArray? List(IEnumerable<ModelIndex> indexes)
    {
        var list = new JsonArray([.. indexes.Select(index => new JsonObject
        {
            ["IndexName"] = index.Name,
            ["KeySchema"] = Schema(index.Hash, index.Range),
            ["Projection"] = index.Included is null ? new JsonObject { ["ProjectionType"] = "ALL" }
                : index.Included.Length == 0 ? new JsonObject { ["ProjectionType"] = "KEYS_ONLY" }
                : new JsonObject { ["ProjectionType"] = "INCLUDE", ["NonKeyAttributes"] = new JsonArray([.. index.Included.Select(name => JsonValue.Create(name))]) },
        })]);
        return list.Count == 0 ? null : list;
    }

    private static JsonArray Schema(string[] hash, string[] range) => new([
        .. hash.Select(name => new JsonObject { ["AttributeName"] = name, ["KeyType"] = "HASH" }),
        .. range.Select(name => new JsonObject { ["AttributeName"] = name, ["KeyType"] = "RANGE" })]);

    private async Task AddAsync(ModelIndex added) => await _service.Store.WriteAsync(transaction =>
    {
        var before = TableStore.ReadAny(transaction, new("000000000000", "us-east-1", "Notes"))!;
        var number = (byte)Enumerable.Range(1, 255).First(free => before.Indexes!.All(index => index.Number != free));
        var names = added.Hash.Concat(added.Range).Except(before.AttributeDefinitions.Select(definition => definition.AttributeName!));
        var table = before with
        {
            AttributeDefinitions = [.. before.AttributeDefinitions, .. names.Select(name => new AttributeDefinition(name, name == "n" ? "N" : "S"))],
            Indexes = [.. before.Indexes!, new SecondaryIndex
            {
                Name = added.Name,
                IsLocal = false,
                Number = number,
                KeySchema = [.. added.Hash.Select(name => new KeySchemaElement(name, "HASH")), .. added.Range.Select(name => new KeySchemaElement(name, "RANGE"))],
                ProjectionType = added.Included is null ? "ALL" : added.Included.Length == 0 ? "KEYS_ONLY" : "INCLUDE",
                NonKeyAttributes = added.Included,
            }],
        };
        TableStore.Put(transaction, table);
        IndexEntries.Backfill(transaction, table, table.FindIndex(added.Name)!);
        return table;
    });

    private async Task RemoveAsync(string name) => await _service.Store.WriteAsync(transaction =>
    {
        var before = TableStore.ReadAny(transaction, new("000000000000", "us-east-1", "Notes"))!;
        var removed = before.FindIndex(name)!;
        var table = before with { Indexes = [.. before.Indexes!.Where(index => index.Name != name)] };
        TableStore.Put(transaction, table);
        IndexEntries.Remove(transaction, removed);
        Assert.That(transaction.Range(TableSpace.Items, KeyRange.Prefix(removed.Prefix)), Is.Empty);
        return table;
    });

    private JsonObject Text(string name) => new() { ["S"] = $"{name}{_random.Next(3)}" + (_random.Next(9) == 0 ? "\0" : "") };

    private JsonObject Number() => new() { ["N"] = _random.Next(-3, 4).ToString(CultureInfo.InvariantCulture) };

    private static JsonObject Item(params (string Name, JsonNode Value)[] attributes) => new(attributes.Select(attribute => KeyValuePair.Create<string, JsonNode?>(attribute.Name, attribute.Value)));

    private static string Id(JsonObject item) => Canonical(Of(item, Key));

    private static JsonObject Of(JsonNode item, IEnumerable<string> names) => new(names.Where(name => item[name] is not null).Select(name => KeyValuePair.Create(name, item[name]?.DeepClone())));

    private static JsonObject Projected(ModelIndex index, JsonObject item) => Of(item, index.Included is null ? item.Select(attribute => attribute.Key) : index.Hash.Concat(index.Range).Concat(Key).Concat(index.Included).Distinct());

    private static string Canonical(JsonNode item) => string.Join(',', item.AsObject().OrderBy(attribute => attribute.Key, StringComparer.Ordinal).Select(attribute => $"{attribute.Key}={attribute.Value!.ToJsonString()}"));

    /// <summary>Names and values; a number of one digit counts two, zero one.</summary>
    private static int Size(JsonObject item) => item.Sum(attribute => attribute.Key.Length + (attribute.Value!["S"] is { } text ? text.ToString().Length : attribute.Value["N"]!.ToString() switch { "0" => 1, ['-', ..] => 3, _ => 2 }));

    private static int Compare(string[] names, JsonNode one, JsonNode other) => names.Select(name => Compare(one[name]!, other[name]!)).FirstOrDefault(order => order != 0);

    private static int Compare(JsonNode one, JsonNode other) =>
        one["N"] is { } number ? int.Parse(number.ToString(), CultureInfo.InvariantCulture).CompareTo(int.Parse(other["N"]!.ToString(), CultureInfo.InvariantCulture)) : string.CompareOrdinal(one["S"]!.ToString(), other["S"]!.ToString());

    /// <param name="Included">Null for ALL, none for KEYS_ONLY.</param>
    private sealed record ModelIndex(string Name, bool IsLocal, string[] Hash, string[] Range, string[]? Included);
}
