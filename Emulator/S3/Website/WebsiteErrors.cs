using System.Net;
using System.Text;
using Emulator.Protocols;

namespace Emulator.S3.Website;

/// <summary>Errors as the website endpoints show them to people: a page.</summary>
internal static class WebsiteErrors
{
    /// <param name="second">Why the custom error document could not be shown either.</param>
    public static Reply Page(AwsException error, string requestId, AwsException? second = null)
    {
        var title = $"{error.StatusCode} {Phrase(error.StatusCode)}";
        var html = new StringBuilder($"<html>\n<head><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n<ul>\n");
        Item(html, "Code", error.Code);
        Item(html, "Message", error.Message);
        foreach (var (name, value) in error.Members) Item(html, name, value?.ToString() ?? "");
        Item(html, "RequestId", requestId);
        Item(html, "HostId", RestXmlProtocol.HostId(requestId));
        html.Append("</ul>\n");
        if (second is not null)
        {
            html.Append("<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n");
            Item(html, "Code", second.Code);
            Item(html, "Message", second.Message);
            foreach (var (name, value) in second.Members) Item(html, name, value?.ToString() ?? "");
            html.Append("</ul>\n");
        }
        var reply = new Reply { StatusCode = error.StatusCode, ContentType = "text/html; charset=utf-8", Content = Encoding.UTF8.GetBytes(html.Append("<hr/>\n</body>\n</html>\n").ToString()) };
        AddErrorHeaders(reply, error);
        return reply;
    }

    /// <summary>A custom error document in place of the page.</summary>
    public static Reply AsPageOf(Reply document, AwsException error)
    {
        document.StatusCode = error.StatusCode;
        AddErrorHeaders(document, error);
        return document;
    }

    /// <summary>The headers that tell scripts the error, on custom error documents too.</summary>
    private static void AddErrorHeaders(Reply reply, AwsException error)
    {
        reply.Header("x-amz-error-code", error.Code).Header("x-amz-error-message", error.Message);
        foreach (var (name, value) in error.Members)
        {
            if (value?.ToString() is { } text) reply.Header($"x-amz-error-detail-{name}", Uri.EscapeDataString(text));
        }
    }

    private static void Item(StringBuilder html, string name, string value) => html.Append($"<li>{name}: {WebUtility.HtmlEncode(value)}</li>\n");

    private static string Phrase(int status) => status switch
    {
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        412 => "Precondition Failed",
        416 => "Requested Range Not Satisfiable",
        _ => "Bad Request",
    };
}
