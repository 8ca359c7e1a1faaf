using Emulator.Iam;
using Emulator.Protocols;

namespace Emulator.Tracing;

/// <summary>What becomes known of one request while it is answered; in the end, its entry in the journal.</summary>
internal sealed class RequestTrace(DateTimeOffset time, string service)
{
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private static readonly Protocol Plain = new RestJsonProtocol();

    public DateTimeOffset Time { get; } = time;
    public string Service { get; } = service;
    public string Operation { get; set; } = "";
    public string RequestId { get; set; } = "";
    public Caller Caller { get; set; } = Caller.Anonymous;
    public Protocol Protocol { get; set; } = Plain;
    public RestRequest? Request { get; set; }
    public int StatusCode { get; set; }
    public string? ErrorCode { get; private set; }
    public string Decision { get; set; } = "NotEvaluated";
    public string? Explanation { get; set; }
    public IReadOnlyList<Permission> Permissions { get; set; } = [];

    public void Refused(AwsException error) => ErrorCode = error.Code;

    public void Failed(int statusCode, string errorCode) => (StatusCode, ErrorCode) = (statusCode, errorCode);

    public JournalEntry ToEntry() => new()
    {
        RequestId = RequestId,
        Time = Time,
        Service = Service,
        Operation = Operation,
        Caller = Caller.Arn,
        Resources = Permissions.Count switch
        {
            0 => [],
            1 => [Permissions[0].Resource], // most requests; the general case would allocate ten times as much
            _ => [.. Permissions.Select(permission => permission.Resource).Distinct()],
        },
        Decision = Decision,
        Explanation = Explanation,
        Cause = CauseScope.Current,
        StatusCode = StatusCode,
        ErrorCode = ErrorCode,
        Duration = TimeProvider.System.GetElapsedTime(_began),
    };
}

/// <summary>Which request caused what happens now: set around a function's run, read when the function calls back.</summary>
internal static class CauseScope
{
    // Flows with the asynchronous call and belongs to no emulator: the ids in it are those of the emulator that set them.
    private static readonly AsyncLocal<string?> Cause = new();

    public static string? Current => Cause.Value;

    public static IDisposable Enter(string? requestId)
    {
        var before = Cause.Value;
        Cause.Value = requestId;
        return new Leave(before);
    }

    private sealed class Leave(string? before) : IDisposable
    {
        public void Dispose() => Cause.Value = before;
    }
}
