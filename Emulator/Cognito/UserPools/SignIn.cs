namespace Emulator.Cognito.UserPools;

/// <summary>One sign-in of a user, from which its tokens descend: what is revoked is revoked here.</summary>
internal sealed record SignIn
{
    public int Format { get; init; } = 1;
    public required string UserPoolId { get; init; }
    public required string ClientId { get; init; }
    public required string Username { get; init; }
    public required string OriginJti { get; init; }
    public required string EventId { get; init; }
    public required DateTimeOffset AuthTime { get; init; }
    public required DateTimeOffset RefreshTokenExpires { get; init; }

    /// <summary>SHA-256 of the refresh token: the token itself is not kept.</summary>
    public required byte[] RefreshTokenHash { get; init; }
    public bool Revoked { get; init; }
}
