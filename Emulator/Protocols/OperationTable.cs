using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Emulator.Iam;

namespace Emulator.Protocols;

/// <summary>What a service can do: one row an operation, in the order of the API reference.</summary>
/// <remarks>A row cannot be made without its IAM action. Names that AWS has and this service does not yet answer stand in <see cref="NotBuiltNames"/>, so that they are refused by name.</remarks>
internal sealed class OperationTable<TService>(JsonSerializerContext? json = null)
{
    private readonly Dictionary<string, Operation<TService>> _byName = new(StringComparer.Ordinal);
    private readonly RestRoutes<Operation<TService>> _routes = new();
    private readonly Dictionary<string, string> _actions = new(StringComparer.Ordinal);

    /// <summary>The operations that are built, in the order of the table.</summary>
    public IEnumerable<string> Names => _actions.Keys;

    /// <summary>The IAM action of an operation that is built; "" where IAM has no say.</summary>
    public string ActionOf(string name) => _actions[name];

    /// <summary>Names on the wire that AWS has and this table has not.</summary>
    public HashSet<string> NotBuiltNames { get; } = new(StringComparer.Ordinal);

    /// <summary>An operation of a JSON-RPC protocol (awsJson): found by name, input and output as JSON documents.</summary>
    public OperationTable<TService> Json<TInput, TOutput>(string name, string action,
        Func<Call, TInput, string> resource, Func<TService, Call, TInput, TOutput> execute,
        OperationAccess access = OperationAccess.Signed) =>
        JsonAsync<TInput, TOutput>(name, action, One(action, resource), (service, call, input) => new(execute(service, call, input)), access);

    public OperationTable<TService> JsonAsync<TInput, TOutput>(string name, string action,
        Func<Call, TInput, string> resource, Func<TService, Call, TInput, ValueTask<TOutput>> execute,
        OperationAccess access = OperationAccess.Signed) =>
        JsonAsync(name, action, One(action, resource), execute, access);

    /// <summary>As above, for an operation that touches several resources.</summary>
    public OperationTable<TService> JsonAsync<TInput, TOutput>(string name, string action,
        Func<Call, TInput, IReadOnlyList<Permission>> permissions, Func<TService, Call, TInput, ValueTask<TOutput>> execute,
        OperationAccess access = OperationAccess.Signed) =>
        Add(new JsonOperation<TService, TInput, TOutput>(name, access, TypeInfo<TInput>(), TypeInfo<TOutput>(), permissions, execute), action);

    /// <summary>An operation of a REST protocol: found by method and URI template (<c>GET /{Bucket}/{Key+}?uploadId</c>), bound and written by its own functions.</summary>
    public OperationTable<TService> Rest<TInput, TOutput>(string name, string template, string action,
        Func<Call, TInput, string> resource, Func<RestRequest, TInput> bind,
        Func<TService, Call, TInput, ValueTask<TOutput>> execute, Func<TOutput, Reply> write,
        OperationAccess access = OperationAccess.Signed) =>
        Rest(name, template, action, One(action, resource), bind, execute, write, access);

    public OperationTable<TService> Rest<TInput, TOutput>(string name, string template, string action,
        Func<Call, TInput, IReadOnlyList<Permission>> permissions, Func<RestRequest, TInput> bind,
        Func<TService, Call, TInput, ValueTask<TOutput>> execute, Func<TOutput, Reply> write,
        OperationAccess access = OperationAccess.Signed)
    {
        var operation = new BoundOperation<TService, TInput, TOutput>(name, access, permissions, bind, execute, write);
        _routes.Add(template, operation);
        return Add(operation, action);
    }

    /// <summary>An operation of the query protocol (<c>Action=</c>): found by name, bound from the form, written as XML by its own function.</summary>
    public OperationTable<TService> Query<TInput, TOutput>(string name, string action,
        Func<Call, TInput, string> resource, Func<RestRequest, TInput> bind,
        Func<TService, Call, TInput, ValueTask<TOutput>> execute, Func<TOutput, Call, Reply> write,
        OperationAccess access = OperationAccess.Signed) =>
        Query(name, action, One(action, resource), bind, execute, write, access);

    /// <summary>As above, for an operation that needs several permissions.</summary>
    public OperationTable<TService> Query<TInput, TOutput>(string name, string action,
        Func<Call, TInput, IReadOnlyList<Permission>> permissions, Func<RestRequest, TInput> bind,
        Func<TService, Call, TInput, ValueTask<TOutput>> execute, Func<TOutput, Call, Reply> write,
        OperationAccess access = OperationAccess.Signed) =>
        Add(new BoundOperation<TService, TInput, (TOutput Output, Call Call)>(name, access, permissions, bind,
            async (service, call, input) => (await execute(service, call, input), call), result => write(result.Output, result.Call)), action);

    /// <summary>An operation found by name that decodes and writes the bytes of its documents itself.</summary>
    public OperationTable<TService> Raw<TInput>(string name, string action,
        Func<TService, Call, TInput, IReadOnlyList<Permission>> permissions, RawDecoder<TInput> decode,
        Func<TService, Call, TInput, ValueTask<ReadOnlyMemory<byte>>> execute,
        OperationAccess access = OperationAccess.Signed) =>
        Add(new RawOperation<TService, TInput>(name, access, permissions, decode, execute), action);

    /// <summary>Operations found by name that AWS has and this service does not answer yet: 501 by name.</summary>
    public OperationTable<TService> NotBuilt(params ReadOnlySpan<string> names)
    {
        foreach (var name in names) NotBuiltNames.Add(name);
        return this;
    }

    /// <summary>A REST operation that AWS has and this service does not answer yet.</summary>
    public OperationTable<TService> NotBuilt(string name, string template)
    {
        NotBuiltNames.Add(name);
        _routes.Add(template, new RefusedOperation<TService>(name));
        return this;
    }

    public Operation<TService>? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Finds by method, path and query; sets the request's labels.</summary>
    public Operation<TService>? Find(RestRequest request) => _routes.Match(request);

    private static Func<Call, TInput, IReadOnlyList<Permission>> One<TInput>(string action, Func<Call, TInput, string> resource) =>
        action.Length == 0 ? static (_, _) => [] : (call, input) => [new Permission(action, resource(call, input))];

    private OperationTable<TService> Add(Operation<TService> operation, string action)
    {
        _byName[operation.Name] = operation;
        _actions[operation.Name] = action;
        return this;
    }

    private JsonTypeInfo<T> TypeInfo<T>() =>
        json?.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new InvalidOperationException($"{typeof(T).Name} is not in the table's JsonSerializerContext.");
}
