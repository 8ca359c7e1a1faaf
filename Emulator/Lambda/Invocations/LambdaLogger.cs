using Emulator.Lambda.Invocations;

namespace Emulator;

/// <summary>Writes to the log of a function.</summary>
public sealed class LambdaLogger
{
    private readonly InvocationLog _log;

    internal LambdaLogger(InvocationLog log) => _log = log;

    /// <summary>Writes the message as it is.</summary>
    public void Log(string message) => _log.Raw(message.TrimEnd('\r', '\n'));

    /// <summary>Writes a line with time, request id and the level <c>info</c>, as AWS's .NET runtime does.</summary>
    public void LogLine(string message) => _log.Write("info", message);

    /// <summary>As <see cref="LogLine"/>.</summary>
    public void LogInformation(string message) => _log.Write("info", message);

    /// <summary>Writes a line with the level <c>warn</c>.</summary>
    public void LogWarning(string message) => _log.Write("warn", message);

    /// <summary>Writes a line with the level <c>fail</c>.</summary>
    public void LogError(string message) => _log.Write("fail", message);
}
