using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Creates a user with a temporary password and invites it.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html</remarks>
internal static class AdminCreateUser
{
    public static async ValueTask<AdminCreateUserOutput> ExecuteAsync(CognitoUserPoolService service, Call call, AdminCreateUserInput input)
    {
        new ShapeCheck()
            .Required("userPoolId", input.UserPoolId, Shapes.UserPoolId)
            .Required("username", input.Username, Shapes.Username)
            .Optional("temporaryPassword", input.TemporaryPassword, Shapes.Password)
            .OneOf("messageAction", input.MessageAction, "RESEND", "SUPPRESS")
            .EachOneOf("desiredDeliveryMediums", input.DesiredDeliveryMediums, "SMS", "EMAIL")
            .Attributes("userAttributes", input.UserAttributes)
            .Done();
        UserPool pool;
        using (var snapshot = service.Store.Snapshot()) pool = UserPoolStore.Get(snapshot, call, input.UserPoolId);
        if (input.TemporaryPassword is { } given) pool.PasswordPolicy.Check(given, PasswordPolicy.AdminCreateUserText);
        var temporaryPassword = input.TemporaryPassword ?? pool.PasswordPolicy.Generate(service.Ids);
        var user = input.MessageAction == "RESEND"
            ? await ResetAsync(service, pool, input, temporaryPassword, call.Now)
            : await CreateAsync(service, pool, input, temporaryPassword, call.Now);
        if (input.MessageAction != "SUPPRESS") Invite(service, pool, user, input, temporaryPassword);
        return new(UserType.Of(user));
    }

    private static async ValueTask<User> CreateAsync(CognitoUserPoolService service, UserPool pool, AdminCreateUserInput input, string temporaryPassword, DateTimeOffset now)
    {
        var nameAttribute = UsernameRules.AttributeOf(pool, input.Username!);
        var attributes = AttributeSchema.Read(input.UserAttributes);
        if (nameAttribute is not null) attributes[nameAttribute] = input.Username!;
        if (attributes.ContainsKey("sub")) throw CognitoErrors.InvalidParameter("user.sub: Attribute cannot be updated.\n");
        AttributeSchema.CheckNew(pool, attributes, complete: false);
        var sub = service.Ids.Uuid().ToString();
        var username = nameAttribute is null ? input.Username! : sub;
        var user = new User
        {
            Username = username,
            Sub = sub,
            Status = UserStatus.ForceChangePassword,
            CreationDate = now,
            LastModifiedDate = now,
            Attributes = attributes,
            Password = Passwords.Create(pool, username, temporaryPassword, service.Ids),
            TemporaryPasswordExpires = now.AddDays(pool.TemporaryPasswordDays),
        };
        return await service.Store.WriteAsync(write =>
        {
            SignUp.CheckFree(write, pool, user, nameAttribute, CognitoErrors.UserAccountExists);
            TakeAliases(write, pool, user, input.ForceAliasCreation == true);
            UserStore.Put(write, pool, user);
            return user;
        });
    }

    private static void TakeAliases(IWriteTransaction write, UserPool pool, User user, bool force)
    {
        foreach (var attribute in pool.AliasAttributes ?? [])
        {
            if (user.HasVerified(attribute)) ConfirmSignUp.Verify(write, pool, user, attribute, force);
        }
    }

    /// <summary>A new temporary password, and its time begins again.</summary>
    private static async ValueTask<User> ResetAsync(CognitoUserPoolService service, UserPool pool, AdminCreateUserInput input, string temporaryPassword, DateTimeOffset now)
    {
        User found;
        using (var snapshot = service.Store.Snapshot()) found = UserStore.Get(snapshot, pool, input.Username);
        var password = Passwords.Create(pool, found.Username, temporaryPassword, service.Ids);
        return await service.Store.WriteAsync(write =>
        {
            var user = UserStore.ByUsername(write, pool, found.Username) ?? throw CognitoErrors.UserNotFound();
            if (user.Status != UserStatus.ForceChangePassword) throw new AwsException("UnsupportedUserStateException", $"Resend not possible. {input.Username} status is not FORCE_CHANGE_PASSWORD");
            user = user with { Password = password, TemporaryPasswordExpires = now.AddDays(pool.TemporaryPasswordDays), LastModifiedDate = now };
            UserStore.Put(write, pool, user);
            return user;
        });
    }

    /// <summary>Sends by the mediums that were asked for; without a wish by SMS where there is a number, else by mail.</summary>
    private static void Invite(CognitoUserPoolService service, UserPool pool, User user, AdminCreateUserInput input, string temporaryPassword)
    {
        var (phone, email) = (user.Attribute("phone_number"), user.Attribute("email"));
        var mediums = input.DesiredDeliveryMediums is { Count: > 0 } wished ? wished : phone is { Length: > 0 } ? ["SMS"] : ["EMAIL"];
        if (mediums.Contains("SMS") && phone is { Length: > 0 }) service.Deliver(Messages.Invitation(pool, "phone_number", phone, input.Username!, temporaryPassword));
        if (mediums.Contains("EMAIL") && email is { Length: > 0 }) service.Deliver(Messages.Invitation(pool, "email", email, input.Username!, temporaryPassword));
    }
}

internal sealed record AdminCreateUserInput
{
    public string? UserPoolId { get; init; }
    public string? Username { get; init; }
    public IReadOnlyList<AttributeType>? UserAttributes { get; init; }
    public string? TemporaryPassword { get; init; }
    public bool? ForceAliasCreation { get; init; }
    public string? MessageAction { get; init; }
    public IReadOnlyList<string>? DesiredDeliveryMediums { get; init; }
}

internal sealed record AdminCreateUserOutput(UserType User);

/// <summary>A user in an answer or a list.</summary>
internal sealed record UserType(string Username, IReadOnlyList<AttributeType> Attributes, double UserCreateDate, double UserLastModifiedDate, bool Enabled, string UserStatus)
{
    public static UserType Of(User user) =>
        new(user.Username, [.. user.AttributeList], user.CreationDate.ToEpochSeconds(), user.LastModifiedDate.ToEpochSeconds(), user.Enabled, user.Status);
}
