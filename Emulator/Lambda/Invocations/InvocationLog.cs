using System.Globalization;
using System.Text;

namespace Emulator.Lambda.Invocations;

/// <summary>What one invocation writes to its function's log, and the end of it for X-Amz-Log-Result.</summary>
/// <param name="keepTail">Whether the caller asked for the tail.</param>
internal sealed class InvocationLog(FunctionLog log, string requestId, bool keepTail)
{
    private readonly Lock _lock = new();
    private readonly Queue<string> _tail = [];
    private int _tailLength;
    private bool _ended;

    /// <summary>Writes a line as it is.</summary>
    public void Raw(string text)
    {
        lock (_lock)
        {
            // A function that was given up goes on running in this process; in AWS its sandbox is gone.
            if (_ended) return;
            if (text.Length > LambdaLimits.LogLineLength) text = text[..LambdaLimits.LogLineLength];
            log.Add(requestId, text);
            if (!keepTail) return;
            _tail.Enqueue(text);
            _tailLength += text.Length + 1;
            while (_tailLength - _tail.Peek().Length - 1 >= LambdaLimits.LogTailBytes) _tailLength -= _tail.Dequeue().Length + 1;
        }
    }

    /// <summary>Writes a line as AWS's .NET runtime formats it: time, request id, level (<c>info</c>, <c>warn</c>, <c>fail</c>...), message.</summary>
    public void Write(string? level, string message) =>
        Raw(string.IsNullOrEmpty(level) ? $"{Timestamp}\t{requestId}\t{message}" : $"{Timestamp}\t{requestId}\t{level}\t{message}");

    public string Timestamp => log.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public void Start() => Raw($"START RequestId: {requestId} Version: {Functions.FunctionName.Latest}");

    /// <summary>Writes END and REPORT; nothing that comes later is kept.</summary>
    public void End(InvocationReport report)
    {
        Raw($"END RequestId: {requestId}");
        Raw(report.Line(requestId));
        lock (_lock) _ended = true;
    }

    /// <summary>The last 4 KB, in base 64.</summary>
    public string? Tail()
    {
        if (!keepTail) return null;
        lock (_lock)
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(_tail.Select(line => line + "\n")));
            return Convert.ToBase64String(bytes.AsSpan(Math.Max(0, bytes.Length - LambdaLimits.LogTailBytes)));
        }
    }
}

/// <summary>The figures of the line REPORT.</summary>
internal readonly record struct InvocationReport(TimeSpan Duration, TimeSpan? InitDuration, int MemorySizeMb, string? Status)
{
    public string Line(string requestId)
    {
        // Since August 2025 the cold start is billed too. Source: https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/
        var billed = Math.Ceiling((Duration + (InitDuration ?? TimeSpan.Zero)).TotalMilliseconds);
        var line = new StringBuilder(200);
        line.Append(CultureInfo.InvariantCulture, $"REPORT RequestId: {requestId}\tDuration: {Duration.TotalMilliseconds:F2} ms\tBilled Duration: {billed:F0} ms\t");
        line.Append(CultureInfo.InvariantCulture, $"Memory Size: {MemorySizeMb} MB\tMax Memory Used: {MemoryUsedMb} MB\t");
        if (InitDuration is { } init) line.Append(CultureInfo.InvariantCulture, $"Init Duration: {init.TotalMilliseconds:F2} ms\t");
        if (Status is not null) line.Append(CultureInfo.InvariantCulture, $"Status: {Status}");
        return line.ToString();
    }

    /// <summary>Functions share this process; what is told is its managed memory, and no more than the function may have.</summary>
    private int MemoryUsedMb => (int)Math.Min(MemorySizeMb, (GC.GetTotalMemory(forceFullCollection: false) >> 20) + 1);
}
