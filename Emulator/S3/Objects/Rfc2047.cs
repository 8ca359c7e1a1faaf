using System.Globalization;
using System.Text;

namespace Emulator.S3.Objects;

/// <summary>User metadata beyond ASCII: S3 decodes the encoded words that it is sent and sends such values as encoded words.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata; RFC 2047</remarks>
internal static class Rfc2047
{
    /// <summary>The text of <c>=?UTF-8?B?...?=</c> or <c>=?UTF-8?Q?...?=</c>; any other text as it is.</summary>
    public static string Decode(string value)
    {
        if (value.Length < "=?UTF-8?B??=".Length || !value.StartsWith("=?UTF-8?", StringComparison.OrdinalIgnoreCase) || !value.EndsWith("?=", StringComparison.Ordinal) || value[9] != '?') return value;
        var content = value[10..^2];
        return char.ToUpperInvariant(value[8]) switch
        {
            'B' => DecodeBase64(content) ?? value,
            'Q' => DecodeQuoted(content),
            _ => value,
        };
    }

    /// <summary>ASCII as it is; anything else as one encoded word: quoted where most characters are ASCII, else in base 64.</summary>
    public static string Encode(string value)
    {
        var beyond = value.Count(c => c is < ' ' and not '\t' or > '~');
        if (beyond == 0) return value;
        var utf8 = Encoding.UTF8.GetBytes(value);
        return value.Length - beyond > beyond ? $"=?UTF-8?Q?{Quote(utf8)}?=" : $"=?UTF-8?B?{Convert.ToBase64String(utf8)}?=";
    }

    private static string? DecodeBase64(string content)
    {
        var bytes = new byte[content.Length];
        return Convert.TryFromBase64String(content, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private static string DecodeQuoted(string content)
    {
        var bytes = new List<byte>(content.Length);
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] == '=' && i + 2 < content.Length && byte.TryParse(content.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, null, out var b))
            {
                bytes.Add(b);
                i += 2;
            }
            else
            {
                bytes.Add(content[i] == '_' ? (byte)' ' : (byte)content[i]);
            }
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string Quote(byte[] utf8)
    {
        var text = new StringBuilder(utf8.Length * 2);
        foreach (var b in utf8)
        {
            if (b == ' ') text.Append('_');
            else if (b is > 32 and < 127 and not ((byte)'=' or (byte)'?' or (byte)'_')) text.Append((char)b);
            else text.Append('=').Append(b.ToString("X2"));
        }
        return text.ToString();
    }
}
