using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Revokes all tokens of a user.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUserGlobalSignOut.html</remarks>
internal static class AdminUserGlobalSignOut
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(CognitoUserPoolService service, Call call, AdminUserInput input)
    {
        input.Check();
        await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            UserStore.RevokeAll(write, pool, UserStore.Get(write, pool, input.Username));
            return true;
        });
        return new();
    }
}
