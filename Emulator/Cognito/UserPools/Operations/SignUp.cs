using Emulator.Integration;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Registers a user and sends the code that confirms it.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html</remarks>
internal static class SignUp
{
    public static async ValueTask<SignUpOutput> ExecuteAsync(CognitoUserPoolService service, Call call, SignUpInput input)
    {
        new ShapeCheck()
            .Required("clientId", input.ClientId, Shapes.ClientId)
            .Optional("secretHash", input.SecretHash, Shapes.SecretHash)
            .Required("username", input.Username, Shapes.Username)
            .Optional("password", input.Password, Shapes.Password)
            .Attributes("userAttributes", input.UserAttributes)
            .Done();
        var (pool, client) = service.Client(input.ClientId, input.SecretHash, input.Username);
        if (pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly == true) throw CognitoErrors.NotAuthorized("SignUp is not permitted for this user pool");
        var nameAttribute = UsernameRules.AttributeOf(pool, input.Username!);
        var attributes = AttributeSchema.Read(input.UserAttributes);
        CheckWritable(client, attributes.Keys);
        if (nameAttribute is not null) attributes[nameAttribute] = input.Username!;
        AttributeSchema.CheckNew(pool, attributes, complete: true);
        pool.PasswordPolicy.Check(input.Password ?? "", PasswordPolicy.SignUpText);

        var sub = service.Ids.Uuid().ToString();
        var username = nameAttribute is null ? input.Username! : sub;
        var user = new User
        {
            Username = username,
            Sub = sub,
            Status = UserStatus.Unconfirmed,
            CreationDate = call.Now,
            LastModifiedDate = call.Now,
            Attributes = Unverified(attributes),
            Password = Passwords.Create(pool, username, input.Password!, service.Ids),
        };
        (user, var message, var delivery) = WithCode(service, pool, user, call.Now);
        await service.Store.WriteAsync(write =>
        {
            CheckFree(write, pool, user, nameAttribute, CognitoErrors.UserExists);
            UserStore.Put(write, pool, user);
            return true;
        });
        service.Deliver(message);
        return new(false, delivery, sub);
    }

    /// <summary>Throws where the name, or the attribute with which users sign in, is taken.</summary>
    public static void CheckFree(IReader reader, UserPool pool, User user, string? nameAttribute, Func<AwsException> userExists)
    {
        if (UserStore.ByUsername(reader, pool, user.Username) is not null) throw userExists();
        foreach (var attribute in pool.UsernameAttributes ?? [])
        {
            if (user.Attribute(attribute) is { } value && UserStore.OwnerOfAlias(reader, pool, attribute, value, null) is not null) throw CognitoErrors.AccountWithAttributeExists(attribute);
        }
        if (pool.HasAlias("preferred_username") && user.Attribute("preferred_username") is { } preferred && UserStore.OwnerOfAlias(reader, pool, "preferred_username", preferred, null) is not null)
        {
            throw CognitoErrors.AliasExists("preferred_username");
        }
    }

    /// <summary>Throws where the client may not write an attribute. Whether an address is verified no client may write.</summary>
    public static void CheckWritable(UserPoolClient client, IEnumerable<string> names)
    {
        if (names.Any(name => name is "sub" or "email_verified" or "phone_number_verified" || name.StartsWith("dev:", StringComparison.Ordinal) || !client.CanWrite(name))) throw CognitoErrors.UnauthorizedAttribute();
    }

    /// <summary>The user with a new sign-up code, its message and what the answer says of it; without either where the pool verifies nothing that the user has.</summary>
    public static (User User, OutgoingMessage? Message, CodeDeliveryDetails? Delivery) WithCode(CognitoUserPoolService service, UserPool pool, User user, DateTimeOffset now)
    {
        if (Codes.AttributeToVerify(pool, user) is not { } attribute) return (user, null, null);
        var value = user.Attribute(attribute)!;
        var code = Codes.Create(pool, service.Ids, CognitoLimits.ConfirmationCodeValidity, attribute, now);
        return (user.WithCode(CodePurpose.SignUp, code), Messages.Verification(pool, attribute, value, code.Code, "SignUp"), CodeDeliveryDetails.Of(attribute, value));
    }

    private static Dictionary<string, string> Unverified(Dictionary<string, string> attributes)
    {
        var result = new Dictionary<string, string>(attributes);
        foreach (var name in new[] { "email", "phone_number" })
        {
            if (result.ContainsKey(name)) result[name + "_verified"] = "false";
        }
        return result;
    }
}

internal sealed record SignUpInput
{
    public string? ClientId { get; init; }
    public string? SecretHash { get; init; }
    public string? Username { get; init; }
    public string? Password { get; init; }
    public IReadOnlyList<AttributeType>? UserAttributes { get; init; }
}

internal sealed record SignUpOutput(bool UserConfirmed, CodeDeliveryDetails? CodeDeliveryDetails, string UserSub);
