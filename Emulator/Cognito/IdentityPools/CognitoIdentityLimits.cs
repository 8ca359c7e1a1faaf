namespace Emulator.Cognito.IdentityPools;

/// <summary>The limits of identity pools.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html</remarks>
internal static class CognitoIdentityLimits
{
    /// <summary>How long the credentials of GetCredentialsForIdentity hold.</summary>
    public static readonly TimeSpan CredentialsValidity = TimeSpan.FromHours(1);

    /// <summary>The largest page of a list.</summary>
    public const int PageSize = 60;

    /// <summary>Logins of one call.</summary>
    public const int Logins = 10;

    /// <summary>Identities deleted by one call.</summary>
    public const int IdentitiesPerDelete = 60;

    /// <summary>Identity pools of an account in a region.</summary>
    public const int PoolsPerRegion = 1_000;
}
