namespace Emulator.Lambda.Invocations;

/// <summary>The last lines of a function's log.</summary>
internal sealed class FunctionLog(string function, EmulatorClock clock, Action<string, FunctionLogLine>? sink)
{
    private readonly Queue<FunctionLogLine> _lines = [];
    private long _characters;

    public IReadOnlyList<FunctionLogLine> Lines
    {
        get { lock (_lines) return [.. _lines]; }
    }

    public DateTimeOffset Now => clock.GetUtcNow();

    public void Add(string requestId, string text)
    {
        var line = new FunctionLogLine(Now, requestId, text);
        lock (_lines)
        {
            _lines.Enqueue(line);
            _characters += text.Length;
            while (_lines.Count > LambdaLimits.LogLines || _characters > LambdaLimits.LogCharacters) _characters -= _lines.Dequeue().Text.Length;
        }
        sink?.Invoke(function, line);
    }
}
