using System.Text.Json;
using System.Text.Json.Serialization;
using Emulator.Lambda;

namespace Emulator;

/// <summary>What a mobile client tells of itself with an invocation.</summary>
public sealed record LambdaClientContext
{
    /// <summary>The application.</summary>
    [JsonPropertyName("client")]
    public LambdaClientApplication? Client { get; init; }

    /// <summary>Values of the client's own.</summary>
    [JsonPropertyName("custom")]
    public IReadOnlyDictionary<string, string>? Custom { get; init; }

    /// <summary>The environment of the client.</summary>
    [JsonPropertyName("env")]
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Reads the header X-Amz-Client-Context.</summary>
    internal static LambdaClientContext? Parse(string? header)
    {
        if (header is null) return null;
        try
        {
            return JsonSerializer.Deserialize(Convert.FromBase64String(header), LambdaJson.Default.LambdaClientContext) ?? throw LambdaErrors.InvalidClientContext();
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            throw LambdaErrors.InvalidClientContext();
        }
    }
}

/// <summary>The client application of a <see cref="LambdaClientContext"/>.</summary>
public sealed record LambdaClientApplication
{
    /// <summary>The id of this installation.</summary>
    [JsonPropertyName("installation_id")]
    public string? InstallationId { get; init; }

    /// <summary>The title of the application.</summary>
    [JsonPropertyName("app_title")]
    public string? AppTitle { get; init; }

    /// <summary>Its version's name.</summary>
    [JsonPropertyName("app_version_name")]
    public string? AppVersionName { get; init; }

    /// <summary>Its version's code.</summary>
    [JsonPropertyName("app_version_code")]
    public string? AppVersionCode { get; init; }

    /// <summary>Its package.</summary>
    [JsonPropertyName("app_package_name")]
    public string? AppPackageName { get; init; }
}

/// <summary>The identity of an identity pool by which a function was invoked.</summary>
/// <param name="IdentityId">As <c>us-east-1:0f1c...</c>.</param>
/// <param name="IdentityPoolId">The pool.</param>
public sealed record LambdaCognitoIdentity(string? IdentityId, string? IdentityPoolId);
