using System.Text;
using Emulator.Identifiers;

namespace Emulator.Protocols;

/// <summary>awsQuery (STS, IAM): a form with <c>Action=</c>, an XML document back.</summary>
internal sealed class AwsQueryProtocol(string xmlNamespace) : Protocol
{
    public override bool BuffersBody => true;

    public override string? OperationName(RestRequest request) =>
        request.QueryValue("Action") ?? FormValue(Encoding.UTF8.GetString(request.Content.Span), "Action") ?? "";

    public override string NewRequestId(IdSource ids) => ids.Uuid().ToString();

    public override Reply Error(AwsException error, RestRequest request, string requestId)
    {
        var xml = new StringBuilder(512).Append("<ErrorResponse xmlns=\"").Append(xmlNamespace).Append("\">\n  <Error>\n    <Type>")
            .Append(error.StatusCode < 500 ? "Sender" : "Receiver").Append("</Type>\n    ");
        XmlText.Element(xml, "Code", error.Code);
        xml.Append("\n    ");
        XmlText.Element(xml, "Message", error.Message);
        xml.Append("\n  </Error>\n  ");
        XmlText.Element(xml, "RequestId", requestId);
        return new Reply { StatusCode = error.StatusCode, Content = Encoding.UTF8.GetBytes(xml.Append("\n</ErrorResponse>\n").ToString()) };
    }

    public override void Complete(Reply reply, RestRequest request, string requestId)
    {
        reply.ContentType = "text/xml";
        reply.Headers.Add(new("x-amzn-RequestId", requestId));
    }

    public override AwsException UnknownOperation(RestRequest request) =>
        new("InvalidAction", $"Could not find operation {OperationName(request)} for version {request.QueryValue("Version") ?? FormValue(Encoding.UTF8.GetString(request.Content.Span), "Version")}");

    /// <summary>One value of a form, decoded; null where it is absent.</summary>
    public static string? FormValue(string form, string name)
    {
        foreach (var part in form.Split('&'))
        {
            var equals = part.IndexOf('=');
            if (equals >= 0 && part.AsSpan(0, equals).SequenceEqual(name)) return Uri.UnescapeDataString(part[(equals + 1)..].Replace('+', ' '));
        }
        return null;
    }
}
