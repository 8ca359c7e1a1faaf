using System.Text;
using Emulator.Configuration;
using NUnit.Framework;
using static Emulator.Tests.Configuration.Reading;

namespace Emulator.Tests.Configuration;

/// <summary>The file as YAML: its syntax, keys, aliases and size.</summary>
internal sealed class YamlTreeTests
{
    [TestCase("")]
    [TestCase("# nothing but a comment\n")]
    [TestCase("---\n")]
    [TestCase("dynamodb:\ns3:\n")]
    public void A_file_that_says_nothing_means_the_defaults(string yaml) =>
        Assert.That(Config(yaml) with { Folder = "." }, Is.EqualTo(EmulatorConfig.Default));

    [Test]
    public void A_syntax_error_is_told_with_its_place() =>
        Assert.That(Problems("region: eu-central-1\naccount: \"000\nport: 1\n"), Has.One.StartsWith("emulator.yaml(2,10): not valid YAML: "));

    [Test]
    public void A_tab_as_indentation_is_told_with_its_place() =>
        Assert.That(Problems("s3:\n\tbuckets: {}\n"), Has.One.StartsWith("emulator.yaml(2,"));

    [Test]
    public void A_key_that_stands_twice_is_told_with_the_first_ones_line() =>
        Assert.That(Problems("port: 1\nregion: eu-central-1\nport: 2\n"), Is.EqualTo(new[] { "emulator.yaml(3,1): the key 'port' is there already, on line 1" }));

    [Test]
    public void A_second_document_is_refused() =>
        Assert.That(Problems("port: 1\n---\nport: 2\n"), Is.EqualTo(new[] { "emulator.yaml(2,1): a second document: the file holds one" }));

    [Test]
    public void Tags_are_refused() =>
        Assert.That(Problems("account: !!int 000000000000\n"), Has.One.StartsWith("emulator.yaml(1,10): tags (as '!name')"));

    [Test]
    public void A_key_that_is_no_text_is_refused() =>
        Assert.That(Problems("[a, b]: 1\n"), Is.EqualTo(new[] { "emulator.yaml(1,1): a key must be a text" }));

    [Test]
    public void An_alias_stands_for_its_anchor()
    {
        var config = Config("dynamodb: { tables: { One: &keys { partitionKey: owner, sortKey: id }, Two: *keys } }");
        Assert.That(config.Tables["Two"].SortKey, Is.EqualTo(new KeyAttribute("id", "S")));
    }

    [Test]
    public void Merge_keys_add_what_a_mapping_does_not_say_itself()
    {
        var config = Config("""
            dynamodb:
              tables:
                One: &one { partitionKey: owner, sortKey: id }
                Two: { <<: *one, sortKey: "date:N" }
                Three: { <<: [{ partitionKey: other }, *one] }
            """);
        Assert.That(config.Tables["Two"], Has.Property("PartitionKey").EqualTo(new KeyAttribute("owner", "S")).And.Property("SortKey").EqualTo(new KeyAttribute("date", "N")));
        Assert.That(config.Tables["Three"], Has.Property("PartitionKey").EqualTo(new KeyAttribute("other", "S")).And.Property("SortKey").EqualTo(new KeyAttribute("id", "S")));
    }

    [Test]
    public void An_alias_without_an_anchor_is_told_with_its_place() =>
        Assert.That(Problems("s3:\n  buckets: *buckets\n"), Is.EqualTo(new[] { "emulator.yaml(2,12): not valid YAML: no anchor '&buckets' stands before this alias." }));

    [Test]
    public void An_alias_inside_its_own_anchor_is_refused() =>
        Assert.That(Problems("s3: &s3 { buckets: *s3 }\n"), Has.One.Contains("the alias '*s3' is inside what it stands for"));

    [Test]
    public void Aliases_of_aliases_that_would_fill_the_memory_are_refused()
    {
        var yaml = new StringBuilder("dynamodb: { tables: { Laughs: { partitionKey: id, items: [\n  { id: l0, text: &l0 lol },\n");
        for (var i = 1; i <= 40; i++) yaml.Append($"  {{ id: l{i}, list: &l{i} [{string.Join(", ", Enumerable.Repeat($"*l{i - 1}", 10))}] }},\n");
        Assert.That(Problems(yaml.Append("] } } }").ToString()), Has.One.Contains("with its aliases replaced, the file is larger than 4194304 characters"));
    }

    [Test]
    public void A_long_text_repeated_by_aliases_is_refused()
    {
        var yaml = $"dynamodb: {{ tables: {{ Long: {{ partitionKey: id, items: [{{ id: a, text: &long {new string('x', 500_000)} }}, {{ id: b, list: [{string.Join(", ", Enumerable.Repeat("*long", 10_000))}] }}] }} }} }}";
        Assert.That(Problems(yaml), Has.One.Contains("with its aliases replaced, the file is larger"));
    }

    [TestCase("[")]
    [TestCase("{a: ")]
    [TestCase("- ")]
    [TestCase("? ")]
    public void Depth_is_limited(string open) =>
        Assert.That(Problems(string.Concat(Enumerable.Repeat(open, 100_000))), Has.Length.EqualTo(1).And.One.Contains("more than 48 mappings and lists inside one another").Or.One.Contains("not valid YAML"));

    [Test]
    public void A_file_beyond_a_mebibyte_is_refused() =>
        Assert.That(Problems(new string('#', 1024 * 1024 + 1)), Is.EqualTo(new[] { "emulator.yaml(1,1): the file is longer than 1048576 characters" }));

    [Test]
    public void A_file_full_of_problems_lists_the_first_hundred_and_counts_the_rest()
    {
        var yaml = new StringBuilder();
        for (var i = 0; i < 50_000; i++) yaml.Append($"regio{i}: x\n");
        var problems = Problems(yaml.ToString());
        Assert.That(problems, Has.Length.EqualTo(101));
        Assert.That(problems[^1], Does.EndWith("there are 49900 more problems, not listed"));
    }

    [Test]
    public void A_file_that_is_not_there_is_a_problem_like_another() =>
        Assert.That(ConfigurationReader.ReadFile(Path.Combine(Repository.Root, "absent", "emulator.yaml")).Problems, Has.Count.EqualTo(1));
}
