using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Verifies an address of the user who is signed in with the code that was sent to it.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifyUserAttribute.html</remarks>
internal static class VerifyUserAttribute
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(CognitoUserPoolService service, Call call, VerifyUserAttributeInput input)
    {
        new ShapeCheck()
            .Required("accessToken", input.AccessToken, Shapes.Token)
            .Required("attributeName", input.AttributeName, Shapes.AttributeName)
            .Required("code", input.Code, Shapes.Code)
            .Done();
        var name = input.AttributeName!;
        var problem = await service.Store.WriteAsync<AwsException?>(write =>
        {
            var (pool, _, user, _) = service.Authorize(write, input.AccessToken, call.Now);
            user = Attempts.Count(user, "VerifyUserAttribute", CognitoLimits.CodeEntriesPerWindow, call.Now);
            var (sent, wrongCode) = Codes.Check(user, CodePurpose.Attribute(name), input.Code, call.Now);
            if (sent is not null)
            {
                if (sent.PendingValue is { } pending) user = user.With(name, pending);
                user = ConfirmSignUp.Verify(write, pool, user, name, takeAlias: false).WithCode(CodePurpose.Attribute(name), null) with { LastModifiedDate = call.Now };
            }
            UserStore.Put(write, pool, user);
            return wrongCode;
        });
        return problem is null ? new() : throw problem;
    }
}

internal sealed record VerifyUserAttributeInput(string? AccessToken, string? AttributeName, string? Code);
