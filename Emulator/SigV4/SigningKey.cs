using System.Security.Cryptography;
using System.Text;

namespace Emulator.SigV4;

/// <summary>The key that a secret, a day, a region and a service give, and what is signed with it.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html</remarks>
internal static class SigningKey
{
    public const int SizeBytes = 32;

    public static byte[] Derive(string secretAccessKey, ReadOnlySpan<char> date, string region, string service)
    {
        Span<byte> stack = stackalloc byte[256];
        using var text = new Utf8Buffer(stack);
        text.Append("AWS4"u8);
        text.Append(secretAccessKey);
        var key = new byte[SizeBytes];
        Span<byte> part = stackalloc byte[256];
        using var message = new Utf8Buffer(part);
        message.Append(date);
        HMACSHA256.HashData(text.Written, message.Written, key);
        Next(key, region);
        Next(key, service);
        Next(key, "aws4_request");
        return key;
    }

    /// <summary>The signature of a text in lower-case hexadecimal digits, as bytes.</summary>
    public static void Sign(ReadOnlySpan<byte> key, ReadOnlySpan<byte> stringToSign, Span<byte> signature)
    {
        Span<byte> mac = stackalloc byte[SizeBytes];
        HMACSHA256.HashData(key, stringToSign, mac);
        Convert.TryToHexStringLower(mac, signature, out _);
    }

    private static void Next(byte[] key, string message) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(message), key);
}
