using System.Security.Cryptography;
using System.Text;

namespace Emulator.Cognito.UserPools;

/// <summary>The proof that an app knows its client secret.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash</remarks>
internal static class SecretHash
{
    /// <summary>Throws where the client has a secret and the hash does not prove it, or has none and a hash is sent.</summary>
    public static void Check(UserPoolClient client, string? secretHash, params ReadOnlySpan<string> usernames)
    {
        if (client.ClientSecret is null && secretHash is null) return;
        if (secretHash is null) throw CognitoErrors.SecretHashMissing(client.ClientId);
        var right = false;
        foreach (var username in usernames) right |= client.ClientSecret is { } secret && IsRight(secret, client.ClientId, username, secretHash);
        if (!right) throw CognitoErrors.SecretHashWrong(client.ClientId);
    }

    private static bool IsRight(string secret, string clientId, string username, string secretHash)
    {
        var expected = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(username + clientId)));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(secretHash));
    }
}
