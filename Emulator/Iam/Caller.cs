namespace Emulator.Iam;

/// <summary>What kind of principal signed a request.</summary>
internal enum CallerKind { Anonymous, Root, User, AssumedRole, Service }

/// <summary>Who calls: the principal behind a verified signature, or nobody.</summary>
/// <param name="Arn">As <c>arn:aws:iam::000000000000:root</c>, <c>...:user/name</c> or <c>arn:aws:sts::...:assumed-role/role/session</c>; "" for the anonymous caller.</param>
/// <param name="UserId">As GetCallerIdentity tells it: the account, <c>AIDA...</c>, or <c>AROA...:session</c>.</param>
internal sealed record Caller(CallerKind Kind, string Account, string Arn, string UserId)
{
    // Before the callers that are made with it: static members are initialised in their order.
    private static readonly Dictionary<string, string> Empty = [];

    public static Caller Anonymous { get; } = new(CallerKind.Anonymous, "", "", "");

    public string? AccessKeyId { get; init; }

    /// <summary>The name of the user or role whose identity policies apply; null for root and anonymous.</summary>
    public string? PrincipalName { get; init; }

    /// <summary>A policy document (JSON) passed when the session was made; it narrows what the role allows.</summary>
    public string? SessionPolicy { get; init; }

    /// <summary>Values that the session carries into policy variables and conditions, as <c>cognito-identity.amazonaws.com:sub</c>, <c>aws:PrincipalTag/team</c>.</summary>
    public IReadOnlyDictionary<string, string> SessionContext { get; init; } = Empty;

    public static Caller RootOf(string account) => new(CallerKind.Root, account, $"arn:aws:iam::{account}:root", account);
}
