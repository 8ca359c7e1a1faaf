using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Returns a user with all its attributes.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html</remarks>
internal static class AdminGetUser
{
    public static AdminGetUserOutput Execute(CognitoUserPoolService service, Call call, AdminUserInput input)
    {
        input.Check();
        using var snapshot = service.Store.Snapshot();
        var user = UserStore.Get(snapshot, UserPoolStore.Get(snapshot, call, input.UserPoolId), input.Username);
        return new()
        {
            Username = user.Username,
            UserAttributes = [.. user.AttributeList],
            UserCreateDate = user.CreationDate.ToEpochSeconds(),
            UserLastModifiedDate = user.LastModifiedDate.ToEpochSeconds(),
            Enabled = user.Enabled,
            UserStatus = user.Status,
        };
    }
}

internal sealed record AdminGetUserOutput
{
    public required string Username { get; init; }
    public required IReadOnlyList<AttributeType> UserAttributes { get; init; }
    public required double UserCreateDate { get; init; }
    public required double UserLastModifiedDate { get; init; }
    public required bool Enabled { get; init; }
    public required string UserStatus { get; init; }
}
