using Emulator.Configuration;
using Emulator.Iam;
using Emulator.Integration;
using Emulator.Protocols;
using Emulator.S3.Objects;
using Microsoft.AspNetCore.Http;

namespace Emulator.S3.Upstream;

/// <summary>A bucket that another server keeps.</summary>
/// <param name="Name">Its name here; "" for the server as a whole.</param>
/// <param name="NameThere">Its name there.</param>
internal sealed record UpstreamBucket(UpstreamServer Server, string Name, string NameThere);

/// <summary>Which buckets other servers keep, as emulator.yaml says.</summary>
internal sealed class Upstreams : IDisposable
{
    private readonly Dictionary<UpstreamConfig, UpstreamServer> _servers = [];
    private readonly Dictionary<string, UpstreamBucket> _buckets = new(StringComparer.Ordinal);
    private readonly UpstreamServer? _all;
    private readonly string _account;

    private Upstreams(ServiceContext context)
    {
        _account = context.Config.Account;
        if (context.Config.S3Upstream is { } all) _all = ServerOf(context, all);
        foreach (var (name, declared) in context.Config.Buckets)
        {
            if (declared.Upstream is { } upstream) _buckets[name] = new(ServerOf(context, upstream), name, upstream.Bucket ?? name);
        }
    }

    /// <summary>null where everything is kept here.</summary>
    public static Upstreams? Of(ServiceContext context) =>
        context.Config.S3Upstream is null && context.Config.Buckets.Values.All(static bucket => bucket.Upstream is null) ? null : new(context);

    /// <summary>Buckets of one server share its connections.</summary>
    private UpstreamServer ServerOf(ServiceContext context, UpstreamConfig upstream)
    {
        var config = upstream with { Bucket = null, Region = upstream.Region ?? context.Config.Region };
        if (!_servers.TryGetValue(config, out var server)) _servers[config] = server = new(config, context.Clock.MachineClock);
        return server;
    }

    /// <summary>null for a bucket that is kept here.</summary>
    public UpstreamBucket? Find(string bucket) => _buckets.GetValueOrDefault(bucket) ?? (_all is null ? null : new(_all, bucket, bucket));

    /// <summary>The call as another server answers it; null where it is executed here.</summary>
    public PreparedCall? Forward(S3Service service, Operation<S3Service> operation, Call call, RestRequest request)
    {
        var target = TargetOf(operation.Name, call, request);
        var source = operation.Name is "CopyObject" or "UploadPartCopy" ? Find(CopySource.Of(request, VersionId.Null).Bucket.Name) : null;
        if (target is null && source is null) return null;
        Permission[] permissions =
        [
            .. operation.Prepare(service, call, WithoutForeignNames(request)).Permissions
                .Select(permission => permission.Context is S3Conditions conditions ? permission with { Context = conditions.Of(request) } : permission),
        ];
        return operation.Name is "CopyObject" or "UploadPartCopy" && source?.Server != target?.Server
            ? new CarriedCopy(service, this, source, target, call, request, permissions)
            : new ForwardedCall(service, this, target!, operation.Name, call, request, permissions);
    }

    private UpstreamBucket? TargetOf(string operation, Call call, RestRequest request)
    {
        // A form is taken apart here: what it uploads goes on as a PutObject.
        if (operation == "PostObject") return null;
        if (request.Labels.TryGetValue("Bucket", out var bucket)) return Find(bucket);
        // What is upstream belongs to the one account.
        return _all is not null && call.Caller.Kind != CallerKind.Anonymous && call.Account == _account ? new(_all, "", "") : null;
    }

    /// <summary>The request as the operation here can read it: of the names that another server gave, only that they are there.</summary>
    private static RestRequest WithoutForeignNames(RestRequest request)
    {
        var query = request.Query.Where(static parameter => parameter.Key != "continuation-token")
            .Select(static parameter => parameter is { Key: "versionId" or "version-id-marker", Value.Length: > 0 } ? new(parameter.Key, VersionId.Null.Text) : parameter);
        if (request.Header(CopySource.Header) is not { } source || source.LastIndexOf(CopySource.VersionMark, StringComparison.Ordinal) is not (>= 0 and var mark)) return request with { Query = [.. query] };
        var headers = new HeaderDictionary();
        foreach (var (name, value) in request.Headers) headers[name] = value;
        headers[CopySource.Header] = source[..mark] + CopySource.VersionMark + VersionId.Null.Text;
        return request with { Query = [.. query], Headers = headers };
    }

    public void Dispose()
    {
        foreach (var server in _servers.Values) server.Dispose();
    }
}
