using System.Text;

namespace Emulator.Cognito;

/// <summary>Keys of the store: texts one after the other, with a zero byte after each, so that no key is the beginning of another's part.</summary>
internal static class StoreKey
{
    public static byte[] Of(params ReadOnlySpan<string> parts)
    {
        var length = parts.Length;
        foreach (var part in parts) length += Encoding.UTF8.GetByteCount(part);
        var key = new byte[length];
        var at = 0;
        foreach (var part in parts)
        {
            at += Encoding.UTF8.GetBytes(part, key.AsSpan(at));
            key[at++] = 0;
        }
        return key;
    }

    /// <summary>The last part of a key.</summary>
    public static string Last(ReadOnlySpan<byte> key)
    {
        var text = key[..^1];
        return Encoding.UTF8.GetString(text[(text.LastIndexOf((byte)0) + 1)..]);
    }
}
