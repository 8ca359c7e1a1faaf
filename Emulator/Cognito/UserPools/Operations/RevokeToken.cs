using System.Security.Cryptography;
using System.Text;
using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Revokes a refresh token and every access token that came from it.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeToken.html</remarks>
internal static class RevokeToken
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(CognitoUserPoolService service, Call call, RevokeTokenInput input)
    {
        new ShapeCheck()
            .Required("token", input.Token, Shapes.Token)
            .Required("clientId", input.ClientId, Shapes.ClientId)
            .Optional("clientSecret", input.ClientSecret, Shapes.ClientSecret)
            .Done();
        await service.Store.WriteAsync(write =>
        {
            var (pool, client) = UserPoolStore.GetClient(write, input.ClientId!);
            CheckSecret(client, input.ClientSecret);
            if (client.EnableTokenRevocation != true) throw new AwsException("UnsupportedOperationException", "Token revocation is not enabled for this client.");
            if (Jwt.Parse(input.Token!) is not null) throw new AwsException("UnsupportedTokenTypeException", "Unsupported token type.");
            // Source: RFC 7009, section 2.2, by which AWS goes: an unknown token is as good as a revoked one.
            if (UserStore.FindSignIn(write, input.Token!) is { } signIn && signIn.ClientId == client.ClientId) UserStore.PutSignIn(write, pool, signIn with { Revoked = true });
            return true;
        });
        return new();
    }

    /// <summary>Throws where the client has a secret and this is not it.</summary>
    public static void CheckSecret(UserPoolClient client, string? secret)
    {
        if (client.ClientSecret is null && secret is null) return;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(client.ClientSecret ?? ""), Encoding.UTF8.GetBytes(secret ?? "")))
        {
            throw CognitoErrors.NotAuthorized($"Unable to verify secret for client {client.ClientId}");
        }
    }
}

internal sealed record RevokeTokenInput(string? Token, string? ClientId, string? ClientSecret);

/// <summary>An answer without members.</summary>
internal sealed record EmptyOutput;
