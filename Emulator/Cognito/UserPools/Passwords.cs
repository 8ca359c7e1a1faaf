using System.Security.Cryptography;
using Emulator.Identifiers;

namespace Emulator.Cognito.UserPools;

/// <summary>Makes and checks stored passwords.</summary>
internal static class Passwords
{
    private const int SaltSize = 16;

    /// <summary>Some milliseconds of arithmetic: not inside a write.</summary>
    public static StoredPassword Create(UserPool pool, string username, string password, IdSource ids)
    {
        var salt = ids.Bytes(SaltSize);
        return new(salt, Srp.Verifier(pool.ShortId, username, password, salt));
    }

    /// <summary>Whether this is the user's password. Takes as long where there is no user.</summary>
    public static bool Verify(UserPool pool, User? user, string password)
    {
        var stored = user?.Password ?? new StoredPassword(pool.SessionKey[..SaltSize], new byte[Srp.Size]);
        var verifier = Srp.Verifier(pool.ShortId, user?.Username ?? "", password, stored.Salt);
        return CryptographicOperations.FixedTimeEquals(verifier, stored.Verifier) && user is not null;
    }
}
