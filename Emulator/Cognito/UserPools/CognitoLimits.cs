namespace Emulator.Cognito.UserPools;

/// <summary>The limits of user pools.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html</remarks>
internal static class CognitoLimits
{
    /// <summary>Sign-up confirmation code.</summary>
    public static readonly TimeSpan ConfirmationCodeValidity = TimeSpan.FromHours(24);

    /// <summary>Code that verifies a changed attribute.</summary>
    public static readonly TimeSpan AttributeCodeValidity = TimeSpan.FromHours(24);

    /// <summary>Code of ForgotPassword.</summary>
    public static readonly TimeSpan PasswordCodeValidity = TimeSpan.FromHours(1);

    /// <summary>The window in which the calls below are counted, for each user.</summary>
    public static readonly TimeSpan AttemptWindow = TimeSpan.FromHours(1);

    /// <summary>ConfirmSignUp and VerifyUserAttribute: 15 attempts an hour.</summary>
    public const int CodeEntriesPerWindow = 15;

    /// <summary>ResendConfirmationCode and GetUserAttributeVerificationCode: 5 an hour.</summary>
    public const int CodeRequestsPerWindow = 5;

    /// <summary>ChangePassword: 5 an hour.</summary>
    public const int PasswordChangesPerWindow = 5;

    /// <summary>ForgotPassword: AWS allows 5 to 20 an hour, by its assessment of the risk.</summary>
    public const int PasswordCodeRequestsPerWindow = 5;

    /// <summary>ConfirmForgotPassword: AWS allows 5 to 20 an hour, by its assessment of the risk.</summary>
    public const int PasswordCodeEntriesPerWindow = 20;

    /// <summary>From the fifth failed sign-in on the user is locked for 2^(n-5) seconds.</summary>
    /// <remarks>https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html#authentication-flow-lockout-behavior</remarks>
    public const int FailedSignInsToLockout = 5;

    /// <summary>The longest lockout, and the time without an attempt after which the count begins anew.</summary>
    public static readonly TimeSpan LongestLockout = TimeSpan.FromMinutes(15);

    /// <summary>How long a time between the steps of a sign-in where the client does not say otherwise (AuthSessionValidity).</summary>
    public const int DefaultAuthSessionMinutes = 3;

    public const int DefaultRefreshTokenDays = 30;

    public static readonly TimeSpan DefaultTokenValidity = TimeSpan.FromHours(1);

    /// <summary>Access and id tokens: 5 minutes to 1 day.</summary>
    public static readonly TimeSpan ShortestTokenValidity = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan LongestTokenValidity = TimeSpan.FromDays(1);

    /// <summary>Refresh tokens: 60 minutes to 10 years.</summary>
    public static readonly TimeSpan ShortestRefreshTokenValidity = TimeSpan.FromMinutes(60);
    public static readonly TimeSpan LongestRefreshTokenValidity = TimeSpan.FromDays(3650);

    /// <summary>Days that a temporary password holds where the pool does not say otherwise.</summary>
    public const int DefaultTemporaryPasswordDays = 7;

    public const int DefaultPasswordLength = 8;

    /// <summary>Custom attributes of a pool.</summary>
    public const int CustomAttributes = 50;

    /// <summary>The largest page of a list.</summary>
    public const int PageSize = 60;

    /// <summary>Groups of a pool.</summary>
    public const int GroupsPerPool = 10_000;

    /// <summary>Groups of a user.</summary>
    public const int GroupsPerUser = 100;

    /// <summary>Clients of a pool.</summary>
    public const int ClientsPerPool = 1_000;

    /// <summary>Pools of an account in a region.</summary>
    public const int PoolsPerRegion = 1_000;

    /// <summary>Refresh tokens that are kept for one user; the oldest gives way. (AWS states no such number: it keeps the store from growing without bound.)</summary>
    public const int SignInsKeptPerUser = 500;
}
