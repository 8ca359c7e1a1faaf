using Emulator.Integration;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Changes attributes of the user who is signed in; a new address is to be verified again.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserAttributes.html</remarks>
internal static class UpdateUserAttributes
{
    public static async ValueTask<UpdateUserAttributesOutput> ExecuteAsync(CognitoUserPoolService service, Call call, UpdateUserAttributesInput input)
    {
        new ShapeCheck()
            .Present("userAttributes", input.UserAttributes)
            .Required("accessToken", input.AccessToken, Shapes.Token)
            .Attributes("userAttributes", input.UserAttributes)
            .Done();
        var attributes = AttributeSchema.Read(input.UserAttributes);
        var (deliveries, messages) = await service.Store.WriteAsync(write =>
        {
            var (pool, client, user, _) = service.Authorize(write, input.AccessToken, call.Now);
            SignUp.CheckWritable(client, attributes.Keys);
            return Change(service, write, pool, user, attributes, call.Now);
        });
        foreach (var message in messages) service.Deliver(message);
        return new(deliveries);
    }

    /// <summary>Stores the changed attributes; gives the codes that verify new addresses.</summary>
    public static (List<CodeDeliveryDetails> Deliveries, List<OutgoingMessage> Messages) Change(CognitoUserPoolService service, IWriteTransaction write, UserPool pool, User user, Dictionary<string, string> attributes, DateTimeOffset now)
    {
        AttributeSchema.CheckUpdate(pool, attributes);
        var (deliveries, messages) = (new List<CodeDeliveryDetails>(), new List<OutgoingMessage>());
        var before = user;
        foreach (var (name, value) in attributes)
        {
            var isNewAddress = name is "email" or "phone_number" && before.Attribute(name) != value;
            var isVerified = attributes.GetValueOrDefault(name + "_verified") == "true";
            CheckAlias(write, pool, before, name, value, isVerified);
            if (!isNewAddress || isVerified)
            {
                user = user.With(name, value);
                continue;
            }
            // The old address stays until the new one is verified, where the pool says so.
            var keepsOld = pool.VerifiesBeforeUpdate(name) && pool.Verifies(name) && before.Attribute(name) is not null && value.Length > 0;
            if (!keepsOld) user = user.With(name, value).With(name + "_verified", "false");
            if (!pool.Verifies(name) || value.Length == 0) continue;
            var code = Codes.Create(pool, service.Ids, CognitoLimits.AttributeCodeValidity, name, now, keepsOld ? value : null);
            user = user.WithCode(CodePurpose.Attribute(name), code);
            deliveries.Add(CodeDeliveryDetails.Of(name, value));
            messages.Add(Messages.Verification(pool, name, value, code.Code, "UpdateUserAttribute"));
        }
        UserStore.Put(write, pool, user with { LastModifiedDate = now });
        return (deliveries, messages);
    }

    /// <summary>Throws where another user is found by this value.</summary>
    private static void CheckAlias(IReader reader, UserPool pool, User user, string name, string value, bool isVerified)
    {
        var isAlias = pool.HasUsernameAttribute(name) || (pool.HasAlias(name) && (name == "preferred_username" || isVerified));
        if (isAlias && UserStore.OwnerOfAlias(reader, pool, name, value, user) is not null) throw CognitoErrors.AliasExists(name);
    }
}

internal sealed record UpdateUserAttributesInput(IReadOnlyList<AttributeType>? UserAttributes, string? AccessToken);

internal sealed record UpdateUserAttributesOutput(IReadOnlyList<CodeDeliveryDetails> CodeDeliveryDetailsList);
