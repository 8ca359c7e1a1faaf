using Emulator.Protocols;

namespace Emulator.Cognito.UserPools;

/// <summary>The errors of user pools, one member for each text that AWS sends.</summary>
internal static class CognitoErrors
{
    public static AwsException PoolNotFound(string id) => new("ResourceNotFoundException", $"User pool {id} does not exist.");

    public static AwsException ClientNotFound(string id) => new("ResourceNotFoundException", $"User pool client {id} does not exist.");

    public static AwsException GroupNotFound() => new("ResourceNotFoundException", "Group not found.");

    public static AwsException GroupExists() => new("GroupExistsException", "A group with the name already exists.");

    public static AwsException InvalidParameter(string message) => new("InvalidParameterException", message);

    public static AwsException MissingParameter(string name) => InvalidParameter($"Missing required parameter {name}");

    public static AwsException LimitExceeded(string message) => new("LimitExceededException", message);

    /// <summary>Too many attempts of one kind by one user.</summary>
    public static AwsException AttemptLimitExceeded() => LimitExceeded("Attempt limit exceeded, please try after some time.");

    // Users

    public static AwsException UserNotFound() => new("UserNotFoundException", "User does not exist.");

    /// <summary>The operations that take a client id and a user name beside a code.</summary>
    public static AwsException UsernameClientNotFound() => new("UserNotFoundException", "Username/client id combination not found.");

    public static AwsException UserExists() => new("UsernameExistsException", "User already exists");

    /// <summary>AdminCreateUser says it in other words than SignUp.</summary>
    public static AwsException UserAccountExists() => new("UsernameExistsException", "User account already exists");

    /// <summary>A pool whose users sign in with this attribute.</summary>
    public static AwsException AccountWithAttributeExists(string attribute) =>
        new("UsernameExistsException", $"An account with the given {attribute} already exists.");

    public static AwsException AliasExists(string attribute) => new("AliasExistsException", $"An account with the {attribute} already exists.");

    public static AwsException AlreadyConfirmed(string status) => NotAuthorized($"User cannot be confirmed. Current status is {status}");

    public static AwsException NotConfirmed() => new("UserNotConfirmedException", "User is not confirmed.");

    public static AwsException PasswordResetRequired() => new("PasswordResetRequiredException", "Password reset required for the user");

    // Sign-in and tokens

    public static AwsException NotAuthorized(string message) => new("NotAuthorizedException", message);

    public static AwsException IncorrectPassword() => NotAuthorized("Incorrect username or password.");

    public static AwsException PasswordAttemptsExceeded() => NotAuthorized("Password attempts exceeded");

    public static AwsException UserDisabled() => NotAuthorized("User is disabled.");

    public static AwsException TemporaryPasswordExpired() => NotAuthorized("Temporary password has expired and must be reset by an administrator.");

    public static AwsException InvalidSession() => NotAuthorized("Invalid session for the user.");

    public static AwsException SessionExpired() => NotAuthorized("Invalid session for the user, session is expired.");

    public static AwsException SecretHashMissing(string clientId) => NotAuthorized($"Client {clientId} is configured with secret but SECRET_HASH was not received");

    public static AwsException SecretHashWrong(string clientId) => NotAuthorized($"Unable to verify secret hash for client {clientId}");

    public static AwsException InvalidAccessToken() => NotAuthorized("Invalid Access Token");

    public static AwsException AccessTokenExpired() => NotAuthorized("Access Token has expired");

    public static AwsException AccessTokenRevoked() => NotAuthorized("Access Token has been revoked");

    public static AwsException AccessTokenScope() => NotAuthorized("Access Token does not have required scopes");

    public static AwsException InvalidRefreshToken() => NotAuthorized("Invalid Refresh Token");

    public static AwsException RefreshTokenExpired() => NotAuthorized("Refresh Token has expired");

    public static AwsException RefreshTokenRevoked() => NotAuthorized("Refresh Token has been revoked");

    // Codes

    public static AwsException CodeMismatch() => new("CodeMismatchException", "Invalid verification code provided, please try again.");

    public static AwsException ExpiredCode() => new("ExpiredCodeException", "Invalid code provided, please request a code again.");

    // Passwords

    public static AwsException InvalidPassword(string message) => new("InvalidPasswordException", message);

    // Attributes

    public static AwsException UnauthorizedAttribute() => NotAuthorized("A client attempted to write unauthorized attribute");
}
