using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Deletes a user.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUser.html</remarks>
internal static class AdminDeleteUser
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(CognitoUserPoolService service, Call call, AdminUserInput input)
    {
        input.Check();
        await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            UserStore.Delete(write, pool, UserStore.Get(write, pool, input.Username));
            return true;
        });
        return new();
    }
}
