using System.Buffers.Text;

namespace Emulator.S3.Listing;

/// <summary>Where a list goes on: opaque to clients, it holds the last name of the page, so that paging needs no state.</summary>
internal static class ContinuationToken
{
    private const byte Mark = 0x1A;

    public static string Encode(ReadOnlySpan<byte> name)
    {
        var bytes = new byte[name.Length + 2];
        bytes[0] = Mark;
        name.CopyTo(bytes.AsSpan(1));
        bytes[^1] = Check(name);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The name; null where the token is not one of these.</summary>
    public static byte[]? Decode(string token)
    {
        if (!Base64Url.IsValid(token)) return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        if (!Base64Url.TryDecodeFromChars(token, bytes, out var length) || length < 2 || bytes[0] != Mark) return null;
        var name = bytes.AsSpan(1, length - 2);
        return bytes[length - 1] == Check(name) ? name.ToArray() : null;
    }

    private static byte Check(ReadOnlySpan<byte> name)
    {
        var sum = 17;
        foreach (var b in name) sum = (sum * 31) + b;
        return (byte)sum;
    }
}
