namespace Emulator.Lambda.Invocations;

/// <summary>One invocation of a function, however it came.</summary>
internal sealed record Invocation(string RequestId, ReadOnlyMemory<byte> Payload, string InvokedFunctionArn, string TraceId)
{
    public LambdaClientContext? ClientContext { get; init; }

    public LambdaCognitoIdentity? Identity { get; init; }

    /// <summary>The id of the request that brought it about, for the journal.</summary>
    public string? Cause { get; init; }

    /// <summary>Whether the caller wants the end of the log.</summary>
    public bool Tail { get; init; }
}

/// <summary>What an invocation gave.</summary>
/// <param name="FunctionError"><c>Unhandled</c> where the function failed.</param>
/// <param name="LogTail">The last 4 KB of the log in base 64, where they were asked for.</param>
internal sealed record InvocationResult(ReadOnlyMemory<byte> Payload, string? FunctionError, string? LogTail);
