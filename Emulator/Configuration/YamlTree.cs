using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Emulator.Configuration;

/// <summary>Turns the text of emulator.yaml into nodes: the grammar of YAML over the tokens that the library's scanner finds.</summary>
/// <remarks>
/// The library's own parser is not used because of its first call: it compiles a regular expression for the names of anchors. Measured on the root's emulator.yaml, first reading in a process, median of 3: its events take 42 ms, the tokens alone 13 ms (precompiled: 27 ms and 4 ms).
/// Aliases and merge keys (<c>&lt;&lt;</c>) are resolved by reference, so that they cost nothing; what they stand for counts towards <see cref="ConfigurationLimits.MaximumWeight"/>.
/// </remarks>
internal sealed class YamlTree
{
    private readonly Scanner _scanner;
    private readonly ProblemList _problems;
    private readonly Dictionary<string, ConfigNode?> _anchors = [];
    private Mark _end = Mark.Empty;
    private long _weight;

    private YamlTree(string yaml, ProblemList problems)
    {
        _scanner = new Scanner(new StringReader(yaml), skipComments: true);
        _problems = problems;
        Take();
    }

    /// <summary>The root of the one document; null where the file has none, or is not YAML.</summary>
    public static ConfigNode? Parse(string yaml, ProblemList problems)
    {
        if (yaml.Length > ConfigurationLimits.MaximumLengthChars)
        {
            problems.Add(1, 1, $"the file is longer than {ConfigurationLimits.MaximumLengthChars} characters");
            return null;
        }
        try
        {
            return new YamlTree(yaml, problems).Document();
        }
        catch (YamlException error)
        {
            problems.Add((int)error.Start.Line, (int)error.Start.Column, $"not valid YAML: {error.Message.TrimEnd('.')}.");
            return null;
        }
    }

    /// <summary>The token that is next.</summary>
    private Token Next => _scanner.Current!;

    /// <summary>Goes on to the following token, and returns the one passed.</summary>
    private Token Take()
    {
        var taken = _scanner.Current;
        if (taken is not null) _end = taken.End;
        try
        {
            if (!_scanner.MoveNext()) throw Invalid("the file ends here unexpectedly");
        }
        catch (YamlException error) when (error.Message.Contains("tab", StringComparison.Ordinal)) // it tells where the mapping begins
        {
            throw new YamlException(_scanner.CurrentPosition, _scanner.CurrentPosition, "a tab cannot indent: use spaces", error);
        }
        catch (Exception error) when (error is not YamlException) // for some input that is no YAML the scanner fails in ways of its own
        {
            throw new YamlException(_scanner.CurrentPosition, _scanner.CurrentPosition, "what stands here cannot be understood", error);
        }
        if (Next is Error wrong) throw Invalid(wrong.Value);
        return taken!;
    }

    private ConfigNode? Document()
    {
        Take(); // the start of the stream
        while (Next is DocumentEnd) Take();
        var hasDirectives = Next is VersionDirective or TagDirective;
        while (Next is VersionDirective or TagDirective) Take();
        if (Next is StreamEnd && !hasDirectives) return null;
        if (Next is DocumentStart) Take();
        else if (hasDirectives) throw Invalid("after a directive the document begins with '---'");
        var root = Next is DocumentStart or DocumentEnd or StreamEnd ? Nothing() : Node(0, isIndentless: false);
        while (Next is DocumentEnd) Take();
        if (Next is DocumentStart or VersionDirective or TagDirective) _problems.Add(Line, Column, "a second document: the file holds one");
        else if (Next is not StreamEnd) throw Invalid("the document should end here: is the line indented as those above it?");
        return root;
    }

    /// <param name="isIndentless">The list below a key may stand at the key's own indentation.</param>
    private ConfigNode Node(int depth, bool isIndentless)
    {
        if (depth > ConfigurationLimits.MaximumDepth) throw Invalid($"more than {ConfigurationLimits.MaximumDepth} mappings and lists inside one another");
        if (Next is AnchorAlias) return Aliased((AnchorAlias)Take());
        var anchor = Properties();
        Count(1);
        ConfigNode node = Next switch
        {
            Scalar => Text((Scalar)Take()),
            BlockMappingStart => BlockMapping(depth),
            BlockSequenceStart => BlockList(depth),
            BlockEntry when isIndentless => IndentlessList(depth),
            FlowMappingStart => FlowMapping(depth),
            FlowSequenceStart => FlowList(depth),
            _ when anchor is not null => Nothing(),
            _ => throw Invalid("a value is expected here"),
        };
        if (anchor is not null) _anchors[anchor] = node;
        return node;
    }

    /// <summary>What may stand before a node: an anchor, whose name is returned, and a tag.</summary>
    private string? Properties()
    {
        string? name = null;
        while (Next is Anchor or Tag)
        {
            var property = Take();
            if (property is Tag)
            {
                _problems.Add((int)property.Start.Line, (int)property.Start.Column, "tags (as '!name') are not read");
                continue;
            }
            if (name is not null) throw Invalid("a node has one anchor");
            name = ((Anchor)property).Value.Value;
            _anchors[name] = null; // not to be used inside itself
        }
        return name;
    }

    private ScalarNode Text(Scalar scalar)
    {
        Count(scalar.Value.Length);
        return new ScalarNode((int)scalar.Start.Line, (int)scalar.Start.Column, scalar.Value, scalar.Style is ScalarStyle.Plain or ScalarStyle.Any);
    }

    /// <summary>The value where none stands: just behind what was taken last.</summary>
    private ScalarNode Nothing() => new(Math.Max(1, (int)_end.Line), Math.Max(1, (int)_end.Column), "", isPlain: true);

    private ListNode BlockList(int depth)
    {
        var list = new ListNode(Line, Column);
        Take();
        while (Next is BlockEntry)
        {
            Take();
            list.Add(Next is BlockEntry or BlockEnd ? Nothing() : Node(depth + 1, isIndentless: false));
        }
        Expect<BlockEnd>("a list goes on with '-' at the same indentation");
        return list;
    }

    private ListNode IndentlessList(int depth)
    {
        var list = new ListNode(Line, Column);
        while (Next is BlockEntry)
        {
            Take();
            list.Add(Next is BlockEntry or Key or Value or BlockEnd ? Nothing() : Node(depth + 1, isIndentless: false));
        }
        return list;
    }

    private MappingNode BlockMapping(int depth)
    {
        var mapping = new MappingBuilder(Line, Column, _problems);
        Take();
        while (TakeIf<Key>())
        {
            var key = Next is not (Key or Value or BlockEnd) ? Node(depth + 1, isIndentless: true) : Nothing();
            var value = TakeIf<Value>() && Next is not (Key or Value or BlockEnd) ? Node(depth + 1, isIndentless: true) : Nothing();
            mapping.Add(key, value);
        }
        Expect<BlockEnd>("a mapping goes on with a key at the same indentation");
        return mapping.Build();
    }

    private ListNode FlowList(int depth)
    {
        var list = new ListNode(Line, Column);
        Take();
        while (Next is not FlowSequenceEnd)
        {
            list.Add(Next is Key ? Pair(depth + 1) : Node(depth + 1, isIndentless: false));
            if (Next is not FlowSequenceEnd) Expect<FlowEntry>("a list in brackets goes on with ',' or ']'");
        }
        Take();
        return list;
    }

    /// <summary>A mapping of one entry, written in a list without braces: <c>[a: 1]</c>.</summary>
    private MappingNode Pair(int depth)
    {
        var mapping = new MappingBuilder(Line, Column, _problems);
        Entry<FlowSequenceEnd>(mapping, depth);
        return mapping.Build();
    }

    private MappingNode FlowMapping(int depth)
    {
        var mapping = new MappingBuilder(Line, Column, _problems);
        Take();
        while (Next is not FlowMappingEnd)
        {
            if (Next is Key or Value) Entry<FlowMappingEnd>(mapping, depth);
            else mapping.Add(Node(depth + 1, isIndentless: false), Nothing());
            if (Next is not FlowMappingEnd) Expect<FlowEntry>("a mapping in braces goes on with ',' or '}'");
        }
        Take();
        return mapping.Build();
    }

    private void Entry<TEnd>(MappingBuilder mapping, int depth) where TEnd : Token
    {
        var key = TakeIf<Key>() && Next is not (Value or FlowEntry or TEnd) ? Node(depth + 1, isIndentless: false) : Nothing();
        var value = TakeIf<Value>() && Next is not (FlowEntry or TEnd) ? Node(depth + 1, isIndentless: false) : Nothing();
        mapping.Add(key, value);
    }

    private ConfigNode Aliased(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var node)) throw Invalid(alias, $"no anchor '&{alias.Value.Value}' stands before this alias");
        if (node is null) throw Invalid(alias, $"the alias '*{alias.Value.Value}' is inside what it stands for");
        Count(node.Weight);
        return node;
    }

    private bool TakeIf<T>() where T : Token
    {
        if (Next is not T) return false;
        Take();
        return true;
    }

    private void Expect<T>(string message) where T : Token
    {
        if (!TakeIf<T>()) throw Invalid(message);
    }

    private void Count(long weight)
    {
        _weight += weight;
        if (_weight > ConfigurationLimits.MaximumWeight) throw Invalid($"with its aliases replaced, the file is larger than {ConfigurationLimits.MaximumWeight} characters");
    }

    private int Line => (int)Next.Start.Line;
    private int Column => (int)Next.Start.Column;

    private YamlException Invalid(string message) => _scanner.Current is { } token ? Invalid(token, message) : new(_end, _end, message);

    private static YamlException Invalid(Token at, string message) => new(at.Start, at.End, message);
}
