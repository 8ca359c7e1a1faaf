namespace Emulator.Iam;

/// <summary>Parts of Amazon Resource Names: <c>arn:partition:service:region:account:resource</c>.</summary>
internal static class Arn
{
    /// <summary>The account of an ARN; empty where it has none, as S3's.</summary>
    public static ReadOnlySpan<char> AccountOf(ReadOnlySpan<char> arn) => Part(arn, 4);

    /// <summary>What follows the fifth colon.</summary>
    public static ReadOnlySpan<char> ResourceOf(ReadOnlySpan<char> arn) => Part(arn, 5);

    /// <summary>Whether it has six parts of which partition, service and resource are not empty.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> arn) =>
        arn.StartsWith("arn:") && !Part(arn, 1).IsEmpty && !Part(arn, 2).IsEmpty && !Part(arn, 5).IsEmpty;

    private static ReadOnlySpan<char> Part(ReadOnlySpan<char> arn, int index)
    {
        for (var i = 0; i < index; i++)
        {
            var colon = arn.IndexOf(':');
            if (colon < 0) return default;
            arn = arn[(colon + 1)..];
        }
        var end = index == 5 ? -1 : arn.IndexOf(':');
        return end < 0 ? arn : arn[..end];
    }
}
