using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Sends a code that verifies an address of the user who is signed in.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAttributeVerificationCode.html</remarks>
internal static class GetUserAttributeVerificationCode
{
    public static async ValueTask<CodeDeliveryOutput> ExecuteAsync(CognitoUserPoolService service, Call call, GetUserAttributeVerificationCodeInput input)
    {
        new ShapeCheck()
            .Required("accessToken", input.AccessToken, Shapes.Token)
            .Required("attributeName", input.AttributeName, Shapes.AttributeName)
            .Done();
        var name = input.AttributeName!;
        var (delivery, message) = await service.Store.WriteAsync(write =>
        {
            var (pool, _, user, _) = service.Authorize(write, input.AccessToken, call.Now);
            if (name is not ("email" or "phone_number")) throw CognitoErrors.InvalidParameter("Invalid attribute name: only email and phone_number can be verified.");
            var pending = user.Codes.GetValueOrDefault(CodePurpose.Attribute(name))?.PendingValue;
            var value = pending ?? user.Attribute(name);
            if (string.IsNullOrEmpty(value)) throw CognitoErrors.InvalidParameter($"User does not have the attribute {name}.");
            user = Attempts.Count(user, "GetUserAttributeVerificationCode", CognitoLimits.CodeRequestsPerWindow, call.Now);
            var code = Codes.Create(pool, service.Ids, CognitoLimits.AttributeCodeValidity, name, call.Now, pending);
            UserStore.Put(write, pool, user.WithCode(CodePurpose.Attribute(name), code));
            return (CodeDeliveryDetails.Of(name, value), Messages.Verification(pool, name, value, code.Code, "VerifyUserAttribute"));
        });
        service.Deliver(message);
        return new(delivery);
    }
}

internal sealed record GetUserAttributeVerificationCodeInput(string? AccessToken, string? AttributeName);
