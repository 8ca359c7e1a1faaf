using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Emulator.Identifiers;

namespace Emulator.Cognito.UserPools;

/// <summary>What a pool gives to a client to bring back (a session, a secret block): encrypted with the pool's key, so that nothing need be stored for a sign-in that is never finished.</summary>
internal static class SealedBox
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static string Seal<T>(UserPool pool, IdSource ids, string purpose, T content, JsonTypeInfo<T> type)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(content, type);
        var box = new byte[NonceSize + TagSize + plain.Length];
        var nonce = box.AsSpan(0, NonceSize);
        ids.Fill(nonce);
        using var aes = new AesGcm(pool.SessionKey, TagSize);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(purpose));
        return Convert.ToBase64String(box);
    }

    /// <summary>The content; null where this pool did not seal the box for this purpose.</summary>
    public static T? Open<T>(UserPool pool, string purpose, string? box, JsonTypeInfo<T> type) where T : class
    {
        if (box is null) return null;
        var bytes = new byte[box.Length];
        if (!Convert.TryFromBase64String(box, bytes, out var length) || length < NonceSize + TagSize) return null;
        var sealedBytes = bytes.AsSpan(0, length);
        var plain = new byte[length - NonceSize - TagSize];
        using var aes = new AesGcm(pool.SessionKey, TagSize);
        try
        {
            aes.Decrypt(sealedBytes[..NonceSize], sealedBytes[(NonceSize + TagSize)..], sealedBytes.Slice(NonceSize, TagSize), plain, Encoding.UTF8.GetBytes(purpose));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        return JsonSerializer.Deserialize(plain, type);
    }
}

/// <summary>The server's side of an SRP sign-in that has begun.</summary>
/// <param name="Username">null where there is no such user, and the client must not find out.</param>
internal sealed record SecretBlock(string ClientId, string? Username, byte[] PublicA, byte[] PrivateB, byte[] Scramble, DateTimeOffset Expires);

/// <summary>A challenge that waits for its answer.</summary>
/// <param name="Salt">The salt of the password that was proved: the session ends when the password changes.</param>
internal sealed record ChallengeSession(string ClientId, string Username, string Challenge, byte[] Salt, DateTimeOffset Expires);
