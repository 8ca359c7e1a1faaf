namespace Emulator;

/// <summary>A line of a function's log, as it would stand in CloudWatch Logs.</summary>
/// <param name="Time">When it was written, by the emulator's clock.</param>
/// <param name="RequestId">The invocation that wrote it.</param>
/// <param name="Text">The line, without its line break; it may hold others.</param>
public sealed record FunctionLogLine(DateTimeOffset Time, string RequestId, string Text);
