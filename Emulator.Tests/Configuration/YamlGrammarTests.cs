using System.Text;
using Emulator.Configuration;
using NUnit.Framework;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Emulator.Tests.Configuration;

/// <summary>The tree has the structure that the library's own parser finds, and what that refuses is refused.</summary>
[Source("https://yaml.org/spec/1.2.2/")]
internal sealed class YamlGrammarTests
{
    [TestCase("a: 1\nb:\n- x\n- y\nc:\n  - z\n")]
    [TestCase("- - a\n  - b\n-\n- c: d\n  e:\n")]
    [TestCase("? a\n: b\n? c\n? d\n: - e\n")]
    [TestCase("{a: 1, b, c: , 'd':e, ? f : g, ? h}")]
    [TestCase("[a, b: c, ? d : e, {f: g}, [], {}, ]")]
    [TestCase("a: &x 1\nb: *x\nc: &y\nd: *y\n*x : e\n")]
    [TestCase("a: |\n  x\n  y\n\nb: >-\n  x\n  y\nc: \"q\\n\"\nd: 'it''s'\ne: plain\n  folded\n")]
    [TestCase("%YAML 1.2\n---\na\n...\n")]
    [TestCase("[a,,b]")]
    [TestCase("[,]")]
    [TestCase("{,}")]
    [TestCase("a: b: c")]
    [TestCase("a: 1\n b: 2\n")]
    [TestCase("a:\n  - b\n c: d\n")]
    [TestCase("[a\n")]
    [TestCase("a: ]")]
    [TestCase("- a\nb: c\n")]
    [TestCase("%YAML 1.2\na: b\n")]
    [TestCase("a: &x &y b\n")]
    [TestCase("a: &x *x\n")]
    public void Structure(string yaml) => Assert.That(OursOf(yaml), Is.EqualTo(TheirsOf(yaml)));

    [Test]
    public void Structure_of_scraps_in_any_order()
    {
        string[] scraps = ["\n", "\n  ", "\n    ", "\n- ", " ", ": ", ":", "- ", "? ", "[", "]", "{", "}", ", ", ",", "&a ", "*b ", "\"q\"", "'", "#c\n", "a", "b", "1", "| \n  ", "a: ", "b: "];
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var yaml = new StringBuilder("- &b 0\n- ");
            for (var i = random.Next(12); i >= 0; i--) yaml.Append(scraps[random.Next(scraps.Length)]);
            var (ours, theirs) = (OursOf(yaml.ToString()), TheirsOf(yaml.ToString()));
            if ((ours + theirs).Contains("'':", StringComparison.Ordinal)) continue; // an empty key, of which the library's parser makes something else each time
            Assert.That(ours, Is.EqualTo(theirs), $"seed {seed}: {yaml}");
        }
    }

    private static string OursOf(string yaml)
    {
        var problems = new ProblemList("test");
        var root = YamlTree.Parse(yaml, problems);
        // Keys that stand twice or are no texts are well-formed YAML: the structure cannot be compared, only that it is there.
        if (problems.InOrder().Any(problem => problem.Message.StartsWith("not valid YAML", StringComparison.Ordinal))) return "refused";
        return problems.InOrder().Count > 0 ? "read" : Write(root);
    }

    private static string Write(ConfigNode? node) => node switch
    {
        null => "",
        ScalarNode scalar => $"'{scalar.Text}'",
        ListNode list => $"[{string.Concat(list.Items.Select(item => Write(item) + ","))}]",
        MappingNode mapping => $"{{{string.Concat(mapping.Entries.Select(entry => $"{Write(entry.Key)}:{Write(entry.Value)},"))}}}",
        _ => throw new InvalidOperationException(),
    };

    private static string TheirsOf(string yaml)
    {
        try
        {
            var events = new Parser(new StringReader(yaml));
            var comparable = true;
            events.MoveNext();
            if (!events.MoveNext() || events.Current is StreamEnd) return "";
            events.MoveNext();
            var text = Write(events, [], ref comparable);
            while (events.MoveNext()) comparable &= events.Current is not DocumentStart;
            return comparable ? text : "read";
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException or InvalidCastException)
        {
            return "refused";
        }
    }

    private static string Write(Parser events, Dictionary<string, string> anchors, ref bool comparable)
    {
        if (events.Current is AnchorAlias alias) return anchors.TryGetValue(alias.Value.Value, out var known) ? known : throw new YamlException("no such anchor");
        var start = (NodeEvent)events.Current!;
        var text = start is Scalar scalar ? $"'{scalar.Value}'" : start is SequenceStart ? "[" : "{";
        var keys = new HashSet<string>();
        if (start is not Scalar)
        {
            while (events.MoveNext() && events.Current is not (SequenceEnd or MappingEnd))
            {
                var item = Write(events, anchors, ref comparable);
                if (start is MappingStart)
                {
                    comparable &= item[0] == '\'' && keys.Add(item);
                    events.MoveNext();
                    item += ":" + Write(events, anchors, ref comparable);
                }
                text += item + ",";
            }
            text += start is SequenceStart ? "]" : "}";
        }
        if (!start.Anchor.IsEmpty) anchors[start.Anchor.Value] = text;
        return text;
    }
}
