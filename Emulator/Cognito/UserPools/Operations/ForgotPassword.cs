using Emulator.Integration;
using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Sends a code with which the user sets a new password.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html</remarks>
internal static class ForgotPassword
{
    public static async ValueTask<CodeDeliveryOutput> ExecuteAsync(CognitoUserPoolService service, Call call, ClientUserInput input)
    {
        input.Check();
        var (pool, client) = service.Client(input.ClientId, input.SecretHash, input.Username);
        var (delivery, message) = await service.Store.WriteAsync<(CodeDeliveryDetails, OutgoingMessage?)>(write =>
        {
            var user = UserStore.Find(write, pool, input.Username!);
            var attribute = user is null ? null : Codes.AttributeToRecover(pool, user);
            if (user?.Status == UserStatus.ForceChangePassword) throw CognitoErrors.NotAuthorized("User password cannot be reset in the current state.");
            if (Codes.OnlyAdministratorRecovers(pool)) throw CognitoErrors.NotAuthorized("Contact administrator to reset password.");
            // Source: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
            if (client.HidesUserExistence && (user is not { Enabled: true } || attribute is null)) return (CodeDeliveryDetails.Simulated(pool, input.Username!), null);
            if (user is null) throw CognitoErrors.UsernameClientNotFound();
            if (!user.Enabled) throw CognitoErrors.UserDisabled();
            if (attribute is null) throw CognitoErrors.InvalidParameter("Cannot reset password for the user as there is no registered/verified email or phone_number");
            user = Attempts.Count(user, "ForgotPassword", CognitoLimits.PasswordCodeRequestsPerWindow, call.Now);
            return Send(service, write, pool, user, attribute, call.Now);
        });
        service.Deliver(message);
        return new(delivery);
    }

    /// <summary>Stores a new code and gives the message that carries it.</summary>
    public static (CodeDeliveryDetails Delivery, OutgoingMessage Message) Send(CognitoUserPoolService service, Storage.IWriteTransaction write, UserPool pool, User user, string attribute, DateTimeOffset now)
    {
        var value = user.Attribute(attribute)!;
        var code = Codes.Create(pool, service.Ids, CognitoLimits.PasswordCodeValidity, attribute, now);
        UserStore.Put(write, pool, user.WithCode(CodePurpose.ForgotPassword, code));
        return (CodeDeliveryDetails.Of(attribute, value), Messages.PasswordReset(pool, attribute, value, code.Code, "ForgotPassword"));
    }
}
