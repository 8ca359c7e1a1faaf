using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Removes attributes of the user who is signed in, or of any user (AdminDeleteUserAttributes).</summary>
/// <remarks>
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserAttributes.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteUserAttributes.html
/// </remarks>
internal static class DeleteUserAttributes
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(CognitoUserPoolService service, Call call, DeleteUserAttributesInput input)
    {
        new ShapeCheck()
            .Present("userAttributeNames", input.UserAttributeNames)
            .NoNulls("userAttributeNames", input.UserAttributeNames)
            .Required("accessToken", input.AccessToken, Shapes.Token)
            .Done();
        await service.Store.WriteAsync(write =>
        {
            var (pool, client, user, _) = service.Authorize(write, input.AccessToken, call.Now);
            SignUp.CheckWritable(client, input.UserAttributeNames!);
            return Remove(write, pool, user, input.UserAttributeNames!, call.Now);
        });
        return new();
    }

    public static async ValueTask<EmptyOutput> ExecuteAdminAsync(CognitoUserPoolService service, Call call, AdminDeleteUserAttributesInput input)
    {
        new ShapeCheck()
            .Required("userPoolId", input.UserPoolId, Shapes.UserPoolId)
            .Required("username", input.Username, Shapes.Username)
            .Present("userAttributeNames", input.UserAttributeNames)
            .NoNulls("userAttributeNames", input.UserAttributeNames)
            .Done();
        await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            return Remove(write, pool, UserStore.Get(write, pool, input.Username), input.UserAttributeNames!, call.Now);
        });
        return new();
    }

    private static bool Remove(IWriteTransaction write, UserPool pool, User user, IReadOnlyList<string> names, DateTimeOffset now)
    {
        foreach (var name in names)
        {
            if (AttributeSchema.Find(pool, name) is not { } schema) throw CognitoErrors.InvalidParameter($"user.{name}: Attribute does not exist in the schema.\n");
            if (schema.Mutable == false || schema.Required == true) throw CognitoErrors.InvalidParameter($"user.{name}: Attribute cannot be updated.\n");
            user = user.With(name, null).With(name + "_verified", null);
        }
        UserStore.Put(write, pool, user with { LastModifiedDate = now });
        return true;
    }
}

internal sealed record DeleteUserAttributesInput(IReadOnlyList<string>? UserAttributeNames, string? AccessToken);

internal sealed record AdminDeleteUserAttributesInput(string? UserPoolId, string? Username, IReadOnlyList<string>? UserAttributeNames);
