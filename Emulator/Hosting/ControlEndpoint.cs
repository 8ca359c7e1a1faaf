using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Emulator.Protocols;
using Emulator.Storage;
using Emulator.WebConsole;

namespace Emulator.Hosting;

/// <summary>The emulator's own HTTP interface under <c>/_emulator/</c>, for clients in any language: health, resources, inbox, clock, journal, reset, snapshots.</summary>
/// <remarks>Answers only to names of this machine and to pages from it: a foreign page could otherwise read the inbox, by DNS rebinding or a cross-site post.</remarks>
internal sealed class ControlEndpoint(EmulatorHost host) : IHttpEndpoint
{
    private const long BodyLimitBytes = 64 * 1024;

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Default) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async ValueTask<Reply> AnswerAsync(RestRequest request, string target, Call call)
    {
        if (!HostName.Parse(request.Host).IsLocal) throw Forbidden($"The host name {request.Host} is not one of this machine.");
        var origin = request.Header("Origin");
        if (!IsLocalOrigin(origin)) throw Forbidden($"The origin {origin} is not one of this machine.");
        // A navigation or an image of a foreign page carries no Origin, but says that it is cross-site; following a link to the inbox is fine, changing something by it is not.
        if (request.Method != "GET" && request.Header("Sec-Fetch-Site") is "cross-site") throw Forbidden("Cross-site requests are refused.");
        var reply = request.Method == "OPTIONS" ? ApiCors.Preflight(request) : await RespondAsync(request, call);
        if (origin is not null && request.Method != "OPTIONS") reply.Header("Access-Control-Allow-Origin", origin).Header("Vary", "Origin");
        return reply.Header("Cache-Control", "no-store");
    }

    private async ValueTask<Reply> RespondAsync(RestRequest request, Call call) => (request.Method, request.RawPath.TrimEnd('/')) switch
    {
        ("GET", "/_emulator") => Html(ControlPages.Index(host.Config, host.DataPath, host.BaseUrl, host.Slices.SelectMany(slice => slice.Resources()))),
        ("GET", "/_emulator/health") => Json(Health()),
        ("GET", "/_emulator/resources") => Json(Resources()),
        ("GET", "/_emulator/outputs.json" or "/_emulator/outputs") => Json(OutputsWriter.Write(host.Config, $"{request.Scheme}://{request.Host}")),
        ("GET", "/_emulator/inbox") => WantsHtml(request) ? Html(ControlPages.InboxPage(host.Inbox)) : Json(Messages(request)),
        ("GET", "/_emulator/inbox.json") => Json(Messages(request)),
        ("DELETE", "/_emulator/inbox") => Done(host.Inbox.Clear),
        ("GET", "/_emulator/clock") => Json(Clock()),
        ("POST", "/_emulator/clock") => Json(ChangeClock(await ReadJsonAsync(request, call))),
        ("GET", "/_emulator/journal") => Json(JournalEntries(request)),
        ("DELETE", "/_emulator/journal") => Done(host.Journal.Clear),
        ("POST", "/_emulator/reset") => await DoneAsync(host.ResetAsync(call.Cancelled)),
        ("GET", "/_emulator/snapshot") => Snapshot(),
        ("PUT" or "POST", "/_emulator/snapshot") => await LoadAsync(request, call),
        (_, var path) => throw new AwsException("NotFound", $"There is no {request.Method} {path}. See GET /_emulator.", 404),
    };

    private static bool IsLocalOrigin(string? origin) =>
        origin is null || (origin != "null" && Uri.TryCreate(origin, UriKind.Absolute, out var uri) && HostName.Parse(uri.Host).IsLocal);

    private static AwsException Forbidden(string why) => new("Forbidden", $"{why} /_emulator/ answers to local names and pages only.", 403);

    private static bool WantsHtml(RestRequest request) => request.Header("Accept")?.Contains("text/html", StringComparison.OrdinalIgnoreCase) ?? false;

    private JsonObject Health() => new()
    {
        ["status"] = "running",
        ["region"] = host.Config.Region,
        ["account"] = host.Config.Account,
        ["iam"] = host.Config.Iam.ToString().ToLowerInvariant(),
        ["credentials"] = host.Config.Credentials.ToString().ToLowerInvariant(),
        ["state"] = host.DataPath ?? "memory",
        ["services"] = new JsonArray([.. host.Endpoints.Keys.Select(name => (JsonNode)name)]),
    };

    private JsonArray Resources() => new([.. host.Slices.SelectMany(slice => slice.Resources()).Select(resource => (JsonNode)new JsonObject
    {
        ["service"] = resource.Service,
        ["kind"] = resource.Kind,
        ["name"] = resource.Name,
        ["id"] = resource.Id,
        ["arn"] = resource.Arn,
        ["url"] = resource.AbsoluteUrl(host.BaseUrl),
    })]);

    private JsonArray Messages(RestRequest request)
    {
        var to = request.QueryValue("to");
        return new([.. host.Inbox.Messages.Where(message => to is null || string.Equals(message.To, to, StringComparison.OrdinalIgnoreCase)).Select(message => (JsonNode)new JsonObject
        {
            ["id"] = message.Id,
            ["time"] = message.Time.ToString("O"),
            ["medium"] = message.Medium,
            ["to"] = message.To,
            ["subject"] = message.Subject,
            ["body"] = message.Body,
            ["code"] = message.Code,
            ["kind"] = message.Kind,
            ["source"] = message.Source,
        })]);
    }

    private JsonArray JournalEntries(RestRequest request)
    {
        var service = request.QueryValue("service");
        var operation = request.QueryValue("operation");
        return new([.. host.Journal.Entries
            .Where(entry => (service is null || entry.Service == service) && (operation is null || entry.Operation == operation))
            .Select(entry => (JsonNode)new JsonObject
            {
                ["requestId"] = entry.RequestId,
                ["time"] = entry.Time.ToString("O"),
                ["service"] = entry.Service,
                ["operation"] = entry.Operation,
                ["caller"] = entry.Caller,
                ["resources"] = new JsonArray([.. entry.Resources.Select(resource => (JsonNode)resource)]),
                ["decision"] = entry.Decision,
                ["explanation"] = entry.Explanation,
                ["cause"] = entry.Cause,
                ["status"] = entry.StatusCode,
                ["error"] = entry.ErrorCode,
                ["durationMs"] = Math.Round(entry.Duration.TotalMilliseconds, 3),
            })]);
    }

    private JsonObject Clock() => new() { ["now"] = host.Clock.GetUtcNow().ToString("O"), ["frozen"] = host.Clock.IsFrozen };

    /// <summary><c>{"advance": "01:00:00"}</c> or seconds, <c>{"set": "2030-01-01T00:00:00Z"}</c>, <c>{"freeze": true}</c>.</summary>
    private JsonObject ChangeClock(JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            switch (name, value?.GetValueKind())
            {
                case ("advance", JsonValueKind.Number): host.Clock.Advance(Seconds(value!.GetValue<double>())); break;
                case ("advance", JsonValueKind.String) when TimeSpan.TryParse(value!.GetValue<string>(), CultureInfo.InvariantCulture, out var by) && by >= TimeSpan.Zero: host.Clock.Advance(by); break;
                case ("set", JsonValueKind.String) when DateTimeOffset.TryParse(value!.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time): host.Clock.Set(time); break;
                case ("freeze", JsonValueKind.True): host.Clock.Freeze(); break;
                case ("freeze", JsonValueKind.False): host.Clock.Resume(); break;
                default: throw BadRequest($"The clock takes \"advance\" (seconds or hh:mm:ss, not negative), \"set\" (ISO 8601) and \"freeze\" (true or false), not {name}: {value?.ToJsonString() ?? "null"}.");
            }
        }
        return Clock();
    }

    private static TimeSpan Seconds(double seconds) =>
        seconds is >= 0 and < 1e11 ? TimeSpan.FromSeconds(seconds) : throw BadRequest("The clock advances by 0 to 100,000,000,000 seconds.");

    private Reply Snapshot() => new()
    {
        ContentType = "application/octet-stream",
        StreamContent = (stream, cancelled) => host.SaveSnapshotAsync(stream, cancelled),
    };

    private static async ValueTask<JsonObject> ReadJsonAsync(RestRequest request, Call call)
    {
        if (request.ContentLength is null or > BodyLimitBytes) throw BadRequest("A JSON document of at most 64 KiB with its Content-Length is expected.");
        try
        {
            return await JsonSerializer.DeserializeAsync<JsonObject>(request.Body, cancellationToken: call.Cancelled) ?? throw BadRequest("A JSON object is expected.");
        }
        catch (JsonException error)
        {
            throw BadRequest($"The body is not JSON: {error.Message}");
        }
    }

    private static AwsException BadRequest(string message) => new("BadRequest", message, 400);

    private static Reply Json(JsonNode node) => new() { ContentType = "application/json", Content = Encoding.UTF8.GetBytes(node.ToJsonString(Indented)) };

    private static Reply Html(string page) => new Reply { ContentType = "text/html; charset=utf-8", Content = Encoding.UTF8.GetBytes(page) }
        .Header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'")
        .Header("X-Content-Type-Options", "nosniff");

    private static Reply Done(Action action)
    {
        action();
        return Reply.Empty(204);
    }

    private async ValueTask<Reply> LoadAsync(RestRequest request, Call call)
    {
        try
        {
            return await DoneAsync(host.LoadSnapshotAsync(request.Body, call.Cancelled));
        }
        catch (StoreException refused)
        {
            throw BadRequest(refused.Message);
        }
    }

    private static async ValueTask<Reply> DoneAsync(Task task)
    {
        await task;
        return Reply.Empty(204);
    }
}
