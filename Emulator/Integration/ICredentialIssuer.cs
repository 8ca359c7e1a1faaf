using Emulator.Iam;

namespace Emulator.Integration;

/// <summary>Makes temporary credentials of a role (identity pools, functions, STS).</summary>
internal interface ICredentialIssuer
{
    /// <summary>A session of the role, verified by the edge from now until it expires. An unknown role of the emulator is still issued: it then has no policies.</summary>
    ValueTask<SessionCredentials> IssueAsync(SessionRequest request);
}

/// <summary>A session that is asked for.</summary>
internal sealed record SessionRequest(string RoleArn, string SessionName, TimeSpan Duration)
{
    public string? SessionPolicy { get; init; }

    /// <summary>Values for policy variables, as <c>cognito-identity.amazonaws.com:sub</c>.</summary>
    public IReadOnlyDictionary<string, string>? SessionContext { get; init; }
}

/// <summary>Temporary credentials and who they are.</summary>
internal sealed record SessionCredentials(string AccessKeyId, string SecretAccessKey, string SessionToken, DateTimeOffset Expiration, Caller Caller);
