using System.Net;
using System.Text;
using Emulator.Configuration;
using Emulator.Integration;

namespace Emulator.WebConsole;

/// <summary>The plain pages for people under /_emulator.</summary>
internal static class ControlPages
{
    public static string Index(EmulatorConfig config, string? dataFolder, string baseUrl, IEnumerable<ResourceSummary> resources)
    {
        var html = Begin("Emulator");
        html.Append("<p>Region <b>").Append(Text(config.Region)).Append("</b>, account <b>").Append(Text(config.Account))
            .Append("</b>, iam <b>").Append(config.Iam.ToString().ToLowerInvariant()).Append("</b>, state in <b>").Append(Text(dataFolder ?? "memory")).Append("</b>.</p>");
        html.Append("<p><a href=\"/_emulator/inbox\">Inbox</a> · <a href=\"/_emulator/journal\">Journal</a> · <a href=\"/_emulator/outputs.json\">Outputs</a> · <a href=\"/_emulator/resources\">Resources</a> · <a href=\"/_emulator/clock\">Clock</a></p>");
        html.Append("<table><tr><th>Service<th>Kind<th>Name<th>Id or URL</tr>");
        foreach (var resource in resources)
        {
            html.Append("<tr><td>").Append(Text(resource.Service)).Append("<td>").Append(Text(resource.Kind)).Append("<td>").Append(Text(resource.Name))
                .Append("<td><code>").Append(Text(resource.AbsoluteUrl(baseUrl) ?? resource.Arn ?? resource.Id)).Append("</code></tr>");
        }
        return html.Append("</table>").ToString();
    }

    public static string InboxPage(Inbox inbox)
    {
        var html = Begin("Inbox");
        html.Insert(html.ToString().IndexOf("<title>", StringComparison.Ordinal), "<meta http-equiv=\"refresh\" content=\"3\">");
        var messages = inbox.Messages;
        if (messages.Count == 0) html.Append("<p>No mail yet. What Cognito would send arrives here.</p>");
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            var message = messages[i];
            html.Append("<article><header><b>").Append(Text(message.Subject.Length > 0 ? message.Subject : message.Kind)).Append("</b> to ").Append(Text(message.To))
                .Append(" <time>").Append(message.Time.ToString("u")).Append("</time></header><p>").Append(Text(message.Body)).Append("</p>");
            if (message.Code is not null) html.Append("<p class=code>").Append(Text(message.Code)).Append("</p>");
            html.Append("</article>");
        }
        return html.ToString();
    }

    private static StringBuilder Begin(string title) => new StringBuilder("<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>")
        .Append(title).Append("""
            </title><style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; background: #fff }
            table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid #d8dee4 }
            article { border: 1px solid #d8dee4; border-radius: .5rem; padding: .75rem 1rem; margin: 1rem 0 } time { color: #59636e; float: right }
            .code { font: 600 1.6rem ui-monospace, monospace; letter-spacing: .15em; margin: 0 } code { overflow-wrap: anywhere }
            @media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117 } th, td, article { border-color: #30363d } a { color: #58a6ff } }
            </style><h1>
            """).Append(title).Append("</h1>");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
