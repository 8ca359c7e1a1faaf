using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Answers a challenge of a sign-in.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html</remarks>
internal static class RespondToAuthChallenge
{
    public static readonly string[] Challenges =
    [
        "SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA", "SELECT_MFA_TYPE", "MFA_SETUP", "PASSWORD_VERIFIER", "CUSTOM_CHALLENGE", "SELECT_CHALLENGE", "DEVICE_SRP_AUTH",
        "DEVICE_PASSWORD_VERIFIER", "ADMIN_NO_SRP_AUTH", "NEW_PASSWORD_REQUIRED", "SMS_OTP", "PASSWORD", "WEB_AUTHN", "PASSWORD_SRP",
    ];

    public static ValueTask<SignInOutput> ExecuteAsync(CognitoUserPoolService service, Call call, RespondToAuthChallengeInput input)
    {
        new ShapeCheck()
            .Required("clientId", input.ClientId, Shapes.ClientId)
            .Present("challengeName", input.ChallengeName)
            .OneOf("challengeName", input.ChallengeName, Challenges)
            .Optional("session", input.Session, Shapes.Session)
            .Done();
        UserPool pool;
        UserPoolClient client;
        using (var snapshot = service.Store.Snapshot()) (pool, client) = UserPoolStore.GetClient(snapshot, input.ClientId!);
        return SignInFlows.RespondAsync(service, "RespondToAuthChallenge", pool, client, input.ChallengeName!, input.ChallengeResponses ?? [], input.Session, call.Now);
    }
}

internal sealed record RespondToAuthChallengeInput
{
    public string? ClientId { get; init; }
    public string? ChallengeName { get; init; }
    public string? Session { get; init; }
    public Dictionary<string, string>? ChallengeResponses { get; init; }
}
