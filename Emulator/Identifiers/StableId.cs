using System.Security.Cryptography;
using System.Text;

namespace Emulator.Identifiers;

/// <summary>Identifiers that follow from a name, so that what emulator.yaml declares keeps its ids over restarts.</summary>
internal static class StableId
{
    /// <summary>Letters of <paramref name="alphabet"/> that follow from the kind of the resource, its account, region and name.</summary>
    public static string Of(string kind, string account, string region, string name, string alphabet, int length)
    {
        return string.Create(length, (kind, account, region, name, alphabet), static (span, of) =>
        {
            for (int i = 0, block = 0; i < span.Length; block++)
            {
                var text = $"{of.kind}\n{of.account}\n{of.region}\n{of.name}\n{block}";
                foreach (var b in SHA256.HashData(Encoding.UTF8.GetBytes(text)))
                {
                    if (i == span.Length) break;
                    span[i++] = of.alphabet[b % of.alphabet.Length];
                }
            }
        });
    }

    public static string LowerAlphanumeric(string kind, string account, string region, string name, int length) =>
        Of(kind, account, region, name, "abcdefghijklmnopqrstuvwxyz0123456789", length);

    public static string Alphanumeric(string kind, string account, string region, string name, int length) =>
        Of(kind, account, region, name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);

    public static Guid Uuid(string kind, string account, string region, string name) =>
        Guid.ParseExact(Of(kind, account, region, name, "0123456789abcdef", 12) + "4" + Of(kind + "+", account, region, name, "0123456789abcdef", 3) + "a" + Of(kind + "-", account, region, name, "0123456789abcdef", 15), "N");
}
