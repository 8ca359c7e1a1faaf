using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Answers a challenge on a user's behalf.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRespondToAuthChallenge.html</remarks>
internal static class AdminRespondToAuthChallenge
{
    public static ValueTask<SignInOutput> ExecuteAsync(CognitoUserPoolService service, Call call, AdminRespondToAuthChallengeInput input)
    {
        new ShapeCheck()
            .Required("userPoolId", input.UserPoolId, Shapes.UserPoolId)
            .Required("clientId", input.ClientId, Shapes.ClientId)
            .Present("challengeName", input.ChallengeName)
            .OneOf("challengeName", input.ChallengeName, RespondToAuthChallenge.Challenges)
            .Optional("session", input.Session, Shapes.Session)
            .Done();
        UserPool pool;
        UserPoolClient client;
        using (var snapshot = service.Store.Snapshot())
        {
            pool = UserPoolStore.Get(snapshot, call, input.UserPoolId);
            client = UserPoolStore.GetClient(snapshot, pool, input.ClientId!);
        }
        return SignInFlows.RespondAsync(service, "AdminRespondToAuthChallenge", pool, client, input.ChallengeName!, input.ChallengeResponses ?? [], input.Session, call.Now);
    }
}

internal sealed record AdminRespondToAuthChallengeInput
{
    public string? UserPoolId { get; init; }
    public string? ClientId { get; init; }
    public string? ChallengeName { get; init; }
    public Dictionary<string, string>? ChallengeResponses { get; init; }
    public string? Session { get; init; }
}
