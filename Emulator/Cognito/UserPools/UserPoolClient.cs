using System.Text.Json;
using System.Text.Json.Serialization;

namespace Emulator.Cognito.UserPools;

/// <summary>What CreateUserPoolClient and UpdateUserPoolClient set, with AWS's member names.</summary>
internal abstract record UserPoolClientSettings
{
    public string? ClientName { get; init; }
    public int? RefreshTokenValidity { get; init; }
    public int? AccessTokenValidity { get; init; }
    public int? IdTokenValidity { get; init; }
    public TokenValidityUnits? TokenValidityUnits { get; init; }
    public IReadOnlyList<string>? ReadAttributes { get; init; }
    public IReadOnlyList<string>? WriteAttributes { get; init; }
    public IReadOnlyList<string>? ExplicitAuthFlows { get; init; }
    public IReadOnlyList<string>? SupportedIdentityProviders { get; init; }
    [JsonPropertyName("CallbackURLs")] public IReadOnlyList<string>? CallbackUrls { get; init; }
    [JsonPropertyName("LogoutURLs")] public IReadOnlyList<string>? LogoutUrls { get; init; }
    [JsonPropertyName("DefaultRedirectURI")] public string? DefaultRedirectUri { get; init; }
    public IReadOnlyList<string>? AllowedOAuthFlows { get; init; }
    public IReadOnlyList<string>? AllowedOAuthScopes { get; init; }
    public bool? AllowedOAuthFlowsUserPoolClient { get; init; }
    public JsonElement? AnalyticsConfiguration { get; init; }
    public string? PreventUserExistenceErrors { get; init; }
    public bool? EnableTokenRevocation { get; init; }
    public bool? EnablePropagateAdditionalUserContextData { get; init; }
    public int? AuthSessionValidity { get; init; }
    public RefreshTokenRotation? RefreshTokenRotation { get; init; }
}

internal sealed record TokenValidityUnits(string? AccessToken, string? IdToken, string? RefreshToken);

internal sealed record RefreshTokenRotation(string? Feature, int? RetryGracePeriodSeconds);

/// <summary>An app client as it is stored.</summary>
internal sealed record UserPoolClient : UserPoolClientSettings
{
    public int Format { get; init; } = 1;
    public required string UserPoolId { get; init; }
    public required string ClientId { get; init; }
    public string? ClientSecret { get; init; }
    public required DateTimeOffset CreationDate { get; init; }
    public required DateTimeOffset LastModifiedDate { get; init; }

    [JsonIgnore]
    public TimeSpan AccessTokenLifetime => Lifetime(AccessTokenValidity, TokenValidityUnits?.AccessToken, "hours", CognitoLimits.DefaultTokenValidity);

    [JsonIgnore]
    public TimeSpan IdTokenLifetime => Lifetime(IdTokenValidity, TokenValidityUnits?.IdToken, "hours", CognitoLimits.DefaultTokenValidity);

    [JsonIgnore]
    public TimeSpan RefreshTokenLifetime => Lifetime(RefreshTokenValidity is 0 ? null : RefreshTokenValidity, TokenValidityUnits?.RefreshToken, "days", TimeSpan.FromDays(CognitoLimits.DefaultRefreshTokenDays));

    [JsonIgnore]
    public TimeSpan SessionLifetime => TimeSpan.FromMinutes(AuthSessionValidity ?? CognitoLimits.DefaultAuthSessionMinutes);

    /// <summary>Whether an absent user is answered as if it were there (ENABLED); AWS's default is LEGACY.</summary>
    [JsonIgnore]
    public bool HidesUserExistence => PreventUserExistenceErrors == "ENABLED";

    /// <summary>Whether a flow may be used. Without ExplicitAuthFlows AWS allows SRP, custom and refresh.</summary>
    public bool Allows(string flow) => ExplicitAuthFlows is { Count: > 0 } flows
        ? flows.Contains("ALLOW_" + flow) || (flow == "REFRESH_TOKEN_AUTH" && !flows[0].StartsWith("ALLOW_", StringComparison.Ordinal)) || AllowsByOldName(flows, flow)
        : flow is "USER_SRP_AUTH" or "CUSTOM_AUTH" or "REFRESH_TOKEN_AUTH";

    /// <summary>Without a list a client reads and writes every attribute.</summary>
    public bool CanRead(string attribute) => ReadAttributes is not { Count: > 0 } list || attribute == "sub" || list.Contains(attribute);

    public bool CanWrite(string attribute) => WriteAttributes is not { Count: > 0 } list || list.Contains(attribute);

    private static TimeSpan Lifetime(int? value, string? unit, string defaultUnit, TimeSpan otherwise) => value is not { } number ? otherwise : (unit ?? defaultUnit) switch
    {
        "seconds" => TimeSpan.FromSeconds(number),
        "minutes" => TimeSpan.FromMinutes(number),
        "hours" => TimeSpan.FromHours(number),
        _ => TimeSpan.FromDays(number),
    };

    // The names of before 2019: with them SRP and refresh are always allowed.
    private static bool AllowsByOldName(IReadOnlyList<string> flows, string flow) => flow switch
    {
        "ADMIN_USER_PASSWORD_AUTH" => flows.Contains("ADMIN_NO_SRP_AUTH"),
        "USER_PASSWORD_AUTH" => flows.Contains("USER_PASSWORD_AUTH"),
        "USER_SRP_AUTH" => !flows[0].StartsWith("ALLOW_", StringComparison.Ordinal) && !flows.Contains("CUSTOM_AUTH_FLOW_ONLY"),
        _ => false,
    };
}
