using Emulator.Iam.Policies;

namespace Emulator.Iam;

/// <summary>Whether a request may be carried out, and why.</summary>
internal sealed record AccessDecision
{
    private readonly Func<AccessExplanation>? _explain;
    private AccessExplanation? _explanation;

    private AccessDecision(AccessOutcome outcome, Caller? caller, Permission permission, Func<AccessExplanation>? explain) =>
        (Outcome, Caller, Permission, _explain) = (outcome, caller, permission, explain);

    /// <summary>Nothing was asked: IAM is off, the operation needs no permission, or an account's root acts in its own account.</summary>
    public static AccessDecision Unasked { get; } = new(AccessOutcome.Allowed, null, default, null);

    public AccessOutcome Outcome { get; }

    public bool IsAllowed => Outcome == AccessOutcome.Allowed;

    /// <summary>Whether the request must not be carried out: it is not allowed, and that is enforced.</summary>
    public bool IsRefused { get; private init; }

    /// <summary>null only where nothing was asked.</summary>
    public Caller? Caller { get; }

    /// <summary>The permission that decided: the first that is not allowed, else the last.</summary>
    public Permission Permission { get; }

    /// <summary>The account of the resource.</summary>
    public string? ResourceAccount { get; private init; }

    /// <summary>The statement that allows or denies.</summary>
    public StatementReference? Deciding { get; private init; }

    /// <summary>The kinds of policy that had to allow and did not.</summary>
    public IReadOnlyList<PolicyType> Missing { get; private init; } = [];

    /// <summary>Why, in a sentence that names principal, action, resource and the deciding or missing statement; "" where it is allowed.</summary>
    public string Explanation => Explained.Text;

    /// <summary>The smallest changes that together would allow it; empty where it is allowed, and where a statement denies it.</summary>
    public IReadOnlyList<SuggestedStatement> Suggestions => Explained.Suggestions;

    /// <summary>Explanations are made when they are read: most are not.</summary>
    private AccessExplanation Explained => _explanation ??= _explain?.Invoke() ?? AccessExplanation.None;

    public static AccessDecision Of(AccessRequest request, PolicySet policies, Evaluation evaluation, bool enforced) =>
        new(evaluation.Outcome, request.Caller, request.Permission, evaluation.Outcome == AccessOutcome.Allowed ? null : Explainer(request, policies, evaluation))
        {
            IsRefused = enforced && evaluation.Outcome != AccessOutcome.Allowed,
            ResourceAccount = request.ResourceAccount,
            Deciding = evaluation.Deciding,
            Missing = evaluation.Missing,
        };

    /// <summary>Apart from <see cref="Of"/>, so that an allow makes no closure.</summary>
    private static Func<AccessExplanation> Explainer(AccessRequest request, PolicySet policies, Evaluation evaluation) =>
        () => AccessExplanation.Of(request, policies, evaluation);
}

/// <summary>A statement to add.</summary>
/// <param name="Where">As <c>the identity policies of role notes</c>.</param>
/// <param name="Statement">The statement as JSON.</param>
internal sealed record SuggestedStatement(string Where, string Statement);
