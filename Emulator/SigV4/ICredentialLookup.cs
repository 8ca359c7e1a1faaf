using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Emulator.Iam;

namespace Emulator.SigV4;

/// <summary>Where the emulator's access keys are: those it issued and those that emulator.yaml names.</summary>
internal interface ICredentialLookup
{
    /// <summary>The key, also when it has expired; null when nobody has it.</summary>
    KnownKey? Find(string accessKeyId);
}

/// <summary>An access key with its secret and the principal it belongs to.</summary>
/// <param name="SessionToken">Temporary credentials only: what the request must carry as X-Amz-Security-Token.</param>
/// <param name="Expiration">Temporary credentials only.</param>
internal sealed record KnownKey(string SecretAccessKey, string? SessionToken, DateTimeOffset? Expiration, Caller Caller)
{
    /// <summary>Refuses a session token that is not this key's, or no longer.</summary>
    /// <param name="token">null or empty: none came.</param>
    public void CheckToken(string? token, string accessKeyId, DateTimeOffset now, AuthDialect dialect)
    {
        if (SessionToken is null && string.IsNullOrEmpty(token)) return;
        // A temporary key without its token is no key at all.
        if (string.IsNullOrEmpty(token)) throw SigV4Errors.UnknownKey(dialect, accessKeyId);
        if (SessionToken is null || !FixedTimeEquals(SessionToken, token)) throw SigV4Errors.InvalidToken(dialect, token);
        if (Expiration <= now) throw SigV4Errors.ExpiredToken(dialect, token);
    }

    private static bool FixedTimeEquals(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(left.AsSpan()), MemoryMarshal.AsBytes(right.AsSpan()));
}
