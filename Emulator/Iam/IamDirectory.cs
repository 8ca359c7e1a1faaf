using System.Globalization;
using Emulator.Iam.Policies;
using Emulator.Integration;
using Emulator.Protocols;
using Emulator.SigV4;

namespace Emulator.Iam;

/// <summary>Knows every principal: the accounts, users, roles and access keys of emulator.yaml, and the sessions that were issued.</summary>
internal sealed class IamDirectory(ServiceContext context) : ICredentialLookup, ICredentialIssuer
{
    private readonly IamSessions _sessions = new(context);
    private DeclaredPrincipals? _declared;

    public PolicyCache Policies { get; } = new();

    public DeclaredPrincipals Declared => _declared ??= new(context.Config, Policies);

    /// <inheritdoc/>
    public KnownKey? Find(string accessKeyId) => Declared.Key(accessKeyId) ?? (accessKeyId.StartsWith("ASIA", StringComparison.Ordinal) ? _sessions.Find(accessKeyId) : null);

    /// <inheritdoc/>
    public async ValueTask<SessionCredentials> IssueAsync(SessionRequest request)
    {
        var caller = SessionOf(request.RoleArn, request.SessionName) ?? throw new AwsException("ValidationError", $"{request.RoleArn} is invalid");
        var context = new Dictionary<string, string>(request.SessionContext ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var (key, value) in caller.SessionContext) context[key] = value;
        return await IssueAsync(caller with { SessionPolicy = request.SessionPolicy, SessionContext = context }, request.Duration);
    }

    /// <summary>Who acts in a role, without credentials; null where the ARN is no role's.</summary>
    public static Caller? SessionOf(string roleArn, string sessionName)
    {
        if (DeclaredPrincipals.ReadRoleArn(roleArn) is not var (account, _, name)) return null;
        return new Caller(CallerKind.AssumedRole, account, $"arn:aws:sts::{account}:assumed-role/{name}/{sessionName}", $"{DeclaredPrincipals.IdOf(CallerKind.AssumedRole, account, name)}:{sessionName}")
        {
            PrincipalName = name,
            SessionContext = new Dictionary<string, string>(StringComparer.Ordinal) { [PrincipalArnKey] = roleArn },
        };
    }

    /// <summary>Temporary credentials of a caller that stays who it is, with whatever its session context holds (GetSessionToken).</summary>
    public async ValueTask<SessionCredentials> IssueAsync(Caller caller, TimeSpan duration)
    {
        var issued = new Dictionary<string, string>(caller.SessionContext, StringComparer.Ordinal)
        {
            ["aws:TokenIssueTime"] = context.Clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            // Source: aws:MultiFactorAuthPresent is there for temporary credentials only.
            ["aws:MultiFactorAuthPresent"] = "false",
        };
        var (key, id) = await _sessions.IssueAsync(caller with { SessionContext = issued }, duration);
        return new(id, key.SecretAccessKey, key.SessionToken!, key.Expiration!.Value, key.Caller);
    }

    /// <summary>The declared user or role whose policies apply to a caller; null where there is none.</summary>
    public IamPrincipal? PrincipalOf(Caller caller) => caller.Kind switch
    {
        CallerKind.User => Declared.User(caller.Account, caller.PrincipalName ?? ""),
        CallerKind.AssumedRole => Declared.Role(caller.Account, caller.PrincipalName ?? ""),
        _ => null,
    };

    /// <summary>The role of an ARN; null where it is not declared.</summary>
    public IamPrincipal? FindRole(string arn) =>
        DeclaredPrincipals.ReadRoleArn(arn) is var (account, path, name) && Declared.Role(account, name) is { } role && role.Path == path ? role : null;

    /// <summary>The ARN by which policies name the caller: a session's role, else the caller itself.</summary>
    public static string PrincipalArnOf(Caller caller, IamPrincipal? principal)
    {
        if (caller.Kind is not CallerKind.AssumedRole) return caller.Arn;
        return principal?.Arn ?? caller.SessionContext.GetValueOrDefault(PrincipalArnKey) ?? $"arn:aws:iam::{caller.Account}:role/{caller.PrincipalName}";
    }

    private const string PrincipalArnKey = "aws:PrincipalArn";
}
