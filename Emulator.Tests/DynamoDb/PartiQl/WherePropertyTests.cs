using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.PartiQl;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;
using Emulator.Tests.DynamoDb.Expressions;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.PartiQl;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.select.html")]
internal sealed class WherePropertyTests
{
    [Test]
    public void Conditions_hold_as_those_of_expressions_do()
    {
        var random = new Random(1);
        var held = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var item = NaiveCondition.NextItem(random);
            var values = new Dictionary<string, JsonNode>();
            var naive = NaiveCondition.Next(random, item, values, depth: random.Next(4));
            var literals = random.Next(2) == 0;
            var parameters = new List<AttributeValue>();
            var text = Regex.Replace(naive.Text, ":v[0-9]+", match =>
            {
                if (literals) return values[match.Value]["S"] is { } s ? $"'{s}'" : values[match.Value]["N"]!.ToString();
                parameters.Add(Map(new JsonObject { ["v"] = values[match.Value].DeepClone() }).Get("v"u8));
                return "?";
            });
            var select = (SelectStatement)StatementReader.Read($"SELECT * FROM t WHERE {text}", parameters);
            Assert.That(select.Where!.Holds(Map(item)), Is.EqualTo(naive.Holds), $"{text}\n{item}");
            if (naive.Holds) held++;
        }
        Assert.That(held, Is.InRange(1_000, 3_000), "the test would say little if nearly all held, or none");
    }

    /// <summary>However a WHERE clause falls into reads, it selects the items for which it holds, each of them once, and in the order that is asked for.</summary>
    [Test]
    public async Task Reads_by_key_find_what_a_scan_would()
    {
        await using var service = new DirectService();
        await service.CreateTableAsync("Keyed", "p", "c");
        var items = new List<(string P, string C, int N)>();
        foreach (var p in Partitions)
        {
            foreach (var c in Sorts)
            {
                items.Add((p, c, items.Count % 3));
                await service.SendAsync("ExecuteStatement", new JsonObject { ["Statement"] = $"INSERT INTO Keyed VALUE {{'p': '{p}', 'c': '{c}', 'n': {items[^1].N}}}" });
            }
        }
        var random = new Random(2);
        var (keyed, refused) = (0, 0);
        for (var i = 0; i < 2_000; i++)
        {
            var (text, holds) = Next(random, depth: random.Next(4));
            var descending = random.Next(3) switch { 0 => (bool?)null, var choice => choice == 1 };
            var order = descending is { } down ? $" ORDER BY p ASC, c {(down ? "DESC" : "ASC")}" : "";
            var expected = items.Where(holds).Select(item => item.P + item.C).ToList();
            if (await RunAsync(service, $"SELECT p, c FROM Keyed WHERE {text}{order}", limit: random.Next(1, 8)) is not { } found)
            {
                refused++;
                continue;
            }
            if (order.Length == 0) Assert.That(found.Order(), Is.EqualTo(expected.Order()), text);
            else Assert.That(found, Is.EqualTo(descending == true ? expected.OrderBy(key => key[0]).ThenByDescending(key => key[1]) : expected.Order()), text);
            if (order.Length > 0) keyed++;
        }
        Assert.That((keyed > 200, refused is > 100 and < 1_700), Is.EqualTo((true, true)), $"the test would say little of {keyed} reads by key and {refused} refusals");
    }

    private static readonly string[] Partitions = ["a", "b", "d"];

    private static readonly string[] Sorts = ["1", "2", "3", "4"];

    /// <summary>The keys of all pages; null where the statement is refused, as overlapping reads and orders across partitions are.</summary>
    private static async Task<List<string>?> RunAsync(DirectService service, string statement, int limit)
    {
        var found = new List<string>();
        string? token = null;
        do
        {
            var request = new JsonObject { ["Statement"] = statement, ["Limit"] = limit, ["NextToken"] = token };
            JsonNode page;
            try
            {
                page = await service.SendAsync("ExecuteStatement", request);
            }
            catch (AwsException error) when (error.Message.StartsWith("Overlapping conditions", StringComparison.Ordinal) || error.Message.StartsWith("Must have", StringComparison.Ordinal)
                || error.Message.StartsWith("Too many decomposed", StringComparison.Ordinal))
            {
                return null;
            }
            found.AddRange(page["Items"]!.AsArray().Select(item => $"{item!["p"]!["S"]}{item["c"]!["S"]}"));
            token = page["NextToken"]?.ToString();
        }
        while (token is not null);
        return found;
    }

    private static (string Text, Func<(string P, string C, int N), bool> Holds) Next(Random random, int depth)
    {
        if (depth > 0)
        {
            var (left, one) = Next(random, depth - 1);
            var (right, two) = Next(random, depth - 1);
            switch (random.Next(5))
            {
                case 0: return ($"NOT ({left})", item => !one(item));
                case 1: return ($"({left}) OR ({right})", item => one(item) || two(item));
                case 2 or 3: return ($"({left}) AND ({right})", item => one(item) && two(item));
            }
        }
        var (p, q) = (Partitions[random.Next(3)], Partitions[random.Next(3)]);
        var (c, d) = (Sorts[random.Next(4)], Sorts[random.Next(4)]);
        var n = random.Next(3);
        if (string.CompareOrdinal(c, d) > 0) (c, d) = (d, c);
        return random.Next(10) switch
        {
            0 or 1 or 2 => ($"p = '{p}'", item => item.P == p),
            3 => ($"p IN ['{p}', '{q}']", item => item.P == p || item.P == q),
            4 => ($"c = '{c}'", item => item.C == c),
            5 => ($"'{c}' < c", item => string.CompareOrdinal(item.C, c) > 0),
            6 => ($"c <= '{c}'", item => string.CompareOrdinal(item.C, c) <= 0),
            7 => ($"c BETWEEN '{c}' AND '{d}'", item => string.CompareOrdinal(item.C, c) >= 0 && string.CompareOrdinal(item.C, d) <= 0),
            8 => ($"begins_with(c, '{c}')", item => item.C == c),
            _ => ($"n = {n}", item => item.N == n),
        };
    }

    private static AttributeMap Map(JsonNode item) => InputReader.Decode(Encoding.UTF8.GetBytes($$"""{"Item":{{item.ToJsonString()}}}"""), static (ref InputReader json) =>
    {
        json.NextMember();
        var map = AttributeInput.Decode(ref json)!.Map;
        json.NextMember();
        return map;
    });
}
