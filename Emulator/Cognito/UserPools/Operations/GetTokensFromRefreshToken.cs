using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Gives new access and id tokens for a refresh token.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html</remarks>
internal static class GetTokensFromRefreshToken
{
    public static async ValueTask<GetTokensFromRefreshTokenOutput> ExecuteAsync(CognitoUserPoolService service, Call call, GetTokensFromRefreshTokenInput input)
    {
        new ShapeCheck()
            .Required("refreshToken", input.RefreshToken, Shapes.Token)
            .Required("clientId", input.ClientId, Shapes.ClientId)
            .Optional("clientSecret", input.ClientSecret, Shapes.ClientSecret)
            .Done();
        UserPool pool;
        UserPoolClient client;
        User user;
        SignIn signIn;
        IReadOnlyList<Group> groups;
        using (var snapshot = service.Store.Snapshot())
        {
            (pool, client) = UserPoolStore.GetClient(snapshot, input.ClientId!);
            RevokeToken.CheckSecret(client, input.ClientSecret);
            (signIn, user) = SignInFlows.FindRefreshed(snapshot, pool, client, input.RefreshToken!, call.Now);
            groups = UserStore.GroupsOf(snapshot, pool, user);
        }
        return new(await SignInFlows.TokensAsync(service, pool, client, user, groups, signIn, refreshToken: null, call.Now));
    }
}

internal sealed record GetTokensFromRefreshTokenInput(string? RefreshToken, string? ClientId, string? ClientSecret);

internal sealed record GetTokensFromRefreshTokenOutput(AuthenticationResult AuthenticationResult);
