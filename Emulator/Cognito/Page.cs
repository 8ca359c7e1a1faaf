using System.Buffers.Text;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.Cognito;

/// <summary>One page of a list: its entries, and the token of the next page.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextToken);

/// <summary>Reads lists page by page; a token names the key at which the next page begins.</summary>
internal static class Page
{
    public static Page<T> Read<T>(IReader reader, Space space, byte[] prefix, string? token, int limit, Func<Entry, T?> select, Func<AwsException> invalidToken) where T : class
    {
        var range = KeyRange.Prefix(prefix);
        if (token is not null) range = range with { From = Decode(token, prefix) ?? throw invalidToken() };
        var items = new List<T>();
        foreach (var entry in reader.Range(space, range))
        {
            if (items.Count == limit) return new(items, Base64Url.EncodeToString(entry.Key.Span[prefix.Length..]));
            if (select(entry) is { } item) items.Add(item);
        }
        return new(items, null);
    }

    private static byte[]? Decode(string token, byte[] prefix)
    {
        if (!Base64Url.IsValid(token)) return null;
        return [.. prefix, .. Base64Url.DecodeFromChars(token)];
    }
}
