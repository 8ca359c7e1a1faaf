using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Confirms a user without a code; its addresses stay unverified.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminConfirmSignUp.html</remarks>
internal static class AdminConfirmSignUp
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(CognitoUserPoolService service, Call call, AdminUserInput input)
    {
        input.Check();
        await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            var user = UserStore.Get(write, pool, input.Username);
            if (user.Status != UserStatus.Unconfirmed) throw CognitoErrors.AlreadyConfirmed(user.Status);
            ConfirmSignUp.Confirm(write, pool, user, verifiedAttribute: null, takeAlias: false, call.Now);
            return true;
        });
        return new();
    }
}

/// <summary>The input of the operations that take a pool and a user.</summary>
internal sealed record AdminUserInput(string? UserPoolId, string? Username)
{
    public void Check() => new ShapeCheck()
        .Required("userPoolId", UserPoolId, Shapes.UserPoolId)
        .Required("username", Username, Shapes.Username)
        .Done();
}
