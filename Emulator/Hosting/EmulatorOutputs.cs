using System.Text.Json;
using System.Text.Json.Nodes;
using Emulator.Hosting;

namespace Emulator;

/// <summary>What a front end needs to know, by the names of emulator.yaml: pool and client ids, URLs, region.</summary>
public sealed class EmulatorOutputs
{
    private readonly JsonObject _json;

    private EmulatorOutputs(JsonObject json) => _json = json;

    /// <summary>The id of a declared user pool.</summary>
    public string UserPoolId(string name) => Text("userPools", name, "id");

    /// <summary>The id of a declared user pool's client.</summary>
    public string UserPoolClientId(string pool, string client) => Text("userPools", pool, "clients", client);

    /// <summary>The id of a declared identity pool.</summary>
    public string IdentityPoolId(string name) => Text("identityPools", name, "id");

    /// <summary>The URL of a declared HTTP API, without a trailing slash.</summary>
    public string HttpApiUrl(string name) => Text("httpApis", name, "url");

    /// <summary>The URL of a declared bucket's website.</summary>
    public string WebsiteUrl(string bucket) => Text("buckets", bucket, "website");

    /// <summary>All of it as JSON.</summary>
    public override string ToString() => _json.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    internal static EmulatorOutputs Of(EmulatorHost host, string baseUrl) => new(OutputsWriter.Write(host.Config, baseUrl));

    private string Text(params ReadOnlySpan<string> path)
    {
        JsonNode? node = _json;
        foreach (var name in path) node = (node as JsonObject)?[name];
        return node?.GetValue<string>() ?? throw new KeyNotFoundException($"The configuration declares no {string.Join('.', path.ToArray())}.");
    }
}
