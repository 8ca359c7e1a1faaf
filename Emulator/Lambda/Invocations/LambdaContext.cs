using Amazon.Runtime;
using Emulator.Lambda.Functions;
using Emulator.Lambda.Invocations;

namespace Emulator;

/// <summary>What a function learns about the invocation that it carries out, under AWS's names, and how it reaches the emulator.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/csharp-context.html</remarks>
public sealed class LambdaContext
{
    private readonly Function _function;
    private readonly Invocation _invocation;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Lock _lock = new();
    private CancellationTokenSource? _timeout;
    private IReadOnlyDictionary<string, string>? _environment;

    internal LambdaContext(Function function, Invocation invocation, InvocationLog log, TimeProvider time)
    {
        (_function, _invocation, _time) = (function, invocation, time);
        _started = time.GetTimestamp();
        Log = log;
        Logger = new LambdaLogger(log);
    }

    /// <summary>The id of the invocation, the same as the request id of the Invoke call, and the same again for its retries.</summary>
    public string AwsRequestId => _invocation.RequestId;

    /// <summary>The function's name.</summary>
    public string FunctionName => _function.Name;

    /// <summary>The version that runs: <c>$LATEST</c>.</summary>
    public string FunctionVersion { get; } = Lambda.Functions.FunctionName.Latest;

    /// <summary>The ARN by which the function was invoked, with the qualifier if one was given.</summary>
    public string InvokedFunctionArn => _invocation.InvokedFunctionArn;

    /// <summary>The memory that the function is configured with, in MB.</summary>
    public int MemoryLimitInMB => _function.Settings.MemorySizeMb;

    /// <summary><c>/aws/lambda/NAME</c>.</summary>
    public string LogGroupName => _function.LogGroupName;

    /// <summary>The stream of the group to which this function's execution environment logs.</summary>
    public string LogStreamName => _function.LogStreamName;

    /// <summary>How long the invocation may still take, in real time.</summary>
    public TimeSpan RemainingTime
    {
        get
        {
            var left = _function.Settings.Timeout - _time.GetElapsedTime(_started);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Writes to the function's log.</summary>
    public LambdaLogger Logger { get; }

    /// <summary>The X-Ray trace header of the invocation, as <c>Root=1-...;Parent=...;Sampled=0</c>.</summary>
    public string TraceId => _invocation.TraceId;

    /// <summary>What the client sent in X-Amz-Client-Context; null where it sent nothing.</summary>
    public LambdaClientContext? ClientContext => _invocation.ClientContext;

    /// <summary>The identity of an identity pool whose credentials signed the Invoke call; else null.</summary>
    public LambdaCognitoIdentity? Identity => _invocation.Identity;

    /// <summary>The function's environment variables: its own and those that Lambda sets, with the role's credentials.</summary>
    public IReadOnlyDictionary<string, string> Environment
    {
        get
        {
            lock (_lock)
            {
                if (_environment is not null) return _environment;
                var variables = FunctionEnvironment.Of(_function, _function.Role.Session(), Endpoint);
                variables[FunctionEnvironment.TraceId] = TraceId;
                return _environment = variables;
            }
        }
    }

    /// <summary>Where the emulator listens; null where it listens on no port.</summary>
    public Uri? Endpoint => _function.Host.Endpoint();

    /// <summary>The credentials of the function's role. They renew themselves.</summary>
    public AWSCredentials Credentials => _function.Role;

    /// <summary>Is cancelled when the invocation times out. The caller is answered then, whether the function heeds it or not.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            lock (_lock) return (_timeout ??= new CancellationTokenSource(RemainingTime, _time)).Token;
        }
    }

    internal InvocationLog Log { get; }

    /// <summary>A client of the AWS SDK for .NET that acts with the function's role in this emulator. It is kept: the next invocation gets the same one.</summary>
    public T CreateClient<T>() where T : AmazonServiceClient => _function.Client<T>();

    /// <summary>The invocation has ended in time: its timer is not needed any more.</summary>
    internal void End()
    {
        lock (_lock) _timeout?.Dispose();
    }
}
