using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace Emulator.Protocols;

/// <summary>The codings of bodies: gzip, and deflate, which is the format of zlib.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1</remarks>
internal static class ContentCoding
{
    private const string Gzip = "gzip";
    private const string Deflate = "deflate";

    // .NET takes a stream that breaks off for one that ends: a whole one goes on with what is put behind it.
    private static readonly byte[] End = "\0the end\0"u8.ToArray();
    private static readonly byte[] EndOfGzip = Encode(Gzip, End).ToArray();

    /// <summary>The body that was encoded; null where the coding is unknown, the bytes are not of it, or the body would be longer than the limit.</summary>
    public static ReadOnlyMemory<byte>? Decode(string coding, ReadOnlyMemory<byte> content, long limitBytes)
    {
        try
        {
            return coding.Equals(Gzip, StringComparison.OrdinalIgnoreCase) ? DecodeGzip(content, limitBytes)
                : coding.Equals(Deflate, StringComparison.OrdinalIgnoreCase) ? DecodeDeflate(content, limitBytes)
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    public static ReadOnlyMemory<byte> Encode(string coding, ReadOnlyMemory<byte> content)
    {
        var encoded = new MemoryStream(content.Length / 4);
        using (Stream encoder = coding == Gzip ? new GZipStream(encoded, CompressionLevel.Optimal, leaveOpen: true) : new ZLibStream(encoded, CompressionLevel.Optimal, leaveOpen: true))
        {
            encoder.Write(content.Span);
        }
        return encoded.GetBuffer().AsMemory(0, (int)encoded.Length);
    }

    /// <summary>The coding in which DynamoDB answers, given Accept-Encoding: that of the highest quality; of equals the one that is named, then named first. Null where it answers as it is.</summary>
    /// <remarks>
    /// Observed: test_accept_encoding_header of scylladb/scylladb test/alternator. A quality is what stands behind the first <c>q=</c>, wherever that is; what is no number counts as one, as does more than one;
    /// identity is never preferred.
    /// </remarks>
    public static string? Accepted(string accept)
    {
        string? best = null;
        double bestQuality = 0, wildcard = 0;
        bool namesGzip = false, namesDeflate = false;
        foreach (var range in accept.AsSpan().Split(','))
        {
            var element = accept.AsSpan(range);
            var semicolon = element.IndexOf(';');
            var name = (semicolon < 0 ? element : element[..semicolon]).Trim();
            var quality = semicolon < 0 ? 1 : Quality(element[semicolon..]);
            if (name.SequenceEqual("*")) wildcard = Math.Max(wildcard, quality);
            var coding = name.Equals(Gzip, StringComparison.OrdinalIgnoreCase) ? Gzip : name.Equals(Deflate, StringComparison.OrdinalIgnoreCase) ? Deflate : null;
            namesGzip |= coding == Gzip;
            namesDeflate |= coding == Deflate;
            if (coding is not null && quality > bestQuality) (best, bestQuality) = (coding, quality);
        }
        var unnamed = !namesGzip ? Gzip : !namesDeflate ? Deflate : null;
        return wildcard > bestQuality && unnamed is not null ? unnamed : best;
    }

    private static double Quality(ReadOnlySpan<char> parameters)
    {
        var at = parameters.IndexOf("q=");
        if (at < 0) return 1;
        var value = parameters[(at + 2)..];
        var end = value.IndexOf(';');
        return double.TryParse((end < 0 ? value : value[..end]).Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quality) ? Math.Min(quality, 1) : 1;
    }

    private static ReadOnlyMemory<byte>? DecodeGzip(ReadOnlyMemory<byte> content, long limitBytes)
    {
        if (content.IsEmpty) return null;
        using var decoder = new GZipStream(new MemoryStream([.. content.Span, .. EndOfGzip]), CompressionMode.Decompress);
        if (Read(decoder, limitBytes + End.Length) is not { } decoded || !decoded.Span.EndsWith(End)) return null;
        return decoded[..^End.Length];
    }

    private static ReadOnlyMemory<byte>? DecodeDeflate(ReadOnlyMemory<byte> content, long limitBytes)
    {
        if (content.Length < sizeof(uint)) return null;
        using var decoder = new ZLibStream(new MemoryStream(content.ToArray()), CompressionMode.Decompress);
        if (Read(decoder, limitBytes) is not { } decoded || Adler32(decoded.Span) != BinaryPrimitives.ReadUInt32BigEndian(content.Span[^sizeof(uint)..])) return null;
        return decoded;
    }

    private static ReadOnlyMemory<byte>? Read(Stream decoder, long limitBytes)
    {
        var decoded = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = decoder.Read(buffer)) > 0;)
        {
            if (decoded.Length + read > limitBytes) return null;
            decoded.Write(buffer, 0, read);
        }
        return decoded.GetBuffer().AsMemory(0, (int)decoded.Length);
    }

    /// <summary>The checksum at the end of zlib's format.</summary>
    /// <remarks>https://www.rfc-editor.org/rfc/rfc1950#section-9</remarks>
    private static uint Adler32(ReadOnlySpan<byte> content)
    {
        const uint modulus = 65521;
        uint low = 1, high = 0;
        foreach (var value in content)
        {
            low = (low + value) % modulus;
            high = (high + low) % modulus;
        }
        return (high << 16) | low;
    }
}
