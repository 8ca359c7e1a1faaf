using Emulator.Iam;

namespace Emulator.Protocols;

/// <summary>Decodes the input of an operation from the bytes of its body; throws the <see cref="AwsException"/> of what cannot be decoded.</summary>
internal delegate TInput RawDecoder<out TInput>(ReadOnlySpan<byte> content);

/// <summary>An operation that reads and writes the bytes of its documents itself: where AWS's texts of decoding errors, or speed, ask for it.</summary>
internal sealed class RawOperation<TService, TInput>(
    string name, OperationAccess access,
    Func<TService, Call, TInput, IReadOnlyList<Permission>> permissions,
    RawDecoder<TInput> decode,
    Func<TService, Call, TInput, ValueTask<ReadOnlyMemory<byte>>> execute) : Operation<TService>(name, access)
{
    public override PreparedCall Prepare(TService service, Call call, RestRequest request) =>
        new Prepared(permissions, execute, service, call, decode(request.Content.Span));

    private sealed class Prepared(
        Func<TService, Call, TInput, IReadOnlyList<Permission>> permissions,
        Func<TService, Call, TInput, ValueTask<ReadOnlyMemory<byte>>> execute,
        TService service, Call call, TInput input) : PreparedCall
    {
        private IReadOnlyList<Permission>? _permissions;

        public override IReadOnlyList<Permission> Permissions => _permissions ??= permissions(service, call, input);

        public override async ValueTask<Reply> ExecuteAsync() => new() { Content = await execute(service, call, input) };
    }
}
