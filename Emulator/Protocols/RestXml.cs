using System.Buffers;
using System.Text;
using System.Xml;

namespace Emulator.Protocols;

/// <summary>The documents of restXml: read whole, within bounds of size and depth, without DTD and entities; a document outside these bounds is <c>MalformedXML</c>.</summary>
internal static class RestXml
{
    /// <summary>No document of S3 nests deeper than 6 (lifecycle rules).</summary>
    private const int MaxDepth = 16;

    /// <summary>The largest document, a completion of 10,000 parts with a checksum each, has 50,000.</summary>
    private const int MaxElements = 200_000;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    public static AwsException MalformedXml() =>
        new("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");

    /// <summary>Reads a body to its end, which also verifies it, and no further than the limit.</summary>
    /// <returns>The bytes of the body; empty where there is none.</returns>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(Stream body, int limitBytes, CancellationToken cancelled)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            var length = 0;
            while (true)
            {
                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
                var read = await body.ReadAsync(buffer.AsMemory(length), cancelled);
                if (read == 0) return buffer.AsSpan(0, length).ToArray();
                length += read;
                if (length > limitBytes) throw MalformedXml();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The document, whose root has the given name in whatever namespace.</summary>
    public static XmlNode Parse(ReadOnlyMemory<byte> content, string root)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(content.ToArray(), writable: false), Settings);
            if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != root) throw MalformedXml();
            var node = ReadElement(reader);
            while (reader.Read())
            {
                if (reader.NodeType is XmlNodeType.Element or XmlNodeType.Text) throw MalformedXml();
            }
            return node;
        }
        catch (XmlException)
        {
            throw MalformedXml();
        }
    }

    /// <summary>Reads the element at which the reader stands, and stops at its end.</summary>
    private static XmlNode ReadElement(XmlReader reader)
    {
        var root = new XmlNode(reader.LocalName);
        if (reader.IsEmptyElement) return root;
        var count = 0;
        var open = new Stack<XmlNode>();
        open.Push(root);
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (open.Count == MaxDepth || ++count > MaxElements) throw MalformedXml();
                    var node = new XmlNode(reader.LocalName) { Type = reader.GetAttribute("type", "http://www.w3.org/2001/XMLSchema-instance") };
                    open.Peek().Children.Add(node);
                    if (!reader.IsEmptyElement) open.Push(node);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    if (open.Count == 0) return root;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    open.Peek().Append(reader.Value);
                    break;
                case XmlNodeType.EntityReference:
                    throw MalformedXml();
            }
        }
        throw MalformedXml();
    }
}

/// <summary>An element of a document that was read.</summary>
internal sealed class XmlNode(string name)
{
    private string _text = "";
    private StringBuilder? _pieces;

    public string Name { get; } = name;

    /// <summary>The attribute <c>xsi:type</c> (grantees have one).</summary>
    public string? Type { get; init; }

    public List<XmlNode> Children { get; } = [];

    /// <summary>The text of the element, where it has no children.</summary>
    public string Text => Children.Count > 0 ? "" : _pieces?.ToString() ?? _text;

    public void Append(string text)
    {
        // White space between elements is layout; only a leaf keeps its text.
        if (Children.Count > 0) return;
        if (_text.Length == 0) _text = text;
        else (_pieces ??= new StringBuilder(_text)).Append(text);
    }

    public XmlNode? Child(string name) => Children.Find(child => child.Name == name);

    /// <summary>The text of a child; null where there is no such child.</summary>
    public string? Value(string name) => Child(name)?.Text;

    /// <summary>Gives a text to a child that is absent or empty.</summary>
    public void Default(string name, string text)
    {
        if (!string.IsNullOrEmpty(Value(name))) return;
        Children.RemoveAll(child => child.Name == name);
        var made = new XmlNode(name);
        made.Append(text);
        Children.Add(made);
    }

    /// <summary>The text of a child that the schema demands.</summary>
    public string Required(string name) => Value(name) ?? throw RestXml.MalformedXml();

    public IEnumerable<XmlNode> All(string name) => Children.Where(child => child.Name == name);

    /// <summary>The texts of the children of a name, in their order.</summary>
    public IReadOnlyList<string> Values(string name) => [.. All(name).Select(child => child.Text)];

    /// <summary>Refuses children that the schema does not know.</summary>
    public XmlNode Only(params ReadOnlySpan<string> names)
    {
        foreach (var child in Children)
        {
            if (!names.Contains(child.Name)) throw RestXml.MalformedXml();
        }
        return this;
    }
}
