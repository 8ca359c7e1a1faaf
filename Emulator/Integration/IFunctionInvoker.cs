namespace Emulator.Integration;

/// <summary>Calls functions on behalf of another service (API Gateway, S3 notifications, Cognito triggers).</summary>
internal interface IFunctionInvoker
{
    /// <summary>Invokes and waits. A function that fails is an outcome, not an exception; a function that does not exist is an <see cref="Protocols.AwsException"/> (ResourceNotFoundException).</summary>
    ValueTask<FunctionOutcome> InvokeAsync(FunctionCall call, CancellationToken cancelled);

    /// <summary>Queues an asynchronous invocation (InvocationType Event) and returns; failures are retried as Lambda does.</summary>
    void Enqueue(FunctionCall call);

    /// <summary>Whether a function of this name, partial or full ARN is there.</summary>
    bool Exists(string account, string region, string function);
}

/// <summary>One invocation asked of Lambda.</summary>
/// <param name="Function">Name, partial ARN or ARN.</param>
/// <param name="Payload">The event, as JSON.</param>
/// <param name="Cause">The id of the request on whose behalf it happens, for the journal; null where the emulator itself is the cause.</param>
internal sealed record FunctionCall(string Account, string Region, string Function, ReadOnlyMemory<byte> Payload, string? Cause);

/// <summary>What an invocation gave: the payload, and the kind of error where the function failed (<c>Unhandled</c>).</summary>
internal sealed record FunctionOutcome(ReadOnlyMemory<byte> Payload, string? FunctionError, string RequestId);
