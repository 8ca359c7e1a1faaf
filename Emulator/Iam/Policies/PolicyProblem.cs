using Emulator.Protocols;

namespace Emulator.Iam.Policies;

/// <summary>What is wrong with a policy document. Services word these differently when a policy is put.</summary>
internal enum PolicyProblemKind
{
    InvalidJson,
    Syntax,
    UnknownElement,
    InvalidVersion,
    MissingStatement,
    InvalidEffect,
    MissingAction,
    InvalidAction,
    MissingResource,
    InvalidResource,
    ForbiddenResource,
    MissingPrincipal,
    InvalidPrincipal,
    ForbiddenPrincipal,
    InvalidCondition,
    TooLong,
}

/// <summary>The first problem of a policy document.</summary>
/// <param name="Detail">Where and what, for whoever wrote the policy: <c>statement 2: the element Actions is not known</c>.</param>
/// <param name="Value">The offending name or value, where there is one.</param>
internal sealed record PolicyProblem(PolicyProblemKind Kind, string Detail, string? Value = null)
{
    /// <summary>The error of IAM and STS.</summary>
    public AwsException ToException() => new("MalformedPolicyDocument", Kind switch
    {
        // Observed: IAM, CreateRole, 2025-03-06.
        PolicyProblemKind.InvalidJson => "This policy contains invalid Json",
        PolicyProblemKind.MissingAction => "Policy statement must contain actions.",
        PolicyProblemKind.MissingResource => "Policy statement must contain resources.",
        PolicyProblemKind.ForbiddenPrincipal => "Policy document should not specify a principal.",
        PolicyProblemKind.ForbiddenResource => "Has prohibited field Resource",
        PolicyProblemKind.MissingPrincipal => "Missing required field Principal",
        PolicyProblemKind.InvalidResource => $"Resource {Value} must be in ARN format or \"*\".",
        PolicyProblemKind.InvalidAction => "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        _ => "Syntax errors in policy.",
    });
}

/// <summary>Thrown inside the parser to leave it; never leaves it.</summary>
internal sealed class PolicyProblemException(PolicyProblem problem) : Exception(problem.Detail)
{
    public PolicyProblem Problem { get; } = problem;
}
