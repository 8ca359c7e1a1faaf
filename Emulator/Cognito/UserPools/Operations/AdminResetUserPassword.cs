using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Invalidates a user's password and sends a code with which the user sets a new one.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminResetUserPassword.html</remarks>
internal static class AdminResetUserPassword
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(CognitoUserPoolService service, Call call, AdminUserInput input)
    {
        input.Check();
        var message = await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            var user = UserStore.Get(write, pool, input.Username);
            if (!user.Enabled) throw CognitoErrors.UserDisabled();
            if (user.Status is UserStatus.ForceChangePassword or UserStatus.Unconfirmed) throw CognitoErrors.NotAuthorized("User password cannot be reset in the current state.");
            var attribute = Codes.AttributeToRecover(pool, user)
                ?? throw CognitoErrors.InvalidParameter("Cannot reset password for the user as there is no registered/verified email or phone_number");
            return ForgotPassword.Send(service, write, pool, user with { Status = UserStatus.ResetRequired, LastModifiedDate = call.Now }, attribute, call.Now).Message;
        });
        service.Deliver(message with { Kind = "AdminResetUserPassword" });
        return new();
    }
}
