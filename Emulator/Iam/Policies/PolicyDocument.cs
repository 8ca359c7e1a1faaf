namespace Emulator.Iam.Policies;

/// <summary>What a policy hangs from, which decides what its statements must and must not have.</summary>
internal enum PolicyKind
{
    /// <summary>Of a user, group, role, boundary or session: no Principal, always a Resource.</summary>
    Identity,

    /// <summary>Of a bucket, table or function: always a Principal.</summary>
    Resource,

    /// <summary>A role's trust policy: always a Principal, never a Resource.</summary>
    Trust,

    /// <summary>Whatever is there is taken.</summary>
    Any,
}

/// <summary>A policy document, read once and evaluated often. Immutable.</summary>
internal sealed class PolicyDocument
{
    /// <summary>Longer documents are refused unread. AWS's own limits, in characters without white space, are below it for every kind of policy.</summary>
    public const int MaximumCharacters = 131_072;

    private PolicyDocument? _denyingPart;

    internal PolicyDocument(string? version, string? id, IReadOnlyList<PolicyStatement> statements) =>
        (Version, Id, Statements, HasDeny) = (version, id, statements, statements.Any(statement => !statement.Allows));

    /// <summary><c>2012-10-17</c>, which knows variables, or <c>2008-10-17</c>; null where the document does not say (2008-10-17).</summary>
    public string? Version { get; }

    public string? Id { get; }

    public IReadOnlyList<PolicyStatement> Statements { get; }

    public bool HasDeny { get; }

    /// <summary>The statements that deny, alone.</summary>
    public PolicyDocument DenyingPart => _denyingPart ??= new(Version, Id, [.. Statements.Where(statement => !statement.Allows)]);

    /// <summary>Reads a document; a malformed one is an <see cref="Protocols.AwsException"/> as IAM and STS word it.</summary>
    public static PolicyDocument Parse(string json, PolicyKind kind = PolicyKind.Any) =>
        TryParse(json, kind, out var document, out var problem) ? document! : throw problem!.ToException();

    /// <summary>Reads a document, for who words the problem itself (a service's own error, emulator.yaml).</summary>
    public static bool TryParse(string json, PolicyKind kind, out PolicyDocument? document, out PolicyProblem? problem)
    {
        (document, problem) = (null, null);
        try
        {
            document = new PolicyParser(kind).Parse(json);
            return true;
        }
        catch (PolicyProblemException malformed)
        {
            problem = malformed.Problem;
            return false;
        }
    }
}

/// <summary>One statement of a policy document.</summary>
internal sealed class PolicyStatement
{
    /// <summary>From 1, as people count.</summary>
    public required int Number { get; init; }

    public string? Sid { get; init; }

    /// <summary>Effect Allow; else Deny.</summary>
    public required bool Allows { get; init; }

    /// <summary>null in identity policies.</summary>
    public PrincipalElement? Principal { get; init; }

    public bool NotPrincipal { get; init; }

    public required IReadOnlyList<Pattern> Actions { get; init; }

    public bool NotAction { get; init; }

    /// <summary>null: the resource from which the policy hangs.</summary>
    public IReadOnlyList<Pattern>? Resources { get; init; }

    public bool NotResource { get; init; }

    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    public override string ToString() => Sid is null ? $"statement {Number}" : $"statement {Number} \"{Sid}\"";

    /// <summary>Whether action, resource and principal are the statement's; its conditions are not asked.</summary>
    public bool Concerns(AccessRequest request, out PrincipalMatch principal)
    {
        principal = MatchPrincipal(request);
        return principal != PrincipalMatch.None && MatchesAction(request) && MatchesResource(request);
    }

    /// <summary>The first condition that does not hold; null where all do.</summary>
    public Condition? Unmet(AccessRequest request)
    {
        foreach (var condition in Conditions)
        {
            if (!condition.Holds(request)) return condition;
        }
        return null;
    }

    private PrincipalMatch MatchPrincipal(AccessRequest request)
    {
        if (Principal is null) return PrincipalMatch.Direct;
        if (!NotPrincipal) return Principal.Match(request);
        var exempt = Allows ? Principal.Match(request) != PrincipalMatch.None : Principal.Exempts(request);
        return exempt ? PrincipalMatch.None : PrincipalMatch.Direct;
    }

    private bool MatchesAction(AccessRequest request) => MatchesAny(Actions, request.Permission.Action, request) switch
    {
        PatternMatch.Yes => !NotAction,
        PatternMatch.No => NotAction,
        _ => false,
    };

    private bool MatchesResource(AccessRequest request)
    {
        if (Resources is null) return true;
        return MatchesAny(Resources, request.Permission.Resource, request) switch
        {
            PatternMatch.Yes => !NotResource,
            PatternMatch.No => NotResource,
            _ => false,
        };
    }

    private static PatternMatch MatchesAny(IReadOnlyList<Pattern> patterns, string value, AccessRequest request)
    {
        var result = PatternMatch.No;
        foreach (var pattern in patterns)
        {
            var match = pattern.Matches(value, request);
            if (match == PatternMatch.Yes) return match;
            if (match == PatternMatch.Unresolved) result = match;
        }
        return result;
    }
}
