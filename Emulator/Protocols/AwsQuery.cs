using System.Text;
using System.Xml;

namespace Emulator.Protocols;

/// <summary>The forms and documents of the awsQuery protocol (STS, IAM).</summary>
/// <remarks>https://smithy.io/2.0/aws/protocols/aws-query-protocol.html</remarks>
internal static class AwsQuery
{
    /// <summary>The parameters of a request by name: those of the form in its body, and those of its query, since <c>GET /?Action=...</c> is legal too. Of a name that stands twice the last value counts.</summary>
    public static IReadOnlyDictionary<string, string> Form(RestRequest request)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Query) form[name] = value;
        foreach (var pair in Encoding.UTF8.GetString(request.Content.Span).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            form[Decode(equals < 0 ? pair : pair[..equals])] = equals < 0 ? "" : Decode(pair[(equals + 1)..]);
        }
        return form;
    }

    /// <summary>The items of a list of plain values (<c>TransitiveTagKeys.member.1</c>), in their order.</summary>
    public static IReadOnlyList<string> List(IReadOnlyDictionary<string, string> form, string name)
    {
        var items = new List<string>();
        while (form.TryGetValue($"{name}.member.{items.Count + 1}", out var value)) items.Add(value);
        return items;
    }

    /// <summary>The items of a list of structures (<c>Tags.member.1.Key</c>), each as its own form.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Structures(IReadOnlyDictionary<string, string> form, string name)
    {
        var items = new SortedDictionary<int, IReadOnlyDictionary<string, string>>();
        var start = $"{name}.member.";
        foreach (var (key, value) in form)
        {
            if (!key.StartsWith(start, StringComparison.Ordinal)) continue;
            var rest = key.AsSpan(start.Length);
            var dot = rest.IndexOf('.');
            if (dot < 0 || !int.TryParse(rest[..dot], out var number)) continue;
            if (!items.TryGetValue(number, out var item)) items[number] = item = new Dictionary<string, string>(StringComparer.Ordinal);
            ((Dictionary<string, string>)item)[rest[(dot + 1)..].ToString()] = value;
        }
        return [.. items.Values];
    }

    /// <summary>An answer: <c>ActionResponse</c> with <c>ActionResult</c>, whose content <paramref name="result"/> writes, and <c>ResponseMetadata</c>.</summary>
    /// <param name="result">null for an operation without output.</param>
    public static Reply Reply(string action, string xmlns, Action<XmlWriter>? result, Call call)
    {
        using var body = new MemoryStream(1024);
        using (var xml = XmlWriter.Create(body, WriterSettings))
        {
            xml.WriteStartElement(action + "Response", xmlns);
            if (result is not null)
            {
                xml.WriteStartElement(action + "Result", xmlns);
                result(xml);
                xml.WriteEndElement();
            }
            xml.WriteStartElement("ResponseMetadata", xmlns);
            xml.WriteElementString("RequestId", xmlns, call.RequestId);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        body.Write("\n"u8);
        return new Reply { ContentType = "text/xml", Content = body.ToArray() };
    }

    /// <summary>Indented by two spaces and without a declaration, as STS and IAM answer.</summary>
    public static XmlWriterSettings WriterSettings { get; } = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Entitize,
        CheckCharacters = false,
    };

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
