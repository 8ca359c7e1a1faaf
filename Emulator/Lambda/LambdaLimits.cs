namespace Emulator.Lambda;

/// <summary>The quotas of Lambda.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html</remarks>
internal static class LambdaLimits
{
    /// <summary>Payload of a synchronous invocation, in bytes: 6 MB.</summary>
    public const int SynchronousPayloadBytes = 6 * 1024 * 1024;

    /// <summary>Payload of an asynchronous invocation, in bytes: 1 MB since October 2025.</summary>
    public const int AsynchronousPayloadBytes = 1024 * 1024;

    /// <summary>What a function may answer, in bytes. Observed: Lambda's own text says 6291556, 100 more than 6 MB.</summary>
    public const int ResponseBytes = 6_291_556;

    /// <summary>Length of a function's name, in characters.</summary>
    public const int FunctionNameLength = 64;

    /// <summary>Length of a FunctionName parameter (name or ARN), in characters. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html</summary>
    public const int FunctionReferenceLength = 256;

    /// <summary>Length of a qualifier, in characters. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html</summary>
    public const int QualifierLength = 128;

    /// <summary>Functions on one page of ListFunctions. https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html</summary>
    public const int FunctionsPerPage = 50;

    /// <summary>The part of an invocation's log that comes back in X-Amz-Log-Result, in bytes: its last 4 KB.</summary>
    public const int LogTailBytes = 4 * 1024;

    /// <summary>Executions of an account and region at one time.</summary>
    public const int ConcurrentExecutions = 1000;

    /// <summary>How often an asynchronous event is tried again after an error of the function. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html</summary>
    public const int AsynchronousRetries = 2;

    /// <summary>How long an asynchronous event waits at most. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html</summary>
    public static readonly TimeSpan MaximumEventAge = TimeSpan.FromHours(6);

    /// <summary>How deep an event's JSON may be nested. Lambda's parser is Jackson, whose default is 1000.</summary>
    public const int PayloadDepth = 1000;

    // What follows bounds the emulator, not AWS.

    /// <summary>Bytes of a request's body that are read; what lies between this and a service's own limit is told in that service's words.</summary>
    public const int RequestBodyBytes = 16 * 1024 * 1024;

    /// <summary>Bytes that waiting asynchronous events may hold; beyond that an invocation is throttled.</summary>
    public const long QueuedBytes = 256L * 1024 * 1024;

    /// <summary>Asynchronous events that run at one time.</summary>
    public const int ConcurrentEvents = 64;

    /// <summary>Lines kept of a function's log.</summary>
    public const int LogLines = 2000;

    /// <summary>Characters kept of a function's log.</summary>
    public const int LogCharacters = 4 * 1024 * 1024;

    /// <summary>Length of one log line, in characters; what is longer is cut.</summary>
    public const int LogLineLength = 256 * 1024;

    /// <summary>How long a constructor of a function may take.</summary>
    public static readonly TimeSpan Initialization = TimeSpan.FromMinutes(2);

    /// <summary>How long the build of a project may take.</summary>
    public static readonly TimeSpan Build = TimeSpan.FromMinutes(10);
}
