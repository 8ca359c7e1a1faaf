using System.Text.Json.Serialization.Metadata;
using Emulator.Iam;

namespace Emulator.Protocols;

/// <summary>An operation whose input and output are whole JSON documents.</summary>
internal sealed class JsonOperation<TService, TInput, TOutput>(
    string name, OperationAccess access,
    JsonTypeInfo<TInput> inputType, JsonTypeInfo<TOutput> outputType,
    Func<Call, TInput, IReadOnlyList<Permission>> permissions,
    Func<TService, Call, TInput, ValueTask<TOutput>> execute) : Operation<TService>(name, access)
{
    public override PreparedCall Prepare(TService service, Call call, RestRequest request)
    {
        var input = AwsJson.Decode(request.Content.Span, inputType);
        return new Prepared(this, service, call, input);
    }

    private sealed class Prepared(JsonOperation<TService, TInput, TOutput> operation, TService service, Call call, TInput input) : PreparedCall
    {
        private IReadOnlyList<Permission>? _permissions;

        public override IReadOnlyList<Permission> Permissions => _permissions ??= operation.Permissions(call, input);

        public override async ValueTask<Reply> ExecuteAsync()
        {
            var output = await operation.Execute(service, call, input);
            return new Reply { Content = AwsJson.Encode(output, operation.OutputType) };
        }
    }

    private Func<Call, TInput, IReadOnlyList<Permission>> Permissions { get; } = permissions;
    private Func<TService, Call, TInput, ValueTask<TOutput>> Execute { get; } = execute;
    private JsonTypeInfo<TOutput> OutputType { get; } = outputType;
}

/// <summary>An operation that binds its input from path, query, headers and body, and writes its own reply.</summary>
internal sealed class BoundOperation<TService, TInput, TOutput>(
    string name, OperationAccess access,
    Func<Call, TInput, IReadOnlyList<Permission>> permissions,
    Func<RestRequest, TInput> bind,
    Func<TService, Call, TInput, ValueTask<TOutput>> execute,
    Func<TOutput, Reply> write) : Operation<TService>(name, access)
{
    public override PreparedCall Prepare(TService service, Call call, RestRequest request) =>
        new Prepared(permissions, execute, write, service, call, request, bind(request));

    private sealed class Prepared(
        Func<Call, TInput, IReadOnlyList<Permission>> permissions,
        Func<TService, Call, TInput, ValueTask<TOutput>> execute,
        Func<TOutput, Reply> write, TService service, Call call, RestRequest request, TInput input) : PreparedCall
    {
        private IReadOnlyList<Permission>? _permissions;

        public override IReadOnlyList<Permission> Permissions => _permissions ??= WithConditions(permissions(call, input));

        private IReadOnlyList<Permission> WithConditions(IReadOnlyList<Permission> permissions) => service is IPermissionConditions conditions
            ? [.. permissions.Select(permission => permission with { Context = conditions.ConditionsOf(request, permission) })]
            : permissions;

        public override async ValueTask<Reply> ExecuteAsync() => write(await execute(service, call, input));
    }
}

/// <summary>A REST operation of AWS that is refused by name.</summary>
internal sealed class RefusedOperation<TService>(string name) : Operation<TService>(name, OperationAccess.SignedOrAnonymous)
{
    public override PreparedCall Prepare(TService service, Call call, RestRequest request) => throw Errors.NotImplemented(Name);
}
