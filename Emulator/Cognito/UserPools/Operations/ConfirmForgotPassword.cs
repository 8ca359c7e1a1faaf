using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Sets a new password for a user who proves that the code has arrived.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html</remarks>
internal static class ConfirmForgotPassword
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(CognitoUserPoolService service, Call call, ConfirmForgotPasswordInput input)
    {
        new ShapeCheck()
            .Required("clientId", input.ClientId, Shapes.ClientId)
            .Optional("secretHash", input.SecretHash, Shapes.SecretHash)
            .Required("username", input.Username, Shapes.Username)
            .Required("confirmationCode", input.ConfirmationCode, Shapes.Code)
            .Required("password", input.Password, Shapes.Password)
            .Done();
        var (pool, client) = service.Client(input.ClientId, input.SecretHash, input.Username);
        pool.PasswordPolicy.Check(input.Password!, PasswordPolicy.ChangeText);
        User? found;
        using (var snapshot = service.Store.Snapshot()) found = UserStore.Find(snapshot, pool, input.Username!);
        if (found is null) throw client.HidesUserExistence ? CognitoErrors.ExpiredCode() : CognitoErrors.UsernameClientNotFound();
        var password = Passwords.Create(pool, found.Username, input.Password!, service.Ids);

        var problem = await service.Store.WriteAsync<AwsException?>(write =>
        {
            var user = UserStore.ByUsername(write, pool, found.Username) ?? throw CognitoErrors.ExpiredCode();
            if (!user.Enabled) throw CognitoErrors.UserDisabled();
            user = Attempts.Count(user, "ConfirmForgotPassword", CognitoLimits.PasswordCodeEntriesPerWindow, call.Now);
            var (sent, wrongCode) = Codes.Check(user, CodePurpose.ForgotPassword, input.ConfirmationCode, call.Now);
            if (sent is not null)
            {
                user = user.WithCode(CodePurpose.ForgotPassword, null) with { Password = password, Status = UserStatus.Confirmed, FailedSignIns = null, LastModifiedDate = call.Now };
            }
            UserStore.Put(write, pool, user);
            return wrongCode;
        });
        return problem is null ? new() : throw problem;
    }
}

internal sealed record ConfirmForgotPasswordInput
{
    public string? ClientId { get; init; }
    public string? SecretHash { get; init; }
    public string? Username { get; init; }
    public string? ConfirmationCode { get; init; }
    public string? Password { get; init; }
}
