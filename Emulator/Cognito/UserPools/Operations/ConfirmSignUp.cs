using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Confirms a user who proves that the code has arrived.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html</remarks>
internal static class ConfirmSignUp
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(CognitoUserPoolService service, Call call, ConfirmSignUpInput input)
    {
        new ShapeCheck()
            .Required("clientId", input.ClientId, Shapes.ClientId)
            .Optional("secretHash", input.SecretHash, Shapes.SecretHash)
            .Required("username", input.Username, Shapes.Username)
            .Required("confirmationCode", input.ConfirmationCode, Shapes.Code)
            .Done();
        var (pool, client) = service.Client(input.ClientId, input.SecretHash, input.Username);
        var problem = await service.Store.WriteAsync<AwsException?>(write =>
        {
            var user = UserStore.Find(write, pool, input.Username!) ?? throw (client.HidesUserExistence ? CognitoErrors.ExpiredCode() : CognitoErrors.UsernameClientNotFound());
            if (user.Status != UserStatus.Unconfirmed) throw CognitoErrors.AlreadyConfirmed(user.Status);
            user = Attempts.Count(user, "ConfirmSignUp", CognitoLimits.CodeEntriesPerWindow, call.Now);
            var (sent, wrongCode) = Codes.Check(user, CodePurpose.SignUp, input.ConfirmationCode, call.Now);
            if (sent is null) UserStore.Put(write, pool, user);
            else Confirm(write, pool, user, sent.Attribute, input.ForceAliasCreation == true, call.Now);
            return wrongCode;
        });
        return problem is null ? new() : throw problem;
    }

    /// <summary>Confirms the user, and with it the address that it proved to have.</summary>
    public static void Confirm(IWriteTransaction write, UserPool pool, User user, string? verifiedAttribute, bool takeAlias, DateTimeOffset now)
    {
        if (verifiedAttribute is not null) user = Verify(write, pool, user, verifiedAttribute, takeAlias);
        UserStore.Put(write, pool, user.WithCode(CodePurpose.SignUp, null) with { Status = UserStatus.Confirmed, LastModifiedDate = now });
    }

    /// <summary>The user with a verified address. Another user who has it as an alias keeps it, unless it is taken from it.</summary>
    public static User Verify(IWriteTransaction write, UserPool pool, User user, string attribute, bool takeAlias)
    {
        if (pool.HasAlias(attribute) && UserStore.OwnerOfAlias(write, pool, attribute, user.Attribute(attribute) ?? "", user) is { } owner)
        {
            if (!takeAlias) throw CognitoErrors.AliasExists(attribute);
            UserStore.Put(write, pool, owner.With(attribute + "_verified", "false"));
        }
        return user.With(attribute + "_verified", "true");
    }
}

internal sealed record ConfirmSignUpInput
{
    public string? ClientId { get; init; }
    public string? SecretHash { get; init; }
    public string? Username { get; init; }
    public string? ConfirmationCode { get; init; }
    public bool? ForceAliasCreation { get; init; }
}
