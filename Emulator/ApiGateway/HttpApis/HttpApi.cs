using System.Text.Json.Serialization;
using Emulator.Configuration;
using Emulator.Identifiers;

namespace Emulator.ApiGateway.HttpApis;

/// <summary>An HTTP API with all that hangs from it, as it is stored.</summary>
internal sealed record HttpApi(string Account, string Region, string ApiId, string Name, DateTimeOffset CreatedDate)
{
    public HttpApiCors? Cors { get; init; }
    public IReadOnlyList<HttpApiRoute> Routes { get; init; } = [];
    public IReadOnlyList<HttpApiIntegration> Integrations { get; init; } = [];
    public IReadOnlyList<HttpApiAuthorizer> Authorizers { get; init; } = [];
    public IReadOnlyList<HttpApiStage> Stages { get; init; } = [];

    /// <summary>The routes as they are matched; made once for each loaded definition.</summary>
    [JsonIgnore]
    public RouteTable RouteTable => field ??= new RouteTable(Routes);

    /// <summary>The API that emulator.yaml declares under a name; its ids follow from the names.</summary>
    public static HttpApi Declare(EmulatorConfig config, string name, HttpApiConfig declared, DateTimeOffset now)
    {
        var apiId = DeclaredIds.HttpApi(config, name);
        string Id(string kind, string of) => StableId.LowerAlphanumeric(kind, config.Account, config.Region, $"{name}/{of}", 7);

        var integrations = declared.Routes.Values
            .DistinctBy(route => (route.Function, route.PayloadFormat))
            .Select(route => new HttpApiIntegration(Id("integration", $"{route.Function} {route.PayloadFormat}"), DeclaredIds.FunctionArn(config, route.Function), route.PayloadFormat))
            .ToList();
        return new HttpApi(config.Account, config.Region, apiId, name, now)
        {
            Cors = declared.Cors is not { } cors ? null : new HttpApiCors(cors.AllowOrigins, cors.AllowMethods, cors.AllowHeaders, cors.ExposeHeaders, cors.MaxAgeSeconds, cors.AllowCredentials),
            Integrations = integrations,
            Authorizers = [.. declared.Authorizers.Select(authorizer => Declare(config, Id("authorizer", authorizer.Key), authorizer.Key, authorizer.Value))],
            Routes = [.. declared.Routes.Select(route => new HttpApiRoute(Id("route", route.Key), route.Key, Id("integration", $"{route.Value.Function} {route.Value.PayloadFormat}"))
            {
                AuthorizerId = route.Value.Authorizer is { } authorizer ? Id("authorizer", authorizer) : null,
                AuthorizationScopes = route.Value.Scopes,
            })],
            Stages = [.. declared.Stages.Select(stage => new HttpApiStage(stage.Key, new Dictionary<string, string>(stage.Value.Variables)))],
        };
    }

    private static HttpApiAuthorizer Declare(EmulatorConfig config, string id, string name, JwtAuthorizerConfig declared) => new(id, name,
        declared.UserPool is { } pool ? DeclaredIds.UserPoolIssuer(config.Region, DeclaredIds.UserPool(config, pool)) : declared.Issuer ?? "",
        [.. declared.Audience, .. declared.Clients.Select(client => DeclaredIds.UserPoolClient(config, declared.UserPool ?? "", client))],
        declared.IdentitySource);
}

/// <param name="Name">As in emulator.yaml.</param>
/// <param name="Issuer">The <c>iss</c> that a token must have.</param>
/// <param name="Audience">One of these must be its <c>aud</c>, or its <c>client_id</c> where it has no <c>aud</c>.</param>
internal sealed record HttpApiAuthorizer(string AuthorizerId, string Name, string Issuer, IReadOnlyList<string> Audience, IReadOnlyList<string> IdentitySource);

/// <param name="FunctionArn">The function of this Lambda proxy integration.</param>
/// <param name="PayloadFormatVersion"><c>1.0</c> or <c>2.0</c>.</param>
internal sealed record HttpApiIntegration(string IntegrationId, string FunctionArn, string PayloadFormatVersion);

/// <param name="RouteKey"><c>GET /notes/{id}</c>, <c>ANY /{proxy+}</c> or <c>$default</c>.</param>
internal sealed record HttpApiRoute(string RouteId, string RouteKey, string IntegrationId)
{
    public string? AuthorizerId { get; init; }
    public IReadOnlyList<string> AuthorizationScopes { get; init; } = [];
}

internal sealed record HttpApiStage(string StageName, Dictionary<string, string> StageVariables);

internal sealed record HttpApiCors(IReadOnlyList<string> AllowOrigins, IReadOnlyList<string> AllowMethods, IReadOnlyList<string> AllowHeaders, IReadOnlyList<string> ExposeHeaders, int? MaxAge, bool AllowCredentials);
