using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Lets a disabled user sign in again (AdminEnableUser), or forbids it and revokes its tokens (AdminDisableUser).</summary>
/// <remarks>
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminEnableUser.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDisableUser.html
/// </remarks>
internal static class AdminEnableUser
{
    public static ValueTask<EmptyOutput> EnableAsync(CognitoUserPoolService service, Call call, AdminUserInput input) => SetAsync(service, call, input, enabled: true);

    public static ValueTask<EmptyOutput> DisableAsync(CognitoUserPoolService service, Call call, AdminUserInput input) => SetAsync(service, call, input, enabled: false);

    private static async ValueTask<EmptyOutput> SetAsync(CognitoUserPoolService service, Call call, AdminUserInput input, bool enabled)
    {
        input.Check();
        await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            var user = UserStore.Get(write, pool, input.Username);
            UserStore.Put(write, pool, user with { Enabled = enabled, LastModifiedDate = call.Now });
            if (!enabled) UserStore.RevokeAll(write, pool, user);
            return true;
        });
        return new();
    }
}
