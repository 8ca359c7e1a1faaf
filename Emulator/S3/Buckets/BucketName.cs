using System.Buffers;
using System.Net;

namespace Emulator.S3.Buckets;

/// <summary>The rules for names of general purpose buckets.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html</remarks>
internal static class BucketName
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");

    public static bool IsValid(string name) =>
        name.Length is >= 3 and <= 63
        && name.AsSpan().IndexOfAnyExcept(Allowed) < 0
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1])
        && !name.Contains("..", StringComparison.Ordinal)
        && !IsAddress(name)
        && !name.StartsWith("xn--", StringComparison.Ordinal)
        && !name.StartsWith("sthree-", StringComparison.Ordinal)
        && !name.StartsWith("amzn-s3-demo-", StringComparison.Ordinal)
        && !name.EndsWith("-s3alias", StringComparison.Ordinal)
        && !name.EndsWith("--ol-s3", StringComparison.Ordinal)
        && !name.EndsWith(".mrap", StringComparison.Ordinal)
        && !name.EndsWith("--x-s3", StringComparison.Ordinal)
        && !name.EndsWith("--table-s3", StringComparison.Ordinal);

    /// <summary>Formatted as an IPv4 address, as 192.168.5.4.</summary>
    private static bool IsAddress(string name) =>
        name.AsSpan().Count('.') == 3 && name.AsSpan().IndexOfAnyExceptInRange('.', '9') < 0 && IPAddress.TryParse(name, out _);
}
