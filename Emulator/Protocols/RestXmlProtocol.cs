using System.Text;
using Emulator.Identifiers;

namespace Emulator.Protocols;

/// <summary>restXml as S3 speaks it: errors are <c>&lt;Error&gt;</c> documents, a HEAD's error has no body.</summary>
/// <param name="wrapsErrors">Whether <c>&lt;Error&gt;</c> stands in an <c>&lt;ErrorResponse&gt;</c>, with the ids beside it, as S3 Control writes it.</param>
/// <remarks>https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html#operation-error-serialization (noErrorWrapping)</remarks>
internal sealed class RestXmlProtocol(bool wrapsErrors = false) : Protocol
{
    public override bool BuffersBody => false;

    public override string? OperationName(RestRequest request) => null;

    public override string NewRequestId(IdSource ids) => ids.UpperBase32(16);

    public override Reply Error(AwsException error, RestRequest request, string requestId)
    {
        var reply = new Reply { StatusCode = error.StatusCode };
        foreach (var (name, value) in error.Headers) reply.Header(name, value);
        if (error.StatusCode == 304) return reply;
        reply.ContentType = "application/xml"; // of a HEAD's error too, which has no body
        if (request.Method == "HEAD") return reply;
        var xml = new StringBuilder(512).Append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").Append(wrapsErrors ? "<ErrorResponse><Error>" : "<Error>");
        XmlText.Element(xml, "Code", error.Code);
        XmlText.Element(xml, "Message", error.Message);
        foreach (var (name, value) in error.Members) XmlText.Element(xml, name, value?.ToString() ?? "");
        if (wrapsErrors) xml.Append("</Error>");
        XmlText.Element(xml, "RequestId", requestId);
        XmlText.Element(xml, "HostId", HostId(requestId));
        reply.Content = Encoding.UTF8.GetBytes(xml.Append(wrapsErrors ? "</ErrorResponse>" : "</Error>").ToString());
        return reply;
    }

    public override void Complete(Reply reply, RestRequest request, string requestId)
    {
        reply.Headers.Add(new("x-amz-request-id", requestId));
        reply.Headers.Add(new("x-amz-id-2", HostId(requestId)));
        reply.Headers.Add(new("Server", "AmazonS3"));
        if (reply.ContentType is null && reply.Content.Length > 0) reply.ContentType = "application/xml";
    }

    public override AwsException UnknownOperation(RestRequest request) =>
        new("MethodNotAllowed", "The specified method is not allowed against this resource.", 405) { Members = [new("Method", request.Method), new("ResourceType", ResourceType(request.RawPath))] };

    private static string ResourceType(string rawPath) =>
        rawPath.Length <= 1 ? "SERVICE" : rawPath.IndexOf('/', 1) is var slash && (slash < 0 || slash == rawPath.Length - 1) ? "BUCKET" : "OBJECT";

    /// <summary>The second id that S3 sends, for its engineers: 56 bytes in base 64. Here it repeats the request's id.</summary>
    public static string HostId(string requestId) => Convert.ToBase64String(Encoding.ASCII.GetBytes(requestId.PadRight(56, '=')));
}

/// <summary>Text in XML documents.</summary>
internal static class XmlText
{
    public static void Element(StringBuilder xml, string name, string text)
    {
        xml.Append('<').Append(name).Append('>');
        Escape(xml, text);
        xml.Append("</").Append(name).Append('>');
    }

    /// <summary>Escapes as S3 does; characters that XML 1.0 cannot hold are written as references all the same.</summary>
    public static void Escape(StringBuilder xml, string text)
    {
        foreach (var c in text)
        {
            switch (c)
            {
                case '&': xml.Append("&amp;"); break;
                case '<': xml.Append("&lt;"); break;
                case '>': xml.Append("&gt;"); break;
                case '"': xml.Append("&quot;"); break;
                case < ' ' and not ('\t' or '\n'): xml.Append("&#x").Append(((int)c).ToString("X")).Append(';'); break;
                default: xml.Append(c); break;
            }
        }
    }
}
