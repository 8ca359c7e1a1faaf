namespace Emulator.Iam.Sts;

/// <summary>The limits of STS.</summary>
/// <remarks>https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html and https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html</remarks>
internal static class StsLimits
{
    public const int RoleArnMinimumCharacters = 20;
    public const int RoleArnMaximumCharacters = 2048;

    /// <summary>Of a session's name and of a source identity.</summary>
    public const int SessionNameMinimumCharacters = 2;
    public const int SessionNameMaximumCharacters = 64;
    public const int ExternalIdMinimumCharacters = 2;
    public const int ExternalIdMaximumCharacters = 1224;

    /// <summary>Of a session policy as it is passed.</summary>
    public const int SessionPolicyMaximumCharacters = 2048;
    public const int SessionTagsMaximum = 50;
    public const int TagKeyMaximumCharacters = 128;
    public const int TagValueMaximumCharacters = 256;

    public const int DurationMinimumSeconds = 900;
    public const int AssumeRoleMaximumSeconds = 43_200;
    public const int AssumeRoleDefaultSeconds = 3_600;

    /// <summary>The longest session of a role that was assumed with a role's credentials.</summary>
    public const int RoleChainingMaximumSeconds = 3_600;
    public const int GetSessionTokenMaximumSeconds = 129_600;
    public const int GetSessionTokenDefaultSeconds = 43_200;

    /// <summary>An account's root gets no longer session token, whatever it asks for.</summary>
    public const int GetSessionTokenRootMaximumSeconds = 3_600;
}
