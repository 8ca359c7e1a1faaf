using System.Text.Json.Nodes;
using Emulator.Configuration;
using NUnit.Framework;
using static Emulator.Tests.Configuration.Reading;

namespace Emulator.Tests.Configuration;

/// <summary>emulator.schema.json says to editors what the reader accepts. A file is made that has every key of the schema, with the schema's own examples, and the reader is asked what it thinks of it.</summary>
internal sealed class SchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "Emulator", "Configuration", "emulator.schema.json")))!;

    /// <summary>What the schema cannot say, so that a file with all its keys breaks it.</summary>
    private static readonly string[] Exclusive = ["not both", "an authorizer has 'userPool' with 'clients', or", "is not for a policy of a user or role", "a key is for aws:kms", "of a bucket that is upstream is set there"];

    [Test]
    public void Every_key_and_every_example_of_the_schema_is_accepted_by_the_reader()
    {
        for (var choice = 0; choice < 3; choice++)
        {
            var problems = Read(new Maker(choice, withUnknownKeys: false).Make(Schema)!.ToJsonString()).Problems;
            Assert.That(problems.Select(problem => problem.Message).Where(message => !Exclusive.Any(message.Contains)), Is.Empty);
        }
    }

    [Test]
    public void Every_key_of_the_reader_is_in_the_schema()
    {
        foreach (var (section, _) in Schema["properties"]!.AsObject())
        {
            var maker = new Maker(0, withUnknownKeys: true);
            var file = new JsonObject { [section] = maker.Make(Schema["properties"]![section]!) };
            var keysBesideUnknown = Read(file.ToJsonString()).Problems.Where(problem => problem.Message.StartsWith("unknown key", StringComparison.Ordinal)).ToDictionary(problem => problem.Message.Split('\'')[1], KnownKeys);
            Assert.That(keysBesideUnknown.Keys, Is.EquivalentTo(maker.Expected.Keys));
            foreach (var (unknown, known) in maker.Expected) Assert.That(keysBesideUnknown[unknown], Is.EquivalentTo(known));
        }
    }

    [Test]
    public void The_schema_and_the_reader_have_the_same_sections() =>
        Assert.That(KnownKeys(Read("zzzzzzzzzzzzzzzz: 1").Problems.Single()), Is.EquivalentTo(Schema["properties"]!.AsObject().Select(property => property.Key)));

    [Test]
    public void Every_key_of_the_schema_has_a_description() => Assert.That(Properties(Schema).Where(property => property.Value?["description"] is null && property.Value?["$ref"] is null).Select(property => property.Key), Is.Empty);

    [Test]
    public void The_defaults_of_the_schema_are_those_of_the_emulator()
    {
        var properties = Schema["properties"]!;
        var config = EmulatorConfig.Default;
        Assert.That(new[] { "region", "account", "port", "iam", "credentials", "durability" }.Select(key => properties[key]!["default"]!.ToString()),
            Is.EqualTo(new[] { config.Region, config.Account, config.Port.ToString(), "audit", "any", "process" }));
    }

    /// <summary>The keys that the problem of an unknown key lists: all that the reader knows there.</summary>
    private static string[] KnownKeys(ConfigurationProblem problem) => problem.Message.Split(" has the keys ")[1].TrimEnd('.').Split(", ");

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Properties(JsonNode? node) => node switch
    {
        JsonObject o => (o["properties"] as JsonObject ?? []).Concat(o.SelectMany(member => Properties(member.Value))),
        JsonArray a => a.SelectMany(Properties),
        _ => [],
    };

    /// <summary>Makes a value that a schema describes, with every key.</summary>
    /// <param name="choice">Which of several allowed words is taken.</param>
    private sealed class Maker(int choice, bool withUnknownKeys)
    {
        /// <summary>The unknown keys that were put in, each with the known keys beside it.</summary>
        public Dictionary<string, string[]> Expected { get; } = [];

        public JsonNode? Make(JsonNode schema)
        {
            if (schema["$ref"] is { } reference) return Make(Schema["definitions"]![reference.ToString()["#/definitions/".Length..]]!);
            if (schema["allOf"] is { } all) return Make(all[0]!);
            if (schema["properties"] is JsonObject properties) return Section(properties);
            if (schema["examples"] is { } examples) return examples[0]!.DeepClone();
            if (schema["enum"] is JsonArray words) return words[choice % words.Count]!.DeepClone();
            if (schema["anyOf"] is JsonArray forms) return Make(forms[0]!);
            if (schema["additionalProperties"] is JsonObject values) return new JsonObject { [schema["propertyNames"]!["examples"]![0]!.ToString()] = Make(values) };
            if (schema["items"] is { } items) return items["enum"] is JsonArray all2 ? all2.DeepClone() : new JsonArray(Make(items));
            return (schema["default"] ?? schema["minimum"])!.DeepClone();
        }

        private JsonObject Section(JsonObject properties)
        {
            var section = new JsonObject();
            foreach (var (key, value) in properties) section[key] = Make(value!);
            if (!withUnknownKeys) return section;
            var unknown = $"{new string('z', 70)}{Expected.Count}";
            section[unknown] = 1;
            Expected[unknown] = [.. properties.Select(property => property.Key)];
            return section;
        }
    }
}
