using Emulator.Lambda.Invocations;

namespace Emulator.Lambda.Functions;

/// <summary>A function that is a delegate. It has no cold start, and one instance serves all invocations.</summary>
internal sealed class DelegateCode : FunctionCode
{
    private readonly Instance _instance;

    public DelegateCode(string name, FunctionRegistration registration) => (Handler, _instance) = (name, new(registration));

    public override string Handler { get; }

    public override ValueTask<FunctionInstance> AcquireAsync(InvocationLog log) => new(_instance);

    private sealed class Instance(FunctionRegistration registration) : FunctionInstance
    {
        public override Task<ReadOnlyMemory<byte>> RunAsync(ReadOnlyMemory<byte> payload, LambdaContext context) => registration.Run(payload, context);

        public override void Release(bool reusable) { }
    }
}

/// <summary>A function that is declared, without code: neither a project nor an assembly, and no delegate of its name is registered.</summary>
internal sealed class AbsentCode(string name) : FunctionCode
{
    public override string Handler => name;

    public override FunctionState State => FunctionState.Failed(Problem);

    private string Problem =>
        $"The function '{name}' is declared without project or assembly, and no delegate of this name is registered. Register one: Functions.Register(\"{name}\", ...).";

    public override ValueTask<FunctionInstance> AcquireAsync(InvocationLog log) => throw new FunctionUnavailableException("Emulator.FunctionWithoutCode", Problem);
}
