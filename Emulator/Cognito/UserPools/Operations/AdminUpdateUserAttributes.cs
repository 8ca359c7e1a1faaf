using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Changes a user's attributes.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html</remarks>
internal static class AdminUpdateUserAttributes
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(CognitoUserPoolService service, Call call, AdminUpdateUserAttributesInput input)
    {
        new ShapeCheck()
            .Required("userPoolId", input.UserPoolId, Shapes.UserPoolId)
            .Required("username", input.Username, Shapes.Username)
            .Present("userAttributes", input.UserAttributes)
            .Attributes("userAttributes", input.UserAttributes)
            .Done();
        var attributes = AttributeSchema.Read(input.UserAttributes);
        var (_, messages) = await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            return UpdateUserAttributes.Change(service, write, pool, UserStore.Get(write, pool, input.Username), attributes, call.Now);
        });
        foreach (var message in messages) service.Deliver(message);
        return new();
    }
}

internal sealed record AdminUpdateUserAttributesInput(string? UserPoolId, string? Username, IReadOnlyList<AttributeType>? UserAttributes);
