using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Begins a sign-in.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html</remarks>
internal static class InitiateAuth
{
    public static readonly string[] Flows = ["USER_SRP_AUTH", "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN", "CUSTOM_AUTH", "ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "USER_AUTH"];

    public static ValueTask<SignInOutput> ExecuteAsync(CognitoUserPoolService service, Call call, InitiateAuthInput input)
    {
        new ShapeCheck()
            .Present("authFlow", input.AuthFlow)
            .OneOf("authFlow", input.AuthFlow, Flows)
            .Required("clientId", input.ClientId, Shapes.ClientId)
            .Optional("session", input.Session, Shapes.Session)
            .Done();
        UserPool pool;
        UserPoolClient client;
        using (var snapshot = service.Store.Snapshot()) (pool, client) = UserPoolStore.GetClient(snapshot, input.ClientId!);
        if (input.AuthFlow is "ADMIN_NO_SRP_AUTH" or "ADMIN_USER_PASSWORD_AUTH") throw CognitoErrors.InvalidParameter("Initiate Auth method not supported.");
        return BeginAsync(service, "InitiateAuth", pool, client, input.AuthFlow!, input.AuthParameters ?? [], call.Now);
    }

    public static ValueTask<SignInOutput> BeginAsync(CognitoUserPoolService service, string operation, UserPool pool, UserPoolClient client, string flow, Dictionary<string, string> parameters, DateTimeOffset now)
    {
        switch (flow)
        {
            case "USER_SRP_AUTH":
                if (!client.Allows(flow)) throw CognitoErrors.InvalidParameter("USER_SRP_AUTH is not enabled for the client.");
                return SignInFlows.SrpAsync(service, pool, client, parameters, now);
            case "USER_PASSWORD_AUTH":
                if (!client.Allows(flow)) throw CognitoErrors.InvalidParameter("USER_PASSWORD_AUTH flow not enabled for this client");
                return SignInFlows.PasswordAsync(service, pool, client, parameters, now);
            case "ADMIN_USER_PASSWORD_AUTH" or "ADMIN_NO_SRP_AUTH":
                if (!client.Allows("ADMIN_USER_PASSWORD_AUTH")) throw CognitoErrors.InvalidParameter("Auth flow not enabled for this client");
                return SignInFlows.PasswordAsync(service, pool, client, parameters, now);
            case "REFRESH_TOKEN_AUTH" or "REFRESH_TOKEN":
                if (!client.Allows("REFRESH_TOKEN_AUTH")) throw CognitoErrors.InvalidParameter("Auth flow not enabled for this client");
                return SignInFlows.RefreshAsync(service, pool, client, parameters, now);
            default:
                throw Errors.NotImplemented(operation, $"AuthFlow={flow}");
        }
    }
}

internal sealed record InitiateAuthInput
{
    public string? AuthFlow { get; init; }
    public Dictionary<string, string>? AuthParameters { get; init; }
    public string? ClientId { get; init; }
    public string? Session { get; init; }
}
