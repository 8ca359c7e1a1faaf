using System.Globalization;
using Emulator.Protocols;

namespace Emulator.S3.Settings;

/// <summary>What a document may hold: an element with children of given shapes, or a leaf with a text of a given kind.</summary>
/// <remarks>A document that does not fit is MalformedXML. One that fits is kept, and written back with its elements in the order of the shape, as S3 does.</remarks>
internal sealed class XmlShape
{
    private enum Kind { Parent, Text, Boolean, Number, Choice }

    private readonly byte[] _name;
    private readonly Kind _kind;
    private readonly XmlShape[] _children;
    private readonly string[] _choices;

    private XmlShape(string name, Kind kind, XmlShape[] children, string[] choices)
    {
        Name = name;
        _name = System.Text.Encoding.UTF8.GetBytes(name);
        (_kind, _children, _choices) = (kind, children, choices);
    }

    public string Name { get; }

    private bool IsRequired { get; init; }

    private bool IsRepeated { get; init; }

    /// <summary>Whether exactly one of the children must be there.</summary>
    private bool IsUnion { get; init; }

    public static XmlShape Parent(string name, params XmlShape[] children) => new(name, Kind.Parent, children, []);

    /// <summary>Has exactly one of the children; none at all where it is empty.</summary>
    public static XmlShape Union(string name, params XmlShape[] children) => new(name, Kind.Parent, children, []) { IsUnion = true };

    public static XmlShape Text(string name) => new(name, Kind.Text, [], []);

    public static XmlShape Boolean(string name) => new(name, Kind.Boolean, [], []);

    public static XmlShape Number(string name) => new(name, Kind.Number, [], []);

    public static XmlShape Choice(string name, params string[] choices) => new(name, Kind.Choice, [], choices);

    /// <summary>The same, which must be there.</summary>
    public XmlShape Required() => new(Name, _kind, _children, _choices) { IsRequired = true, IsRepeated = IsRepeated, IsUnion = IsUnion };

    /// <summary>The same, any number of times.</summary>
    public XmlShape Repeated() => new(Name, _kind, _children, _choices) { IsRequired = IsRequired, IsRepeated = true, IsUnion = IsUnion };

    /// <summary>The node, which fits.</summary>
    public XmlNode Check(XmlNode node)
    {
        if (!Fits(node)) throw RestXml.MalformedXml();
        return node;
    }

    private bool Fits(XmlNode node) => _kind switch
    {
        Kind.Parent => FitsChildren(node),
        _ when node.Children.Count > 0 => false,
        Kind.Boolean => node.Text is "true" or "false",
        Kind.Number => int.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        Kind.Choice => _choices.Contains(node.Text),
        _ => true,
    };

    private bool FitsChildren(XmlNode node)
    {
        foreach (var child in node.Children)
        {
            if (!Array.Exists(_children, shape => shape.Name == child.Name)) return false;
        }
        foreach (var shape in _children)
        {
            var count = 0;
            foreach (var child in node.All(shape.Name))
            {
                if (++count > 1 && !shape.IsRepeated || !shape.Fits(child)) return false;
            }
            if (shape.IsRequired && count == 0) return false;
        }
        return !IsUnion || node.Children.Count <= 1;
    }

    /// <summary>Writes a node that fits.</summary>
    public void Write(XmlBuilder xml, XmlNode node)
    {
        if (node.Type is { } type)
        {
            xml.Raw("<"u8);
            xml.Raw(_name);
            xml.Raw(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\""u8);
            xml.Text(type);
            xml.Raw("\">"u8);
        }
        else
        {
            xml.Start(_name);
        }
        WriteContent(xml, node);
        xml.End(_name);
    }

    /// <summary>The document in S3's namespace.</summary>
    public Reply ToReply(XmlNode node)
    {
        var xml = new XmlBuilder().Root(_name);
        WriteContent(xml, node);
        return xml.End(_name).ToReply();
    }

    private void WriteContent(XmlBuilder xml, XmlNode node)
    {
        if (_kind != Kind.Parent)
        {
            xml.Text(node.Text);
            return;
        }
        foreach (var shape in _children)
        {
            foreach (var child in node.All(shape.Name)) shape.Write(xml, child);
        }
    }
}
