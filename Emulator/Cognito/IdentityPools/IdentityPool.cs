using System.Text.Json;
using System.Text.Json.Serialization;

namespace Emulator.Cognito.IdentityPools;

/// <summary>What CreateIdentityPool and UpdateIdentityPool set and DescribeIdentityPool tells, with AWS's member names.</summary>
internal abstract record IdentityPoolSettings
{
    public string? IdentityPoolName { get; init; }
    public bool? AllowUnauthenticatedIdentities { get; init; }
    public bool? AllowClassicFlow { get; init; }
    public Dictionary<string, string>? SupportedLoginProviders { get; init; }
    public string? DeveloperProviderName { get; init; }
    [JsonPropertyName("OpenIdConnectProviderARNs")] public IReadOnlyList<string>? OpenIdConnectProviderArns { get; init; }
    public IReadOnlyList<CognitoIdentityProvider>? CognitoIdentityProviders { get; init; }
    [JsonPropertyName("SamlProviderARNs")] public IReadOnlyList<string>? SamlProviderArns { get; init; }
    public Dictionary<string, string>? IdentityPoolTags { get; init; }
}

/// <summary>A user pool client whose users the identity pool knows.</summary>
internal sealed record CognitoIdentityProvider(string? ProviderName, string? ClientId, bool? ServerSideTokenCheck);

/// <summary>An identity pool as it is stored.</summary>
internal sealed record IdentityPool : IdentityPoolSettings
{
    public int Format { get; init; } = 1;
    public required string Account { get; init; }
    public required string Region { get; init; }
    public required string Id { get; init; }

    /// <summary>By <c>authenticated</c> and <c>unauthenticated</c>.</summary>
    public Dictionary<string, string> Roles { get; init; } = [];

    public Dictionary<string, RoleMapping>? RoleMappings { get; init; }

    [JsonIgnore]
    public string Arn => $"arn:aws:cognito-identity:{Region}:{Account}:identitypool/{Id}";
}

/// <summary>How the users of a provider get their role: from their token, or by rules over its claims.</summary>
internal sealed record RoleMapping(string? Type, string? AmbiguousRoleResolution, RulesConfiguration? RulesConfiguration);

internal sealed record RulesConfiguration(IReadOnlyList<MappingRule>? Rules);

internal sealed record MappingRule
{
    public string? Claim { get; init; }
    public string? MatchType { get; init; }
    public string? Value { get; init; }
    [JsonPropertyName("RoleARN")] public string? RoleArn { get; init; }

    public bool Matches(JsonElement claims)
    {
        if (!claims.TryGetProperty(Claim ?? "", out var claim)) return false;
        var values = claim.ValueKind == JsonValueKind.Array ? claim.EnumerateArray().Select(TextOf).ToList() : [TextOf(claim)];
        return MatchType switch
        {
            "Equals" => Value is not null && values.Contains(Value),
            "NotEqual" => Value is null || !values.Contains(Value),
            "Contains" => values.Any(value => value.Contains(Value ?? "", StringComparison.Ordinal)),
            "StartsWith" => values.Any(value => value.StartsWith(Value ?? "", StringComparison.Ordinal)),
            _ => false,
        };
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}

/// <summary>An identity as it is stored: somebody, known by its logins or, without any, by its id alone.</summary>
internal sealed record Identity
{
    public int Format { get; init; } = 1;
    public required string Id { get; init; }
    public required string IdentityPoolId { get; init; }

    /// <summary>Provider -> the user's sub there.</summary>
    public Dictionary<string, string> Logins { get; init; } = [];
    public required DateTimeOffset CreationDate { get; init; }
    public required DateTimeOffset LastModifiedDate { get; init; }
}
