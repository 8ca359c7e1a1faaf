using System.Globalization;
using System.Security;
using System.Text;

namespace Emulator.Configuration.Sections;

/// <summary>A document of AWS, written as a mapping with the members that SDKs and the AWS CLI give it: each mistake has its place, and what is read is the XML that the operation takes.</summary>
/// <param name="Member">The key under which the document's parent has it.</param>
/// <param name="Write">Appends the XML of a value.</param>
internal sealed record DocumentShape(string Member, Action<ConfigValue, StringBuilder> Write)
{
    private bool IsRequired { get; init; }

    public static DocumentShape Text(string member) => Leaf(member, static value => value.Text());

    public static DocumentShape Word(string member, params string[] words) => Leaf(member, value => value.OneOf(words));

    public static DocumentShape Flag(string member) => Leaf(member, static value => value.Flag() switch { true => "true", false => "false", null => null });

    public static DocumentShape Number(string member) => Leaf(member, static value => value.Number(0, int.MaxValue)?.ToString(CultureInfo.InvariantCulture));

    public static DocumentShape Object(string member, params DocumentShape[] members) => Element(member, member, members);

    /// <summary>An object whose element has another name.</summary>
    public static DocumentShape Element(string member, string element, params DocumentShape[] members) => new(member, (value, xml) =>
    {
        xml.Append('<').Append(element).Append('>');
        value.Section(section =>
        {
            foreach (var shape in members)
            {
                if ((shape.IsRequired ? section.Required(shape.Member) : section[shape.Member]) is { } child) shape.Write(child, xml);
            }
            return true;
        });
        xml.Append("</").Append(element).Append('>');
    });

    /// <summary>A list without an element of its own: its items stand among their parent's children.</summary>
    public static DocumentShape List(string member, DocumentShape item) => new(member, (value, xml) => value.List<object>(one =>
    {
        item.Write(one, xml);
        return null;
    }));

    /// <summary>A list with an element of its own.</summary>
    public static DocumentShape Wrapped(string member, DocumentShape item) => new(member, (value, xml) =>
    {
        xml.Append('<').Append(member).Append('>');
        List(member, item).Write(value, xml);
        xml.Append("</").Append(member).Append('>');
    });

    /// <summary>The same, which must be there.</summary>
    public DocumentShape Required() => this with { IsRequired = true };

    /// <summary>The XML of a value.</summary>
    public string Read(ConfigValue value)
    {
        var xml = new StringBuilder();
        Write(value, xml);
        return xml.ToString();
    }

    private static DocumentShape Leaf(string member, Func<ConfigValue, string?> read) => new(member, (value, xml) =>
    {
        if (read(value) is { } text) xml.Append('<').Append(member).Append('>').Append(SecurityElement.Escape(text)).Append("</").Append(member).Append('>');
    });
}
