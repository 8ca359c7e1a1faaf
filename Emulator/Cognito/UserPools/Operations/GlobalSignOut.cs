using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Revokes all tokens of the user who is signed in.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GlobalSignOut.html</remarks>
internal static class GlobalSignOut
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(CognitoUserPoolService service, Call call, AccessTokenInput input)
    {
        input.Check();
        await service.Store.WriteAsync(write =>
        {
            var grant = service.Authorize(write, input.AccessToken, call.Now);
            UserStore.RevokeAll(write, grant.Pool, grant.User);
            return true;
        });
        return new();
    }
}
