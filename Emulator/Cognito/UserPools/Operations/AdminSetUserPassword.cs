using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Sets a user's password: for good, or until the user changes it at the next sign-in.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html</remarks>
internal static class AdminSetUserPassword
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(CognitoUserPoolService service, Call call, AdminSetUserPasswordInput input)
    {
        new ShapeCheck()
            .Required("userPoolId", input.UserPoolId, Shapes.UserPoolId)
            .Required("username", input.Username, Shapes.Username)
            .Required("password", input.Password, Shapes.Password)
            .Done();
        UserPool pool;
        User found;
        using (var snapshot = service.Store.Snapshot())
        {
            pool = UserPoolStore.Get(snapshot, call, input.UserPoolId);
            found = UserStore.Get(snapshot, pool, input.Username);
        }
        pool.PasswordPolicy.Check(input.Password!, PasswordPolicy.ChangeText);
        var password = Passwords.Create(pool, found.Username, input.Password!, service.Ids);
        var permanent = input.Permanent == true;
        await service.Store.WriteAsync(write =>
        {
            var user = UserStore.ByUsername(write, pool, found.Username) ?? throw CognitoErrors.UserNotFound();
            UserStore.Put(write, pool, user with
            {
                Password = password,
                Status = permanent ? UserStatus.Confirmed : UserStatus.ForceChangePassword,
                TemporaryPasswordExpires = permanent ? null : call.Now.AddDays(pool.TemporaryPasswordDays),
                FailedSignIns = null,
                LastModifiedDate = call.Now,
            });
            return true;
        });
        return new();
    }
}

internal sealed record AdminSetUserPasswordInput(string? UserPoolId, string? Username, string? Password, bool? Permanent);
