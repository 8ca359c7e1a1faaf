using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Returns the user of an access token, with the attributes that the client may read.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html</remarks>
internal static class GetUser
{
    public static GetUserOutput Execute(CognitoUserPoolService service, Call call, AccessTokenInput input)
    {
        input.Check();
        using var snapshot = service.Store.Snapshot();
        var (_, client, user, _) = service.Authorize(snapshot, input.AccessToken, call.Now);
        return new(user.Username, [.. user.AttributeList.Where(attribute => client.CanRead(attribute.Name!))]);
    }
}

/// <summary>The input of the operations that take nothing but an access token.</summary>
internal sealed record AccessTokenInput(string? AccessToken)
{
    public void Check() => new ShapeCheck().Required("accessToken", AccessToken, Shapes.Token).Done();
}

internal sealed record GetUserOutput(string Username, IReadOnlyList<AttributeType> UserAttributes);
