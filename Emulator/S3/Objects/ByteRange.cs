using System.Globalization;

namespace Emulator.S3.Objects;

/// <summary>A range of bytes of an object.</summary>
internal readonly record struct ByteRange(long Offset, long Length)
{
    public long Last => Offset + Length - 1;

    /// <summary><c>bytes 0-8/10</c></summary>
    public string ContentRange(long size) => $"bytes {Offset}-{Last}/{size}";

    /// <summary>The range of a request's headers, which <c>If-Range</c> makes depend on the object being the one that the client has part of.</summary>
    /// <remarks>Observed 2025: S3 honours If-Range, https://github.com/aws/aws-sdk-kotlin/issues/1645. RFC 9110, 13.1.5: a weak ETag never holds, a date only where it is the object's.</remarks>
    public static ByteRange? Parse(string? header, string? ifRange, StoredObject found) => ifRange is null || Is(ifRange, found) ? Parse(header, found.Size) : null;

    private static bool Is(string ifRange, StoredObject found) => ETags.Same(ifRange, found.ETag) || ifRange == found.LastModified.ToString("R");

    /// <summary>The range of a Range header; null where the whole object is answered: no header, several ranges, or what is not a range.</summary>
    /// <remarks>Observed: S3 answers the whole object to <c>bytes=1-0</c>, <c>bytes=-</c> and to more than one range.</remarks>
    public static ByteRange? Parse(string? header, long size)
    {
        if (header is null || !header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase)) return null;
        var range = header.AsSpan(6).Trim();
        var dash = range.IndexOf('-');
        if (dash < 0) return null;
        var first = range[..dash];
        var last = range[(dash + 1)..];
        if (first.IsEmpty)
        {
            if (!TryParse(last, out var suffix)) return null;
            if (suffix == 0 || size == 0) throw S3Errors.InvalidRange(header, size);
            var length = Math.Min(suffix, size);
            return new(size - length, length);
        }
        if (!TryParse(first, out var from)) return null;
        var to = long.MaxValue - 1;
        if (!last.IsEmpty && (!TryParse(last, out to) || to < from)) return null;
        if (from >= size) throw S3Errors.InvalidRange(header, size);
        return new(from, Math.Min(to, size - 1) - from + 1);
    }

    /// <summary>The range of <c>x-amz-copy-source-range</c>: both ends, and within the source.</summary>
    public static ByteRange ParseCopySource(string header, long size)
    {
        const string Malformed = "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy";
        var range = header.StartsWith("bytes=", StringComparison.Ordinal) ? header.AsSpan(6) : default;
        var dash = range.IndexOf('-');
        if (dash < 0 || !TryParse(range[..dash], out var first) || !TryParse(range[(dash + 1)..], out var last) || last < first)
        {
            throw S3Errors.InvalidArgument(Malformed, "x-amz-copy-source-range", header);
        }
        if (first >= size) throw S3Errors.InvalidRequest("The specified copy range is invalid for the source object size");
        if (last >= size) throw S3Errors.InvalidArgument($"Range specified is not valid for source object of size: {size}", "x-amz-copy-source-range", header);
        return new(first, last - first + 1);
    }

    private static bool TryParse(ReadOnlySpan<char> text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
