using System.Buffers.Text;
using Emulator.Storage;

namespace Emulator.ApplicationAutoScaling;

/// <summary>One page of a list: its entries, and the token of the next page.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextToken);

/// <summary>Reads lists page by page; a token names the key at which the next page begins.</summary>
internal static class Page
{
    /// <param name="asked">MaxResults: more than the longest page is taken for that.</param>
    /// <param name="select">What an entry is on the page; null where it does not belong there.</param>
    public static Page<T> Read<T>(IReader reader, Space space, byte[] prefix, int? asked, int longest, string? token, Func<ReadOnlyMemory<byte>, T?> select, bool descending = false) where T : class
    {
        if (asked < 0) throw ApplicationAutoScalingErrors.Validation("MaxResults cannot be less than 0");
        var limit = Math.Min(asked ?? longest, longest);
        var range = KeyRange.Prefix(prefix);
        if (token is not null) range = From(range, prefix, token, descending);
        var items = new List<T>();
        foreach (var entry in reader.Range(space, range, descending))
        {
            if (select(entry.Value) is not { } item) continue;
            if (items.Count == limit) return new(items, Base64Url.EncodeToString(entry.Key.Span[prefix.Length..]));
            items.Add(item);
        }
        return new(items, null);
    }

    private static KeyRange From(KeyRange range, byte[] prefix, string token, bool descending)
    {
        if (!Base64Url.IsValid(token)) throw ApplicationAutoScalingErrors.InvalidNextToken();
        byte[] at = [.. prefix, .. Base64Url.DecodeFromChars(token)];
        return descending ? range with { To = (byte[])[.. at, 0] } : range with { From = at };
    }
}
