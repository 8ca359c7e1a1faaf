namespace Emulator.Configuration.Sections;

/// <summary><c>apigateway: { httpApis: { notes: { routes: { "GET /notes": notes } } } }</c></summary>
internal static class ApiGatewaySection
{
    private static readonly HttpApiConfig DefaultApi = new();
    private static readonly JwtAuthorizerConfig DefaultAuthorizer = new();
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "*"];

    public static IReadOnlyDictionary<string, HttpApiConfig> HttpApis(ConfigSection section) =>
        section["httpApis"]?.Map(AwsNames.HttpApi, static value => value.Section(HttpApi)) ?? EmulatorConfig.Default.HttpApis;

    private static HttpApiConfig HttpApi(ConfigSection api)
    {
        var authorizers = api["authorizers"]?.Map(AwsNames.HttpApi, static value => value.Section(Authorizer)) ?? DefaultApi.Authorizers;
        return new()
        {
            Cors = api["cors"]?.Section(Cors),
            Authorizers = authorizers,
            Routes = api["routes"]?.Map(RouteKeys.Check, value => Route(value, authorizers)) ?? DefaultApi.Routes,
            Stages = api["stages"]?.Map(AwsNames.Stage, static value => value.Section(Stage)) ?? DefaultApi.Stages,
        };
    }

    private static HttpApiCorsConfig Cors(ConfigSection cors) => new()
    {
        AllowOrigins = cors["origins"]?.Texts() ?? [],
        AllowMethods = cors["methods"]?.Words(Methods) ?? [],
        AllowHeaders = cors["headers"]?.Texts() ?? [],
        ExposeHeaders = cors["expose"]?.Texts() ?? [],
        MaxAgeSeconds = cors["maxAgeSeconds"]?.Number(-1, 86400),
        AllowCredentials = cors["credentials"]?.Flag() ?? false,
    };

    private static JwtAuthorizerConfig Authorizer(ConfigSection authorizer)
    {
        var (pool, clients) = (authorizer["userPool"], authorizer["clients"]);
        var (issuer, audience) = (authorizer["issuer"], authorizer["audience"]);
        if (pool is null == issuer is null) authorizer.Problem("an authorizer has 'userPool' with 'clients', or 'issuer' with 'audience'");
        else if (pool is not null && clients is null) authorizer.Missing("'clients'");
        else if (issuer is not null && audience is null) authorizer.Missing("'audience'");
        var poolName = pool?.Text();
        if (poolName is not null) pool!.Refers("user pool", poolName, config => config.UserPools.Keys);
        return new()
        {
            UserPool = poolName,
            Clients = clients?.List(client => ClientName(client, poolName)) ?? [],
            Issuer = issuer?.Text(HttpsUrl),
            Audience = audience?.Texts() ?? [],
            IdentitySource = authorizer["identitySource"]?.Texts(IdentitySource) ?? DefaultAuthorizer.IdentitySource,
        };
    }

    private static string? ClientName(ConfigValue value, string? pool)
    {
        var name = value.Text();
        if (name is not null && pool is not null) value.RefersToClient(pool, name);
        return name;
    }

    /// <summary>A function's name, or a mapping.</summary>
    private static RouteConfig Route(ConfigValue value, IReadOnlyDictionary<string, JwtAuthorizerConfig> authorizers) =>
        value.Node is ScalarNode { IsNull: false } ? new(value.FunctionName() ?? "") : value.Section(route => Route(route, authorizers));

    private static RouteConfig Route(ConfigSection route, IReadOnlyDictionary<string, JwtAuthorizerConfig> authorizers)
    {
        var (authorizer, scopes) = (route["authorizer"], route["scopes"]);
        var name = authorizer?.Text();
        if (name is not null) authorizer!.Refers("authorizer of this API", name, _ => authorizers.Keys);
        var scopeNames = scopes?.Texts() ?? [];
        if (scopeNames.Count > 0 && authorizer is null) scopes!.Problem("'scopes' need an 'authorizer'");
        return new(route.Required("function")?.FunctionName() ?? "")
        {
            Authorizer = name,
            Scopes = scopeNames,
            PayloadFormat = route["payloadFormat"]?.OneOf("2.0", "1.0") ?? "2.0",
        };
    }

    private static StageConfig Stage(ConfigSection stage) => new()
    {
        Variables = stage["variables"]?.TextMap() ?? new Dictionary<string, string>(),
    };

    private static string? HttpsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? null : "an issuer is a URL as https://accounts.example.com";

    /// <summary>https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html</summary>
    private static string? IdentitySource(string text) =>
        text.StartsWith("$request.header.", StringComparison.Ordinal) || text.StartsWith("$request.querystring.", StringComparison.Ordinal)
            ? null : "a token's place is written $request.header.Name or $request.querystring.name";
}
