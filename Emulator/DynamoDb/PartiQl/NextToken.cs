using System.Security.Cryptography;
using System.Text;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>Where the next page of a SELECT begins: after a key, and for the same statement with the same parameters only.</summary>
/// <remarks>Observed: DynamoDbPartiQLHandler of floci-io/floci notes what AWS binds a token to; Limit and ConsistentRead may change from page to page.</remarks>
internal static class NextToken
{
    private const int BindingLength = 16;
    private const int SealLength = 16;

    public static string Of(ReadOnlySpan<byte> key, string statement, IReadOnlyList<AttributeValue> parameters)
    {
        byte[] content = [.. Binding(statement, parameters), .. key];
        return Convert.ToBase64String([.. Seal(content), .. content]);
    }

    /// <summary>The key after which the page begins; refused where the token was not given, or not for this.</summary>
    public static byte[] Read(string token, string statement, IReadOnlyList<AttributeValue> parameters)
    {
        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length) || length < SealLength + BindingLength) throw PartiQlErrors.InvalidNextToken();
        var content = bytes.AsSpan(SealLength, length - SealLength);
        if (!Seal(content).SequenceEqual(bytes.AsSpan(0, SealLength))) throw PartiQlErrors.InvalidNextToken();
        if (!Binding(statement, parameters).SequenceEqual(content[..BindingLength])) throw PartiQlErrors.NextTokenMismatch();
        return content[BindingLength..].ToArray();
    }

    private static ReadOnlySpan<byte> Binding(string statement, IReadOnlyList<AttributeValue> parameters)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(statement));
        foreach (var parameter in parameters)
        {
            hash.AppendData([0]);
            hash.AppendData(parameter.Encoded.Span);
        }
        return hash.GetHashAndReset().AsSpan(0, BindingLength);
    }

    /// <summary>What tells a token of ours from one that somebody made up or changed; nothing secret hangs from it.</summary>
    private static ReadOnlySpan<byte> Seal(ReadOnlySpan<byte> content) => HMACSHA256.HashData("PartiQL NextToken"u8, content).AsSpan(0, SealLength);
}
