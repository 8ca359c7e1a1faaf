using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Emulator.Tests.Cognito;

/// <summary>The client's side of Cognito's SRP sign-in, written from the protocol's description and not from the server's code.</summary>
internal sealed class SrpClient
{
    // RFC 3526, section 4, as it stands there.
    private const string Prime = """
        FFFFFFFF FFFFFFFF C90FDAA2 2168C234 C4C6628B 80DC1CD1 29024E08 8A67CC74 020BBEA6 3B139B22 514A0879 8E3404DD
        EF9519B3 CD3A431B 302B0A6D F25F1437 4FE1356D 6D51C245 E485B576 625E7EC6 F44C42E9 A637ED6B 0BFF5CB6 F406B7ED
        EE386BFB 5A899FA5 AE9F2411 7C4B1FE6 49286651 ECE45B3D C2007CB8 A163BF05 98DA4836 1C55D39A 69163FA8 FD24CF5F
        83655D23 DCA3AD96 1C62F356 208552BB 9ED52907 7096966D 670C354E 4ABC9804 F1746C08 CA18217C 32905E46 2E36CE3B
        E39E772C 180E8603 9B2783A2 EC07A28F B5C55DF0 6F4C52C9 DE2BCBF6 95581718 3995497C EA956AE5 15D22618 98FA0510
        15728E5A 8AAAC42D AD33170D 04507A33 A85521AB DF1CBA64 ECFB8504 58DBEF0A 8AEA7157 5D060C7D B3970F85 A6E1E4C7
        ABF5AE8C DB0933D7 1E8C94E0 4A25619D CEE3D226 1AD2EE6B F12FFA06 D98A0864 D8760273 3EC86A64 521F2B18 177B200C
        BBE11757 7A615D6C 770988C0 BAD946E2 08E24FA0 74E5AB31 43DB5BFC E0FD108E 4B82D120 A93AD2CA FFFFFFFF FFFFFFFF
        """;

    public static readonly BigInteger N = Hex(string.Concat(Prime.Where(char.IsAsciiHexDigit)));

    private static readonly BigInteger K = Hash(Join(Bytes(N), Bytes(2)));

    private readonly BigInteger _a = new(RandomNumberGenerator.GetBytes(128), isUnsigned: true);

    public string A => BigInteger.ModPow(2, _a, N).ToString("x", CultureInfo.InvariantCulture).TrimStart('0');

    /// <summary>The responses to a PASSWORD_VERIFIER challenge.</summary>
    public Dictionary<string, string> Respond(string poolId, string password, JsonElement challenge, string timestamp = "Tue Jun 9 03:04:05 UTC 2026")
    {
        var (pool, userId) = (poolId[(poolId.IndexOf('_') + 1)..], challenge.Text("USER_ID_FOR_SRP"));
        var (b, salt) = (Hex(challenge.Text("SRP_B")), Hex(challenge.Text("SALT")));
        var u = Hash(Join(Bytes(BigInteger.ModPow(2, _a, N)), Bytes(b)));
        var inner = SHA256.HashData(Encoding.UTF8.GetBytes(pool + userId + ":" + password));
        var x = Hash(Join(Bytes(salt), inner));
        // (B - k g^x)^(a + u x)
        var difference = (b - (K * BigInteger.ModPow(2, x, N))) % N;
        if (difference.Sign < 0) difference += N;
        var s = BigInteger.ModPow(difference, _a + (u * x), N);
        var prk = HMACSHA256.HashData(Bytes(u), Bytes(s));
        var key = HMACSHA256.HashData(prk, Join(Encoding.ASCII.GetBytes("Caldera Derived Key"), [1]))[..16];
        var message = Join(Encoding.UTF8.GetBytes(pool + userId), Convert.FromBase64String(challenge.Text("SECRET_BLOCK")), Encoding.ASCII.GetBytes(timestamp));
        return new()
        {
            ["USERNAME"] = userId,
            ["PASSWORD_CLAIM_SECRET_BLOCK"] = challenge.Text("SECRET_BLOCK"),
            ["PASSWORD_CLAIM_SIGNATURE"] = Convert.ToBase64String(HMACSHA256.HashData(key, message)),
            ["TIMESTAMP"] = timestamp,
        };
    }

    private static BigInteger Hex(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // With a leading zero byte where the highest bit is set.
    private static byte[] Bytes(BigInteger number) => number.ToByteArray(isUnsigned: false, isBigEndian: true);

    private static BigInteger Hash(byte[] bytes) => new(SHA256.HashData(bytes), isUnsigned: true, isBigEndian: true);

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
