using Emulator.Lambda.Invocations;

namespace Emulator.Lambda.Functions;

/// <summary>What a function is made of: a delegate, or .NET code that is built and loaded.</summary>
internal abstract class FunctionCode
{
    /// <summary>The handler as GetFunction shows it and <c>_HANDLER</c> holds it.</summary>
    public abstract string Handler { get; }

    /// <summary>Where the code lies; null for a delegate.</summary>
    public virtual string? Folder => null;

    /// <summary>Size in bytes and SHA-256 of the code, as far as it is known.</summary>
    public virtual CodeDigest Digest => CodeDigest.None;

    public virtual FunctionState State => FunctionState.Active;

    /// <summary>Waits until the code is there (a build that runs, a load) and lends one execution environment of it (what its constructor writes goes to the log), to be given back by <see cref="FunctionInstance.Release"/>.</summary>
    /// <exception cref="FunctionUnavailableException">It does not build, does not load, or fails in its constructor.</exception>
    public abstract ValueTask<FunctionInstance> AcquireAsync(InvocationLog log);
}

/// <summary>Something that carries out one invocation at a time.</summary>
internal abstract class FunctionInstance
{
    /// <summary>How long it took to make it, where it was made for this invocation: a cold start.</summary>
    public TimeSpan? InitDuration { get; set; }

    public abstract Task<ReadOnlyMemory<byte>> RunAsync(ReadOnlyMemory<byte> payload, LambdaContext context);

    /// <summary>Gives it back. An instance whose function did not finish in time is not used again, as AWS resets the execution environment.</summary>
    public abstract void Release(bool reusable);
}

internal readonly record struct CodeDigest(long SizeBytes, string Sha256)
{
    /// <summary>Of no bytes.</summary>
    public static CodeDigest None { get; } = new(0, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

/// <summary>State, reason and reason code, in AWS's words.</summary>
internal sealed record FunctionState(string State, string? Reason = null, string? ReasonCode = null)
{
    public static FunctionState Active { get; } = new("Active");

    public static FunctionState Creating { get; } = new("Pending", "The function is being created.", "Creating");

    public static FunctionState Failed(string reason) => new("Failed", reason, "InternalError");
}

/// <summary>A function that cannot run: the error document that its invocations are answered with.</summary>
internal sealed class FunctionUnavailableException(string errorType, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>As <c>LambdaValidationException</c>, which AWS's .NET runtime gives for a handler it cannot find.</summary>
    public string ErrorType { get; } = errorType;

    /// <summary>What AWS's .NET runtime says of a handler that it cannot use.</summary>
    public static FunctionUnavailableException Invalid(string message) => new("LambdaValidationException", message);
}
