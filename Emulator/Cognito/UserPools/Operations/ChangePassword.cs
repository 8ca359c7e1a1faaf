using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Changes the password of the user who is signed in.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html</remarks>
internal static class ChangePassword
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(CognitoUserPoolService service, Call call, ChangePasswordInput input)
    {
        new ShapeCheck()
            .Optional("previousPassword", input.PreviousPassword, Shapes.Password)
            .Required("proposedPassword", input.ProposedPassword, Shapes.Password)
            .Required("accessToken", input.AccessToken, Shapes.Token)
            .Done();
        AccessGrant grant;
        using (var snapshot = service.Store.Snapshot()) grant = service.Authorize(snapshot, input.AccessToken, call.Now);
        var pool = grant.Pool;
        pool.PasswordPolicy.Check(input.ProposedPassword!, PasswordPolicy.ChangeText);
        var user = await service.WithPasswordAsync(pool, grant.User);
        var counted = Attempts.Count(user, "ChangePassword", CognitoLimits.PasswordChangesPerWindow, call.Now);
        var isRight = Passwords.Verify(pool, user, input.PreviousPassword ?? "");
        var password = isRight ? Passwords.Create(pool, user.Username, input.ProposedPassword!, service.Ids) : user.Password;

        var problem = await service.Store.WriteAsync<AwsException?>(write =>
        {
            var current = UserStore.ByUsername(write, pool, user.Username) ?? throw CognitoErrors.UserNotFound();
            var unchanged = current.Password!.Salt.AsSpan().SequenceEqual(user.Password!.Salt);
            UserStore.Put(write, pool, current with { Password = unchanged ? password : current.Password, Attempts = counted.Attempts, LastModifiedDate = isRight && unchanged ? call.Now : current.LastModifiedDate });
            return isRight && unchanged ? null : CognitoErrors.IncorrectPassword();
        });
        return problem is null ? new() : throw problem;
    }
}

internal sealed record ChangePasswordInput(string? PreviousPassword, string? ProposedPassword, string? AccessToken);
