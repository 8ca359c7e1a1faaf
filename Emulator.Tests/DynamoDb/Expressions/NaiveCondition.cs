using System.Text.Json.Nodes;

namespace Emulator.Tests.DynamoDb.Expressions;

/// <summary>A condition made at random: its text with literal values, and whether it holds by the plainest reading of the reference.</summary>
internal sealed record NaiveCondition(string Text, bool Holds)
{
    /// <summary>Attributes of the item, so few and alike that conditions often hold.</summary>
    private static readonly string[] Paths = ["n", "m", "s", "t", "b", "l", "o.n", "o.s", "l[0]", "l[1]", "ss", "lost", "o.lost"];

    public static JsonObject NextItem(Random random) => new()
    {
        ["n"] = Number(random),
        ["m"] = Number(random),
        ["s"] = Letters(random),
        ["t"] = Letters(random),
        ["b"] = new JsonObject { ["BOOL"] = random.Next(2) == 0 },
        ["l"] = new JsonObject { ["L"] = new JsonArray(Number(random), Letters(random)) },
        ["o"] = new JsonObject { ["M"] = new JsonObject { ["n"] = Number(random), ["s"] = Letters(random) } },
        ["ss"] = new JsonObject { ["SS"] = new JsonArray("a", "ab") },
    };

    public static NaiveCondition Next(Random random, JsonObject item, Dictionary<string, JsonNode> values, int depth)
    {
        if (depth > 0)
        {
            var left = Next(random, item, values, depth - 1);
            switch (random.Next(4))
            {
                case 0: return new($"NOT ({left.Text})", !left.Holds);
                case 1:
                    var and = Next(random, item, values, depth - 1);
                    return new($"({left.Text}) AND ({and.Text})", left.Holds && and.Holds);
                case 2:
                    var or = Next(random, item, values, depth - 1);
                    return new($"({left.Text}) OR ({or.Text})", left.Holds || or.Holds);
            }
        }
        return NextSimple(random, item, values);
    }

    private static NaiveCondition NextSimple(Random random, JsonObject item, Dictionary<string, JsonNode> values)
    {
        var path = Paths[random.Next(Paths.Length)];
        var at = Find(item, path);
        var literal = random.Next(2) == 0 ? Number(random) : Letters(random);
        string Value(JsonNode value)
        {
            values[$":v{values.Count}"] = value;
            return $":v{values.Count - 1}";
        }
        switch (random.Next(8))
        {
            case 0: return new($"attribute_exists({path})", at is not null);
            case 1: return new($"attribute_not_exists({path})", at is null);
            case 2: return new($"contains({path}, {Value(literal)})", Contains(at, literal));
            case 3:
                var prefix = Letters(random);
                return new($"begins_with({path}, {Value(prefix)})", Type(at) == "S" && at!["S"]!.ToString().StartsWith(prefix["S"]!.ToString(), StringComparison.Ordinal));
            case 4:
                var (low, high) = Ordered(random);
                return new($"{path} BETWEEN {Value(low)} AND {Value(high)}", Compare(at, low) >= 0 && Compare(at, high) <= 0);
            case 5:
                var (one, two) = (Number(random), Letters(random));
                return new($"{path} IN ({Value(one)}, {Value(two)})", Same(at, one) || Same(at, two));
            case 6:
                var size = new JsonObject { ["N"] = random.Next(4).ToString() };
                return new($"size({path}) = {Value(size)}", Size(at) is { } counted && counted.ToString() == size["N"]!.ToString());
            default:
                return NextComparison(random, path, at, literal, Value(literal));
        }
    }

    private static NaiveCondition NextComparison(Random random, string path, JsonNode? at, JsonNode literal, string value)
    {
        var order = Compare(at, literal);
        return random.Next(6) switch
        {
            0 => new($"{path} = {value}", Same(at, literal)),
            1 => new($"{path} <> {value}", !Same(at, literal)),
            2 => new($"{path} < {value}", order < 0),
            3 => new($"{path} <= {value}", order <= 0),
            4 => new($"{value} < {path}", order > 0),
            _ => new($"{path} >= {value}", order >= 0),
        };
    }

    private static JsonNode? Find(JsonObject item, string path) => path switch
    {
        "o.n" => item["o"]!["M"]!["n"],
        "o.s" => item["o"]!["M"]!["s"],
        "l[0]" => item["l"]!["L"]![0],
        "l[1]" => item["l"]!["L"]![1],
        "lost" or "o.lost" => null,
        _ => item[path],
    };

    private static string? Type(JsonNode? value) => value?.AsObject().First().Key;

    private static bool Same(JsonNode? left, JsonNode? right) => left is not null && right is not null && left.ToJsonString() == right.ToJsonString();

    /// <summary>The order of two values of the same scalar type; NaN-like otherwise: no comparison holds.</summary>
    private static double Compare(JsonNode? left, JsonNode right)
    {
        if (Type(left) != Type(right)) return double.NaN;
        return Type(right) switch
        {
            "N" => decimal.Parse(left!["N"]!.ToString()).CompareTo(decimal.Parse(right["N"]!.ToString())),
            "S" => string.CompareOrdinal(left!["S"]!.ToString(), right["S"]!.ToString()),
            _ => double.NaN,
        };
    }

    private static bool Contains(JsonNode? container, JsonNode part) => Type(container) switch
    {
        "S" => Type(part) == "S" && container!["S"]!.ToString().Contains(part["S"]!.ToString(), StringComparison.Ordinal),
        "SS" => Type(part) == "S" && container!["SS"]!.AsArray().Any(element => element!.ToString() == part["S"]!.ToString()),
        "L" => container!["L"]!.AsArray().Any(element => Same(element, part)),
        _ => false,
    };

    private static int? Size(JsonNode? value) => Type(value) switch
    {
        "S" => value!["S"]!.ToString().Length,
        "L" => value!["L"]!.AsArray().Count,
        "SS" => value!["SS"]!.AsArray().Count,
        _ => null,
    };

    private static (JsonNode Low, JsonNode High) Ordered(Random random)
    {
        var (one, two) = random.Next(2) == 0 ? (Number(random), Number(random)) : (Letters(random), Letters(random));
        return Compare(one, two) <= 0 ? (one, two) : (two, one);
    }

    private static JsonObject Number(Random random) => new() { ["N"] = random.Next(-2, 3).ToString() };

    private static JsonObject Letters(Random random) => new() { ["S"] = new[] { "a", "ab", "b", "ba" }[random.Next(4)] };
}
