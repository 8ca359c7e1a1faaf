using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Emulator.Cognito.UserPools;

namespace Emulator.Cognito;

/// <summary>Writes and takes apart JSON web tokens signed with RS256.</summary>
/// <remarks>Written by hand: the token library costs start-up time, and all that is needed of it is what stands here.</remarks>
internal static class Jwt
{
    /// <summary>No token is longer: 50 attributes of 2048 characters.</summary>
    private const int MaxLength = 256 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Create(Signer signer, Action<Utf8JsonWriter> writeClaims)
    {
        var header = Encode(json =>
        {
            json.WriteString("kid", signer.Kid);
            json.WriteString("alg", "RS256");
        });
        var content = $"{header}.{Encode(writeClaims)}";
        return $"{content}.{Base64Url.EncodeToString(signer.Sign(Encoding.ASCII.GetBytes(content)))}";
    }

    /// <summary>The parts of a token; null where it is none. Nothing is verified yet.</summary>
    public static ParsedToken? Parse(string token)
    {
        if (token.Length > MaxLength) return null;
        var firstDot = token.IndexOf('.');
        var lastDot = token.LastIndexOf('.');
        if (firstDot < 0 || lastDot <= firstDot || token.AsSpan(firstDot + 1, lastDot - firstDot - 1).Contains('.')) return null;
        if (Decode(token.AsSpan(0, firstDot)) is not { } header || Decode(token.AsSpan(firstDot + 1, lastDot - firstDot - 1)) is not { } claims) return null;
        if (!Base64Url.IsValid(token.AsSpan(lastDot + 1))) return null;
        return new(header, claims, Encoding.ASCII.GetBytes(token, 0, lastDot), Base64Url.DecodeFromChars(token.AsSpan(lastDot + 1)));
    }

    public static string? Text(this JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static DateTimeOffset? Time(this JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is > -62_135_596_800 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string Encode(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    /// <summary>A part as a JSON object; null where it is none, or holds texts that are no Unicode.</summary>
    private static JsonElement? Decode(ReadOnlySpan<char> part)
    {
        if (!Base64Url.IsValid(part)) return null;
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part));
            if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
            foreach (var member in document.RootElement.EnumerateObject())
            {
                _ = member.Name;
                if (member.Value.ValueKind == JsonValueKind.String) _ = member.Value.GetString();
            }
            return document.RootElement.Clone();
        }
        // JsonDocument finds broken UTF-8 and lone surrogates only when a text is read.
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>A token taken apart.</summary>
internal sealed record ParsedToken(JsonElement Header, JsonElement Claims, byte[] SignedContent, byte[] Signature);
