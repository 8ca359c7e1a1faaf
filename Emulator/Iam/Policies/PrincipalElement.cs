namespace Emulator.Iam.Policies;

/// <summary>How directly a resource policy names the caller, from not at all to its very session or to everybody.</summary>
/// <remarks>The difference matters within one account: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-id-rdp.html</remarks>
internal enum PrincipalMatch
{
    None,

    /// <summary>The account: it delegates to the account's own identity policies.</summary>
    Account,

    /// <summary>The role of the session: a permissions boundary or a session policy still limits it.</summary>
    Role,

    /// <summary>The user, the session, the service, or everybody: nothing but an explicit deny limits it.</summary>
    Direct,
}

/// <summary>The Principal or NotPrincipal of a statement.</summary>
/// <remarks>A wildcard is only ever everybody: AWS has no patterns of principals. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html</remarks>
internal sealed class PrincipalElement
{
    private readonly List<string> _aws = [];
    private readonly List<string> _services = [];
    private readonly List<string> _canonicalUsers = [];

    public static PrincipalElement Everybody { get; } = new() { IsEverybody = true };

    public bool IsEverybody { get; private set; }

    /// <param name="type"><c>AWS</c>, <c>Service</c>, <c>Federated</c> or <c>CanonicalUser</c>.</param>
    public void Add(string type, string value)
    {
        switch (type)
        {
            case "AWS" when value == "*": IsEverybody = true; break;
            case "AWS": _aws.Add(AccountOf(value) ?? value); break;
            case "Service": _services.Add(value); break;
            case "CanonicalUser": _canonicalUsers.Add(value); break;
            // Federated principals name nobody who signs a request to this emulator.
            default: break;
        }
    }

    public PrincipalMatch Match(AccessRequest request)
    {
        if (IsEverybody) return PrincipalMatch.Direct;
        var caller = request.Caller;
        if (caller.Kind is CallerKind.Anonymous) return PrincipalMatch.None;
        if (caller.Kind is CallerKind.Service) return _services.Contains(caller.Arn) || _services.Contains("*") ? PrincipalMatch.Direct : PrincipalMatch.None;
        var best = PrincipalMatch.None;
        foreach (var principal in _aws)
        {
            var match = MatchOne(principal, request);
            if (match > best) best = match;
        }
        return best == PrincipalMatch.None && _canonicalUsers.Count > 0 && _canonicalUsers.Contains(CanonicalUser.IdOf(caller.Account)) ? PrincipalMatch.Account : best;
    }

    /// <summary>Whether a NotPrincipal with Deny leaves the caller alone: each of its identities must stand in it, the account, the role and the session.</summary>
    /// <remarks>Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html ("you must also specify the account ARN of the not-denied principal").</remarks>
    public bool Exempts(AccessRequest request)
    {
        if (IsEverybody) return true;
        var caller = request.Caller;
        if (caller.Kind is CallerKind.Anonymous or CallerKind.Service) return Match(request) != PrincipalMatch.None;
        return _aws.Contains(caller.Account)
            && (caller.Kind is CallerKind.Root || _aws.Contains(caller.Arn))
            && (caller.Kind is not CallerKind.AssumedRole || _aws.Contains(request.PrincipalArn));
    }

    private static PrincipalMatch MatchOne(string principal, AccessRequest request)
    {
        var caller = request.Caller;
        if (principal == caller.Account) return PrincipalMatch.Account;
        if (principal == caller.Arn) return PrincipalMatch.Direct;
        if (caller.Kind is CallerKind.AssumedRole && (principal == request.PrincipalArn || IsIdOfRole(principal, caller.UserId))) return PrincipalMatch.Role;
        return caller.Kind is CallerKind.User && principal == caller.UserId ? PrincipalMatch.Direct : PrincipalMatch.None;
    }

    /// <summary>A role may stand there by its id, <c>AROA...</c>, which a session's user id begins with.</summary>
    private static bool IsIdOfRole(string principal, string userId) =>
        userId.Length > principal.Length && userId[principal.Length] == ':' && userId.StartsWith(principal, StringComparison.Ordinal);

    /// <summary>The account that is meant by its 12 digits or by the ARN of its root.</summary>
    private static string? AccountOf(string value)
    {
        if (IsAccount(value)) return value;
        return value.StartsWith("arn:", StringComparison.Ordinal) && value.EndsWith(":root", StringComparison.Ordinal) && Arn.AccountOf(value) is { Length: 12 } account
            ? account.ToString() : null;
    }

    private static bool IsAccount(string value) => value.Length == 12 && value.All(char.IsAsciiDigit);
}
