using System.Buffers;
using System.Text;
using Emulator.Protocols;

namespace Emulator.S3.Objects;

/// <summary>Keys on the wire: percent-encoded once in paths, in <c>x-amz-copy-source</c> and in lists with <c>encoding-type=url</c>.</summary>
internal static class ObjectKey
{
    private static readonly SearchValues<byte> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.*/"u8);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The key of a path <c>/bucket/key</c>, exactly: what is not percent-encoded stands for itself, a plus too.</summary>
    public static string FromPath(string rawPath)
    {
        var raw = rawPath.AsSpan(rawPath.IndexOf('/', 1) + 1);
        var key = TryDecode(raw) ?? throw S3Errors.InvalidUri(rawPath);
        return FailureOf(key) is { } failure ? throw failure : key;
    }

    /// <summary>What is wrong with a key; null: nothing.</summary>
    public static AwsException? FailureOf(string key) => Encoding.UTF8.GetByteCount(key) is > S3Limits.KeyBytes and var bytes ? S3Errors.KeyTooLong(bytes) : null;

    /// <summary>Percent-decodes to UTF-8; null where an escape is broken or the bytes are not UTF-8.</summary>
    public static string? TryDecode(ReadOnlySpan<char> text)
    {
        if (!text.Contains('%') && System.Text.Ascii.IsValid(text)) return text.ToString();
        var bytes = ArrayPool<byte>.Shared.Rent(text.Length * 3);
        try
        {
            var length = 0;
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] != '%')
                {
                    // Raw letters beyond ASCII are taken for themselves.
                    var run = text[i..];
                    var next = run.IndexOf('%');
                    if (next >= 0) run = run[..next];
                    length += Strict.GetBytes(run, bytes.AsSpan(length));
                    i += run.Length - 1;
                    continue;
                }
                if (i + 2 >= text.Length) return null;
                var high = HexValue(text[i + 1]);
                var low = HexValue(text[i + 2]);
                if (high < 0 || low < 0) return null;
                bytes[length++] = (byte)((high << 4) | low);
                i += 2;
            }
            return Strict.GetString(bytes, 0, length);
        }
        catch (ArgumentException)
        {
            return null; // not UTF-8, or half a surrogate pair
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>As <c>encoding-type=url</c> writes keys and prefixes.</summary>
    public static string UrlEncode(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOfAnyExcept(Unreserved) < 0) return Encoding.ASCII.GetString(utf8);
        var text = new StringBuilder(utf8.Length + 16);
        foreach (var b in utf8)
        {
            if (Unreserved.Contains(b)) text.Append((char)b);
            else text.Append('%').Append("0123456789ABCDEF"[b >> 4]).Append("0123456789ABCDEF"[b & 15]);
        }
        return text.ToString();
    }

    public static string UrlEncode(string text) => UrlEncode(Encoding.UTF8.GetBytes(text));

    private static int HexValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
