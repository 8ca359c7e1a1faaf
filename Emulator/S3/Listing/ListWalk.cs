using Emulator.Storage;

namespace Emulator.S3.Listing;

/// <summary>Which names are listed: those with a prefix, after a name, with what follows a delimiter rolled up into common prefixes.</summary>
/// <param name="After">The names up to and including this one are left out, common prefixes too; null: from the beginning.</param>
internal readonly record struct ListQuery(byte[] Prefix, byte[] Delimiter, byte[]? After, int Max)
{
    /// <summary>The name <see cref="After"/> itself is not done with: of the items that bear it the rest is listed.</summary>
    public bool StartsWithin { get; init; }
}

/// <summary>A page of a list: the items and the common prefixes, each in order.</summary>
internal sealed class ListPage<T>
{
    public List<(ReadOnlyMemory<byte> Name, T Item)> Items { get; } = [];

    public List<byte[]> CommonPrefixes { get; } = [];

    public bool IsTruncated { get; set; }

    public int Count => Items.Count + CommonPrefixes.Count;

    /// <summary>The name after which the next page begins.</summary>
    public byte[]? Last { get; set; }
}

/// <summary>The one way in which S3 lists objects, versions and uploads.</summary>
internal static class ListWalk
{
    /// <param name="from">The named rows in order from a name on, beyond the prefix too.</param>
    public static ListPage<T> Walk<T>(in ListQuery query, Func<byte[], IEnumerable<(ReadOnlyMemory<byte> Name, T Item)>> from)
    {
        var page = new ListPage<T>();
        if (query.Max == 0) return page;
        var prefix = query.Prefix;
        var start = query.After is not null && Compare(query.After, prefix) >= 0 ? query.StartsWithin ? query.After : [.. query.After, 0] : prefix;
        while (true)
        {
            byte[]? skipped = null;
            foreach (var (name, item) in from(start))
            {
                if (!name.Span.StartsWith(prefix)) return page;
                skipped = CommonPrefix(name.Span, query);
                if (skipped is not null)
                {
                    // A rolled-up prefix is one entry, before the marker or after it: none of its names is looked at again.
                    if (query.After is not null && Compare(skipped, query.After) <= 0) break;
                    if (!Take(page, query.Max)) return page;
                    page.CommonPrefixes.Add(skipped);
                    page.Last = skipped;
                    break;
                }
                if (!Take(page, query.Max)) return page;
                page.Items.Add((name, item));
                page.Last = name.ToArray();
            }
            if (skipped is null || KeyRange.Successor(skipped) is not { } next) return page;
            start = next.ToArray();
        }
    }

    private static bool Take<T>(ListPage<T> page, int max)
    {
        page.IsTruncated = page.Count == max;
        return !page.IsTruncated;
    }

    private static byte[]? CommonPrefix(ReadOnlySpan<byte> name, in ListQuery query)
    {
        if (query.Delimiter.Length == 0) return null;
        var at = name[query.Prefix.Length..].IndexOf(query.Delimiter);
        return at < 0 ? null : name[..(query.Prefix.Length + at + query.Delimiter.Length)].ToArray();
    }

    private static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => left.SequenceCompareTo(right);
}
