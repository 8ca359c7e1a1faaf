using System.Buffers;
using Emulator.Protocols;
using Microsoft.Extensions.Primitives;

namespace Emulator.SigV4;

/// <summary>The text of a request that its signature is made over.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html</remarks>
internal static class CanonicalRequest
{
    /// <summary>Writes the canonical request.</summary>
    /// <param name="signedHeaders">The names as the client lists them, and <paramref name="signedHeaderNames"/> taken apart.</param>
    /// <param name="payloadHash">Hexadecimal, or one of the words that stand for it.</param>
    /// <param name="s3">S3 signs the path as it is, once encoded; the other services normalise it and encode once more what came.</param>
    public static void Write(ref Utf8Buffer output, RestRequest request, ReadOnlySpan<char> signedHeaders, ReadOnlySpan<string> signedHeaderNames, ReadOnlySpan<char> payloadHash, bool s3)
    {
        output.Append(request.Method);
        output.Append((byte)'\n');
        if (s3) WriteS3Path(ref output, request.SignedPath);
        else WriteNormalizedPath(ref output, request.SignedPath);
        output.Append((byte)'\n');
        WriteQuery(ref output, request.RawQuery);
        output.Append((byte)'\n');
        foreach (var name in signedHeaderNames) WriteHeader(ref output, request, name);
        output.Append((byte)'\n');
        output.Append(signedHeaders);
        output.Append((byte)'\n');
        output.Append(payloadHash);
    }

    /// <summary>The path decoded and encoded again, so that it does not matter which characters the client chose to encode.</summary>
    private static void WriteS3Path(ref Utf8Buffer output, string rawPath)
    {
        Span<byte> stack = stackalloc byte[512];
        var path = new Utf8Buffer(stack);
        path.Append(rawPath);
        var bytes = path.Written;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '/') output.Append(bytes[i]);
            else output.AppendUriEncoded(Decode(bytes, ref i));
        }
        path.Dispose();
    }

    /// <summary>Empty and dot segments are taken out; what is left is encoded as it came, so that a percent sign is encoded a second time.</summary>
    private static void WriteNormalizedPath(ref Utf8Buffer output, string rawPath)
    {
        if (rawPath.Length <= 1)
        {
            output.Append((byte)'/');
            return;
        }
        var start = output.Length;
        Span<byte> stack = stackalloc byte[512];
        var path = new Utf8Buffer(stack);
        Normalize(ref path, rawPath);
        foreach (var value in path.Written)
        {
            if (value == '/') output.Append(value);
            else output.AppendUriEncoded(value);
        }
        if (output.Length == start) output.Append((byte)'/');
        path.Dispose();
    }

    private static void Normalize(ref Utf8Buffer path, string rawPath)
    {
        Span<Range> few = stackalloc Range[64];
        var count = rawPath.AsSpan().Count('/') + 1;
        var segments = count <= few.Length ? few : new Range[count];
        var kept = 0;
        foreach (var segment in rawPath.AsSpan().Split('/'))
        {
            var text = rawPath.AsSpan(segment);
            if (text is "" or ".") continue;
            if (text is not "..") segments[kept++] = segment;
            else if (kept > 0) kept--;
        }
        foreach (var segment in segments[..kept])
        {
            path.Append((byte)'/');
            path.Append(rawPath.AsSpan(segment));
        }
        if (kept == 0 || rawPath.EndsWith('/')) path.Append((byte)'/');
    }

    /// <summary>The parameters decoded, encoded again and sorted by name, then value; the signature itself is left out.</summary>
    private static void WriteQuery(ref Utf8Buffer output, string rawQuery)
    {
        if (rawQuery.Length == 0) return;
        Span<byte> stack = stackalloc byte[1024];
        var encoded = new Utf8Buffer(stack);
        var parameters = ArrayPool<Parameter>.Shared.Rent(rawQuery.AsSpan().Count('&') + 1);
        var count = 0;
        foreach (var part in rawQuery.AsSpan().Split('&'))
        {
            var text = rawQuery.AsSpan(part);
            if (text.IsEmpty) continue;
            var equals = text.IndexOf('=');
            var name = equals < 0 ? text : text[..equals];
            if (name is "X-Amz-Signature") continue;
            var nameStart = encoded.Length;
            EncodeAgain(ref encoded, name);
            var valueStart = encoded.Length;
            if (equals >= 0) EncodeAgain(ref encoded, text[(equals + 1)..]);
            parameters[count++] = new(nameStart, valueStart, encoded.Length);
        }
        Sort(parameters.AsSpan(0, count), encoded.Written);
        for (var i = 0; i < count; i++)
        {
            if (i > 0) output.Append((byte)'&');
            output.Append(parameters[i].Name(encoded.Written));
            output.Append((byte)'=');
            output.Append(parameters[i].Value(encoded.Written));
        }
        ArrayPool<Parameter>.Shared.Return(parameters);
        encoded.Dispose();
    }

    private static void EncodeAgain(ref Utf8Buffer output, ReadOnlySpan<char> text)
    {
        Span<byte> stack = stackalloc byte[256];
        var raw = new Utf8Buffer(stack);
        raw.Append(text);
        var bytes = raw.Written;
        // A query's plus sign is a space.
        for (var i = 0; i < bytes.Length; i++) output.AppendUriEncoded(bytes[i] == '+' ? (byte)' ' : Decode(bytes, ref i));
        raw.Dispose();
    }

    /// <summary>The byte at a position, percent-decoded; the position moves on to its last character.</summary>
    private static byte Decode(ReadOnlySpan<byte> text, ref int position)
    {
        if (text[position] != '%' || position + 2 >= text.Length) return text[position];
        var high = HexDigit(text[position + 1]);
        var low = HexDigit(text[position + 2]);
        if (high < 0 || low < 0) return text[position];
        position += 2;
        return (byte)((high << 4) | low);
    }

    private static int HexDigit(byte digit) => char.IsAsciiHexDigit((char)digit) ? (digit & 15) + (digit >> 6) * 9 : -1;

    /// <summary>By insertion while there are few; clients sign them in order, as a rule.</summary>
    private static void Sort(Span<Parameter> parameters, ReadOnlySpan<byte> text)
    {
        const int few = 32;
        if (parameters.Length > few)
        {
            var copy = text.ToArray();
            parameters.Sort((left, right) => left.CompareTo(right, copy));
            return;
        }
        for (var i = 1; i < parameters.Length; i++)
        {
            var moved = parameters[i];
            var place = i;
            for (; place > 0 && moved.CompareTo(parameters[place - 1], text) < 0; place--) parameters[place] = parameters[place - 1];
            parameters[place] = moved;
        }
    }

    private static void WriteHeader(ref Utf8Buffer output, RestRequest request, string name)
    {
        output.Append(name);
        output.Append((byte)':');
        if (name is ":authority" || (name is "host" && StringValues.IsNullOrEmpty(request.Headers.Host)))
        {
            output.Append(request.Host);
        }
        else if (request.Headers.TryGetValue(name, out var values))
        {
            for (var i = 0; i < values.Count; i++)
            {
                if (i > 0) output.Append((byte)',');
                WriteTrimmed(ref output, values[i]);
            }
        }
        output.Append((byte)'\n');
    }

    /// <summary>Without space at its ends, and each run of white space in it made one space.</summary>
    private static void WriteTrimmed(ref Utf8Buffer output, string? value)
    {
        var rest = value.AsSpan().Trim();
        if (!rest.ContainsAny("\t\r\n") && rest.IndexOf("  ", StringComparison.Ordinal) < 0)
        {
            output.Append(rest);
            return;
        }
        while (true)
        {
            var space = rest.IndexOfAny(" \t\r\n");
            if (space < 0) break;
            output.Append(rest[..space]);
            output.Append((byte)' ');
            rest = rest[space..].TrimStart();
        }
        output.Append(rest);
    }

    /// <summary>Where an encoded parameter stands.</summary>
    private readonly record struct Parameter(int NameStart, int ValueStart, int End)
    {
        public ReadOnlySpan<byte> Name(ReadOnlySpan<byte> text) => text[NameStart..ValueStart];

        public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> text) => text[ValueStart..End];

        public int CompareTo(Parameter other, ReadOnlySpan<byte> text)
        {
            var byName = Name(text).SequenceCompareTo(other.Name(text));
            return byName != 0 ? byName : Value(text).SequenceCompareTo(other.Value(text));
        }
    }
}
