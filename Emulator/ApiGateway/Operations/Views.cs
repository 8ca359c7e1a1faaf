using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Emulator.ApiGateway.HttpApis;
using Emulator.Protocols;

namespace Emulator.ApiGateway.Operations;

/// <summary>A page of a list.</summary>
internal sealed record PageView<T>(IReadOnlyList<T> Items, string? NextToken);

internal sealed record ApiView(string ApiEndpoint, string ApiId, string ApiKeySelectionExpression, CorsView? CorsConfiguration, DateTimeOffset CreatedDate, bool DisableExecuteApiEndpoint, string IpAddressType, string Name, string ProtocolType, string RouteSelectionExpression, Dictionary<string, string> Tags)
{
    public static ApiView Of(HttpApi api) => new($"https://{api.ApiId}.execute-api.{api.Region}.amazonaws.com", api.ApiId, "$request.header.x-api-key",
        api.Cors is { } cors ? CorsView.Of(cors) : null, api.CreatedDate, false, "ipv4", api.Name, "HTTP", "$request.method $request.path", []);
}

internal sealed record CorsView(bool? AllowCredentials, IReadOnlyList<string>? AllowHeaders, IReadOnlyList<string>? AllowMethods, IReadOnlyList<string>? AllowOrigins, IReadOnlyList<string>? ExposeHeaders, int? MaxAge)
{
    public static CorsView Of(HttpApiCors cors) => new(cors.AllowCredentials, Some(cors.AllowHeaders), Some(cors.AllowMethods), Some(cors.AllowOrigins), Some(cors.ExposeHeaders), cors.MaxAge);

    private static IReadOnlyList<string>? Some(IReadOnlyList<string> list) => list.Count == 0 ? null : list;
}

internal sealed record RouteView(bool ApiKeyRequired, IReadOnlyList<string>? AuthorizationScopes, string AuthorizationType, string? AuthorizerId, string RouteId, string RouteKey, string Target)
{
    public static RouteView Of(HttpApiRoute route) => new(false, route.AuthorizationScopes.Count == 0 ? null : route.AuthorizationScopes,
        route.AuthorizerId is null ? "NONE" : "JWT", route.AuthorizerId, route.RouteId, route.RouteKey, $"integrations/{route.IntegrationId}");
}

internal sealed record StageView(bool AutoDeploy, DateTimeOffset CreatedDate, DateTimeOffset LastUpdatedDate, string StageName, Dictionary<string, string> StageVariables, Dictionary<string, string> Tags)
{
    public static StageView Of(HttpApi api, HttpApiStage stage) => new(true, api.CreatedDate, api.CreatedDate, stage.StageName, stage.StageVariables, []);
}

internal sealed record IntegrationView(string ConnectionType, string IntegrationId, string IntegrationMethod, string IntegrationType, string IntegrationUri, string PayloadFormatVersion, int TimeoutInMillis)
{
    public static IntegrationView Of(HttpApiIntegration integration) => new("INTERNET", integration.IntegrationId, "POST", "AWS_PROXY", integration.FunctionArn, integration.PayloadFormatVersion, 30000);
}

internal sealed record AuthorizerView(string AuthorizerId, string AuthorizerType, IReadOnlyList<string> IdentitySource, JwtView JwtConfiguration, string Name)
{
    public static AuthorizerView Of(HttpApiAuthorizer authorizer) => new(authorizer.AuthorizerId, "JWT", authorizer.IdentitySource, new JwtView(authorizer.Audience, authorizer.Issuer), authorizer.Name);
}

internal sealed record JwtView(IReadOnlyList<string> Audience, string Issuer);

/// <summary>The input of an operation on an API or something of it.</summary>
internal sealed record ResourceInput(string ApiId, string Id, int? MaxResults, string? NextToken)
{
    /// <param name="label">The label that names the thing of the API, or null.</param>
    public static Func<RestRequest, ResourceInput> Bind(string? label = null) => request =>
    {
        int? maxResults = null;
        if (request.QueryValue("maxResults") is { } text) maxResults = int.TryParse(text, out var parsed) && parsed > 0 ? parsed : throw ApiGatewayErrors.InvalidPage("maxResults");
        return new(request.Labels.GetValueOrDefault("apiId") ?? "", label is null ? "" : request.Labels[label], maxResults, request.QueryValue("nextToken"));
    };

    /// <summary>The page that is asked for; the token is the number of the first item.</summary>
    public PageView<T> Page<T>(IEnumerable<T> all)
    {
        var start = 0;
        if (NextToken is not null && (!int.TryParse(NextToken, out start) || start < 0)) throw ApiGatewayErrors.InvalidPage("nextToken");
        var items = all.Skip(start).ToList();
        if (MaxResults is not { } limit || items.Count <= limit) return new(items, null);
        return new(items[..limit], (start + limit).ToString());
    }
}

/// <summary>Writes an answer as restJson.</summary>
internal static class View
{
    public static Func<T, Reply> Write<T>(JsonTypeInfo<T> type) => view => new Reply { ContentType = "application/json", Content = JsonSerializer.SerializeToUtf8Bytes(view, type) };
}
