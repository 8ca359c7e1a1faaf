using System.Text;
using System.Text.Json;
using Emulator.ApiGateway.HttpApis;
using Emulator.Integration;
using Emulator.Storage;

namespace Emulator.ApiGateway;

/// <summary>The APIs of every account and region: their definitions, and the door to them.</summary>
internal sealed class ApiGatewayService(ServiceContext context, IFunctionInvoker functions, ITokenVerifier tokens) : IServiceSlice
{
    private static readonly Space Apis = new("apigateway.httpapis");

    // Definitions as parsed at one version of the space; replaced whole, never changed.
    private volatile Loaded? _loaded;

    public ServiceContext Context { get; } = context;
    public IFunctionInvoker Functions { get; } = functions;
    public ITokenVerifier Tokens { get; } = tokens;

    /// <summary>The API of an id, in whatever account and region it is: an id is unique among all.</summary>
    public HttpApi? Find(string apiId) => Load().ById.GetValueOrDefault(apiId);

    /// <summary>The APIs of an account in a region, by id.</summary>
    public IEnumerable<HttpApi> List(string account, string region) =>
        Load().ById.Values.Where(api => api.Account == account && api.Region == region).OrderBy(api => api.ApiId, StringComparer.Ordinal);

    public async ValueTask<IReadOnlyList<string>> ApplyAsync(CancellationToken cancelled)
    {
        foreach (var (name, declared) in Context.Config.HttpApis)
        {
            var api = HttpApi.Declare(Context.Config, name, declared, Context.Clock.GetUtcNow());
            if (Find(api.ApiId) is { } stored)
            {
                if (!Encode(stored with { CreatedDate = api.CreatedDate }).AsSpan().SequenceEqual(Encode(api))) await PutAsync(api with { CreatedDate = stored.CreatedDate });
                continue;
            }
            await PutAsync(api);
        }
        return [];
    }

    public IEnumerable<ResourceSummary> Resources() => Load().ById.Values.Select(api =>
        new ResourceSummary("apigateway", "HttpApi", api.Name, api.ApiId, $"arn:aws:apigateway:{api.Region}::/apis/{api.ApiId}", $"//{api.ApiId}.execute-api.localhost"));

    private async ValueTask PutAsync(HttpApi api) => await Context.Store.WriteAsync(write =>
    {
        write.Put(Apis, Key(api), Encode(api));
        return true;
    });

    private static byte[] Key(HttpApi api) => Encoding.UTF8.GetBytes($"{api.Account}/{api.Region}/{api.ApiId}");

    private static byte[] Encode(HttpApi api) => JsonSerializer.SerializeToUtf8Bytes(api, ApiGatewayJson.Default.HttpApi);

    private Loaded Load()
    {
        var version = Context.Store.Version(Apis);
        if (_loaded is { } loaded && loaded.Version == version) return loaded;
        using var snapshot = Context.Store.Snapshot();
        var byId = new Dictionary<string, HttpApi>(StringComparer.Ordinal);
        foreach (var entry in snapshot.Range(Apis, KeyRange.All))
        {
            var api = JsonSerializer.Deserialize(entry.Value.Span, ApiGatewayJson.Default.HttpApi)!;
            byId[api.ApiId] = api;
        }
        return _loaded = new Loaded(snapshot.Version(Apis), byId);
    }

    private sealed record Loaded(long Version, Dictionary<string, HttpApi> ById);
}
