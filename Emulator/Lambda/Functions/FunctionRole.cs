using Amazon.Runtime;
using Emulator.Integration;

namespace Emulator.Lambda.Functions;

/// <summary>The credentials of a function's role, renewed in time by the emulator's clock.</summary>
internal sealed class FunctionRole(ICredentialIssuer issuer, EmulatorClock clock, string arn, string functionName) : AWSCredentials
{
    private static readonly TimeSpan Duration = TimeSpan.FromHours(1);

    /// <summary>More than the longest invocation: credentials that a function takes when it begins last until it ends.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(20);

    private readonly Lock _lock = new();
    private Task<SessionCredentials>? _session;

    public Task<SessionCredentials> SessionAsync()
    {
        lock (_lock)
        {
            // A clock that was set back makes a session longer than it was meant; that one is still good.
            var usable = _session is { IsCompleted: false } || (_session is { IsCompletedSuccessfully: true } issued && issued.Result.Expiration - clock.GetUtcNow() > Margin);
            // Lambda names the session of a role after its function.
            return usable ? _session! : _session = issuer.IssueAsync(new(arn, functionName, Duration)).AsTask();
        }
    }

    /// <summary>The session is not known any more: the state in which it was issued is gone.</summary>
    public void Forget()
    {
        lock (_lock) _session = null;
    }

    /// <summary>For callers that cannot wait: environment variables, the AWS SDK's synchronous side.</summary>
    public SessionCredentials Session() => SessionAsync().GetAwaiter().GetResult();

    public override ImmutableCredentials GetCredentials() => Immutable(Session());

    public override async Task<ImmutableCredentials> GetCredentialsAsync() => Immutable(await SessionAsync());

    private static ImmutableCredentials Immutable(SessionCredentials session) =>
        new(session.AccessKeyId, session.SecretAccessKey, session.SessionToken);
}
