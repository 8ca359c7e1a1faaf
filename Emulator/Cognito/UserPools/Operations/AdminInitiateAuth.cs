using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Begins a sign-in on a user's behalf.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminInitiateAuth.html</remarks>
internal static class AdminInitiateAuth
{
    public static ValueTask<SignInOutput> ExecuteAsync(CognitoUserPoolService service, Call call, AdminInitiateAuthInput input)
    {
        new ShapeCheck()
            .Required("userPoolId", input.UserPoolId, Shapes.UserPoolId)
            .Required("clientId", input.ClientId, Shapes.ClientId)
            .Present("authFlow", input.AuthFlow)
            .OneOf("authFlow", input.AuthFlow, InitiateAuth.Flows)
            .Optional("session", input.Session, Shapes.Session)
            .Done();
        UserPool pool;
        UserPoolClient client;
        using (var snapshot = service.Store.Snapshot())
        {
            pool = UserPoolStore.Get(snapshot, call, input.UserPoolId);
            client = UserPoolStore.GetClient(snapshot, pool, input.ClientId!);
        }
        if (input.AuthFlow == "USER_PASSWORD_AUTH") throw CognitoErrors.InvalidParameter("Initiate Auth method not supported.");
        return InitiateAuth.BeginAsync(service, "AdminInitiateAuth", pool, client, input.AuthFlow!, input.AuthParameters ?? [], call.Now);
    }
}

internal sealed record AdminInitiateAuthInput
{
    public string? UserPoolId { get; init; }
    public string? ClientId { get; init; }
    public string? AuthFlow { get; init; }
    public Dictionary<string, string>? AuthParameters { get; init; }
    public string? Session { get; init; }
}
