using System.Text;
using System.Text.Json;
using Emulator.Integration;
using Emulator.Protocols;

namespace Emulator.ApiGateway.HttpApis;

/// <summary>Answers the requests to deployed HTTP APIs: stage, CORS, route, authorizer, function, answer.</summary>
internal sealed class HttpApiEndpoint(ApiGatewayService service) : IHttpEndpoint
{
    public async ValueTask<Reply> AnswerAsync(RestRequest request, string target, Call call)
    {
        var requestId = service.Context.Ids.Alphanumeric(15) + "=";
        var reply = await RespondAsync(request, target, call, requestId);
        return reply.Header("apigw-requestid", requestId);
    }

    private async ValueTask<Reply> RespondAsync(RestRequest request, string apiId, Call call, string requestId)
    {
        if (service.Find(apiId) is not { } api || FindStage(api, request.RawPath, out var path) is not { } stage) return Message(404, "Not Found");
        var cors = HttpApiCorsRules.Of(api, request);
        if (cors is { IsPreflight: true }) return cors.Preflight();

        var reply = await RouteAsync(request, new ApiCall(api, stage, path, requestId, call));
        cors?.Apply(reply);
        return reply;
    }

    private async ValueTask<Reply> RouteAsync(RestRequest request, ApiCall call)
    {
        if (call.Api.RouteTable.Match(request.Method, call.Path) is not { } match) return Message(404, "Not Found");
        JsonElement? claims = null;
        if (match.Route.AuthorizerId is { } authorizerId)
        {
            var authorizer = call.Api.Authorizers.First(authorizer => authorizer.AuthorizerId == authorizerId);
            var verdict = JwtAuthorizer.Authorize(service.Tokens, authorizer, match.Route, request);
            if (verdict.Refusal is { } refusal) return refusal;
            claims = verdict.Claims;
        }
        if (request.ContentLength > ApiGatewayLimits.PayloadBytes || await ReadAsync(request, call.Call.Cancelled) is not { } body) return Message(413, "Request Entity Too Large");

        var integration = call.Api.Integrations.First(integration => integration.IntegrationId == match.Route.IntegrationId);
        var payload = integration.PayloadFormatVersion == "1.0"
            ? PayloadFormat1.Write(request, call, match, claims, body)
            : PayloadFormat2.Write(request, call, match, claims, body);
        var outcome = await InvokeAsync(call, integration, payload);
        if (outcome is null) return Message(503, "Service Unavailable");
        if (outcome.FunctionError is not null) return Message(500, "Internal Server Error");
        return FunctionAnswer.Read(outcome.Payload.Span, integration.PayloadFormatVersion) ?? Message(500, "Internal Server Error");
    }

    /// <summary>null where the function took longer than an HTTP API waits.</summary>
    private async ValueTask<FunctionOutcome?> InvokeAsync(ApiCall call, HttpApiIntegration integration, ReadOnlyMemory<byte> payload)
    {
        var invocation = service.Functions.InvokeAsync(new FunctionCall(call.Api.Account, call.Api.Region, integration.FunctionArn, payload, call.Call.RequestId), call.Call.Cancelled);
        try
        {
            return invocation.IsCompleted ? await invocation : await invocation.AsTask().WaitAsync(ApiGatewayLimits.IntegrationTimeout, service.Context.Clock, call.Call.Cancelled);
        }
        catch (TimeoutException)
        {
            return null;
        }
        catch (AwsException)
        {
            // A function that is not there, or refuses: the gateway tells its caller no more.
            return new FunctionOutcome(default, "Unhandled", call.RequestId);
        }
    }

    /// <summary>The stage that the path's first segment names, else <c>$default</c>; and the path below it, decoded.</summary>
    private static HttpApiStage? FindStage(HttpApi api, string rawPath, out string path)
    {
        path = Uri.UnescapeDataString(rawPath);
        var end = path.IndexOf('/', 1);
        var first = end < 0 ? path[1..] : path[1..end];
        foreach (var stage in api.Stages)
        {
            if (stage.StageName != first) continue;
            path = end < 0 ? "/" : path[end..];
            return stage;
        }
        return api.Stages.FirstOrDefault(stage => stage.StageName == "$default");
    }

    /// <summary>The body; null where it is longer than an HTTP API takes.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(RestRequest request, CancellationToken cancelled)
    {
        if (request.ContentLength is 0) return ReadOnlyMemory<byte>.Empty;
        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancelled)) > 0)
        {
            if (body.Length + read > ApiGatewayLimits.PayloadBytes) return null;
            body.Write(buffer, 0, read);
        }
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <summary>An answer of the gateway's own.</summary>
    public static Reply Message(int statusCode, string message) =>
        new() { StatusCode = statusCode, ContentType = "application/json", Content = Encoding.UTF8.GetBytes($$"""{"message":"{{message}}"}""") };
}

/// <summary>One call of a deployed API.</summary>
/// <param name="Path">Decoded, without the stage.</param>
internal sealed record ApiCall(HttpApi Api, HttpApiStage Stage, string Path, string RequestId, Call Call)
{
    /// <summary>The path as functions see it: with the stage where it is a named one.</summary>
    public string PathWithStage => Stage.StageName == "$default" ? Path : $"/{Stage.StageName}{Path}";
}
