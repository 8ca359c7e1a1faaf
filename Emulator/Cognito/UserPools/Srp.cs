using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Emulator.Cognito.UserPools;

/// <summary>The arithmetic of the Secure Remote Password protocol (SRP-6a) as user pools do it: SHA-256, the group of 3072 bits, HKDF.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc5054 and, for what is Cognito's own (padding, the names in the hash, "Caldera Derived Key"), the behaviour of amazon-cognito-identity-js.</remarks>
internal static class Srp
{
    /// <summary>The prime of RFC 3526, group 15 (RFC 5054, appendix A).</summary>
    public static readonly BigInteger N = BigInteger.Parse(
        "0FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437" +
        "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05" +
        "98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B" +
        "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33" +
        "A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864" +
        "D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
        NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    public static readonly BigInteger Generator = 2;

    /// <summary>k = H(N | g)</summary>
    public static readonly BigInteger Multiplier = Hash(Pad(N), Pad(Generator));

    /// <summary>Bytes of a number below N.</summary>
    public const int Size = 384;

    /// <summary>Bytes of a private exponent: as many as the hash has.</summary>
    public const int ExponentSize = 32;

    private static readonly byte[] KeyInfo = "Caldera Derived Key"u8.ToArray();

    /// <summary>v = g^x, x = H(salt | H(pool, user name, ":", password)).</summary>
    public static byte[] Verifier(string poolName, string username, string password, ReadOnlySpan<byte> salt)
    {
        var identity = SHA256.HashData(Encoding.UTF8.GetBytes($"{poolName}{username}:{password}"));
        var x = Hash(Pad(Number(salt)), identity);
        return Bytes(BigInteger.ModPow(Generator, x, N));
    }

    /// <summary>B = k v + g^b</summary>
    public static BigInteger PublicKey(BigInteger verifier, BigInteger b) => ((Multiplier * verifier) + BigInteger.ModPow(Generator, b, N)) % N;

    /// <summary>u = H(A | B)</summary>
    public static BigInteger Scramble(BigInteger a, BigInteger b) => Hash(Pad(a), Pad(b));

    /// <summary>The key of the signature: HKDF of the session's secret S = (A v^u)^b.</summary>
    public static byte[] SessionKey(BigInteger publicA, BigInteger verifier, BigInteger u, BigInteger b)
    {
        var secret = BigInteger.ModPow(publicA * BigInteger.ModPow(verifier, u, N) % N, b, N);
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, Pad(secret), 16, Pad(u), KeyInfo);
    }

    /// <summary>What the client must prove that it can compute.</summary>
    public static byte[] Signature(byte[] sessionKey, string poolName, string userId, ReadOnlySpan<byte> secretBlock, string timestamp)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, sessionKey);
        hmac.AppendData(Encoding.UTF8.GetBytes(poolName));
        hmac.AppendData(Encoding.UTF8.GetBytes(userId));
        hmac.AppendData(secretBlock);
        hmac.AppendData(Encoding.UTF8.GetBytes(timestamp));
        return hmac.GetHashAndReset();
    }

    /// <summary>Reads A as clients send it: hexadecimal. A multiple of N, which would make the secret known, is no A.</summary>
    public static BigInteger? ParsePublicKey(string hex)
    {
        if (hex.Length is 0 or > (2 * Size) + 2) return null;
        if (!BigInteger.TryParse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var a)) return null;
        return (a % N).IsZero ? null : a;
    }

    public static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    /// <summary>A number below N in its 384 bytes.</summary>
    public static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[Size];
        var written = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(bytes, Size - written.Length);
        return bytes;
    }

    /// <summary>Cognito's padding: the shortest two's complement, so that a byte of zero precedes a set highest bit.</summary>
    public static byte[] Pad(BigInteger number) => number.ToByteArray(isUnsigned: false, isBigEndian: true);

    private static BigInteger Hash(byte[] first, byte[] second) => Number(SHA256.HashData([.. first, .. second]));
}
