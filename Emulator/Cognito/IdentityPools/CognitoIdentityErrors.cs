using Emulator.Protocols;

namespace Emulator.Cognito.IdentityPools;

/// <summary>The errors of identity pools, one member for each text that AWS sends.</summary>
internal static class CognitoIdentityErrors
{
    public static AwsException PoolNotFound(string id) => new("ResourceNotFoundException", $"IdentityPool '{id}' not found.");

    public static AwsException IdentityNotFound(string id) => new("ResourceNotFoundException", $"Identity '{id}' not found.");

    public static AwsException AccessForbidden(string identityId) => NotAuthorized($"Access to Identity '{identityId}' is forbidden.");

    public static AwsException UnauthenticatedNotSupported() => NotAuthorized("Unauthenticated access is not supported for this identity pool.");

    public static AwsException UnsupportedProvider() => NotAuthorized("Token is not from a supported provider of this identity pool.");

    public static AwsException LoginsDoNotMatch() => NotAuthorized("Logins don't match. Please include at least one valid login for this identity or identity pool.");

    public static AwsException InvalidLoginToken(string why) => NotAuthorized($"Invalid login token. {why}");

    public static AwsException InvalidConfiguration() => new("InvalidIdentityPoolConfigurationException", "Invalid identity pool configuration. Check assigned IAM roles for this pool.");

    public static AwsException InvalidParameter(string message) => new("InvalidParameterException", message);

    public static AwsException NotAuthorized(string message) => new("NotAuthorizedException", message);
}
