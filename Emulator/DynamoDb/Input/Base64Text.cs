using System.Buffers;
using System.Buffers.Text;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Input;

/// <summary>Base64 as DynamoDB takes it: padded, without spaces, without stray bits at its end.</summary>
internal static class Base64Text
{
    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    public static int Decode(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        if (text.Length % 4 != 0) throw Errors.Serialization($"Base64 encoded length is expected a multiple of 4 bytes but found: {text.Length}");
        var digits = text.TrimEnd((byte)'=');
        var padding = text.Length - digits.Length;
        // "dectected" is AWS's spelling.
        if (padding > 2 || (padding > 0 && HasStrayBits(digits[^1], padding))) throw Errors.Serialization("Invalid last non-pad Base64 character dectected");
        var wrong = digits.IndexOfAnyExcept(Alphabet);
        if (wrong >= 0) throw Errors.Serialization($"Invalid base 64 character: '{(char)digits[wrong]}'");
        Base64.DecodeFromUtf8(text, destination, out _, out var written);
        return written;
    }

    private static bool HasStrayBits(byte last, int padding) =>
        (ValueOf(last) & (padding == 1 ? 0b11 : 0b1111)) != 0;

    private static int ValueOf(byte digit) => digit switch
    {
        >= (byte)'A' and <= (byte)'Z' => digit - 'A',
        >= (byte)'a' and <= (byte)'z' => digit - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => digit - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => 0,
    };
}
