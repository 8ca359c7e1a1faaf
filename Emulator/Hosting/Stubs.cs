namespace Emulator;

public sealed class FunctionRegistry { internal FunctionRegistry Fork() => this; }

internal sealed class NoFunctions : Integration.IFunctionInvoker
{
    public ValueTask<Integration.FunctionOutcome> InvokeAsync(Integration.FunctionCall call, CancellationToken cancelled) => throw Protocols.Errors.NotImplemented("Invoke");
    public void Enqueue(Integration.FunctionCall call) { }
    public bool Exists(string account, string region, string function) => false;
}
