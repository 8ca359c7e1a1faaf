using Emulator.Integration;
using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Sends the sign-up code again.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResendConfirmationCode.html</remarks>
internal static class ResendConfirmationCode
{
    public static async ValueTask<CodeDeliveryOutput> ExecuteAsync(CognitoUserPoolService service, Call call, ClientUserInput input)
    {
        input.Check();
        var (pool, client) = service.Client(input.ClientId, input.SecretHash, input.Username);
        var (delivery, message) = await service.Store.WriteAsync<(CodeDeliveryDetails, OutgoingMessage?)>(write =>
        {
            var user = UserStore.Find(write, pool, input.Username!);
            // Source: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
            if (client.HidesUserExistence && user is not { Enabled: true }) return (CodeDeliveryDetails.Simulated(pool, input.Username!), null);
            if (user is null) throw CognitoErrors.UsernameClientNotFound();
            if (!user.Enabled) throw CognitoErrors.UserDisabled();
            if (user.Status != UserStatus.Unconfirmed) throw CognitoErrors.InvalidParameter("User is already confirmed.");
            user = Attempts.Count(user, "ResendConfirmationCode", CognitoLimits.CodeRequestsPerWindow, call.Now);
            var (withCode, sent, where) = SignUp.WithCode(service, pool, user, call.Now);
            if (where is null) throw CognitoErrors.InvalidParameter("Cannot resend codes. Auto verification not turned on.");
            UserStore.Put(write, pool, withCode);
            return (where, sent is null ? null : sent with { Kind = "ResendCode" });
        });
        service.Deliver(message);
        return new(delivery);
    }
}

/// <summary>The input of the operations that take a client and a user name.</summary>
internal sealed record ClientUserInput(string? ClientId, string? SecretHash, string? Username)
{
    public void Check() => new ShapeCheck()
        .Required("clientId", ClientId, Shapes.ClientId)
        .Optional("secretHash", SecretHash, Shapes.SecretHash)
        .Required("username", Username, Shapes.Username)
        .Done();
}

internal sealed record CodeDeliveryOutput(CodeDeliveryDetails CodeDeliveryDetails);
