using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Emulator.Integration;
using Emulator.SigV4;
using Emulator.Storage;

namespace Emulator.Iam;

/// <summary>The temporary credentials that were issued, kept in the store until some time after they expire.</summary>
internal sealed class IamSessions(ServiceContext context)
{
    /// <summary>Access key id -> session.</summary>
    private static readonly Space Sessions = new("iam.sessions");

    /// <summary>Expiry and access key id -> nothing: what expired first stands first.</summary>
    private static readonly Space Expiries = new("iam.sessions.expiries");

    /// <summary>An expired session stays known for a while, so that its use is told from that of a key that never was.</summary>
    private static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromHours(1);

    /// <summary>How many expired sessions a new one clears away at most: more than one, so that their number falls.</summary>
    private const int ClearedAtOnce = 4;

    private const int CacheCapacity = 10_000;

    private readonly ConcurrentDictionary<string, Cached> _cache = new(StringComparer.Ordinal);

    /// <param name="Version">That of the space when this was last seen in it.</param>
    private sealed record Cached(long Version, ReadOnlyMemory<byte> Stored, KnownKey Key);

    public KnownKey? Find(string accessKeyId)
    {
        var cached = _cache.GetValueOrDefault(accessKeyId);
        if (cached is not null && cached.Version == context.Store.Version(Sessions)) return cached.Key;
        using var snapshot = context.Store.Snapshot();
        var version = snapshot.Version(Sessions);
        if (!snapshot.TryGet(Sessions, Encoding.UTF8.GetBytes(accessKeyId), out var stored))
        {
            _cache.TryRemove(accessKeyId, out _);
            return null;
        }
        // Most often the space changed because another session was issued, and this one is what it was.
        var key = cached is not null && cached.Stored.Span.SequenceEqual(stored.Span) ? cached.Key : Read(accessKeyId, stored);
        if (_cache.Count >= CacheCapacity) _cache.Clear();
        _cache[accessKeyId] = new(version, stored, key);
        return key;
    }

    /// <summary>Makes the keys of a session and keeps them.</summary>
    /// <param name="caller">Who the session is; its access key is added here.</param>
    public async ValueTask<(KnownKey Key, string AccessKeyId)> IssueAsync(Caller caller, TimeSpan duration)
    {
        var now = context.Clock.GetUtcNow();
        // AWS tells the expiry in whole seconds.
        var expiration = DateTimeOffset.FromUnixTimeSeconds((now + duration).ToUnixTimeSeconds());
        var id = "ASIA" + context.Ids.UpperBase32(16);
        var record = new SessionRecord(
            context.Ids.Alphanumeric(40), TokenPrefix + Convert.ToBase64String(context.Ids.Bytes(384)), expiration,
            caller.Kind, caller.Account, caller.Arn, caller.UserId, caller.PrincipalName, caller.SessionPolicy, new(caller.SessionContext));
        var stored = JsonSerializer.SerializeToUtf8Bytes(record, IamJson.Default.SessionRecord);
        await context.Store.WriteAsync(tx =>
        {
            ClearExpired(tx, now - KeptAfterExpiry);
            var key = Encoding.UTF8.GetBytes(id);
            tx.Put(Sessions, key, stored);
            tx.Put(Expiries, ExpiryKey(expiration, key), ReadOnlyMemory<byte>.Empty);
            return 0;
        });
        return (record.ToKey(id), id);
    }

    /// <summary>The tokens of STS begin so: it is base 64 of their first bytes.</summary>
    private const string TokenPrefix = "IQoJb3JpZ2luX2Vj";

    private static void ClearExpired(IWriteTransaction tx, DateTimeOffset before)
    {
        var expired = tx.Range(Expiries, new(ReadOnlyMemory<byte>.Empty, ExpiryKey(before, []))).Take(ClearedAtOnce).Select(entry => entry.Key).ToArray();
        foreach (var key in expired)
        {
            tx.Delete(Sessions, key.Span[sizeof(long)..]);
            tx.Delete(Expiries, key.Span);
        }
    }

    private static byte[] ExpiryKey(DateTimeOffset expiry, ReadOnlySpan<byte> accessKeyId)
    {
        var key = new byte[sizeof(long) + accessKeyId.Length];
        BinaryPrimitives.WriteInt64BigEndian(key, expiry.ToUnixTimeSeconds());
        accessKeyId.CopyTo(key.AsSpan(sizeof(long)));
        return key;
    }

    private static KnownKey Read(string accessKeyId, ReadOnlyMemory<byte> stored) =>
        JsonSerializer.Deserialize(stored.Span, IamJson.Default.SessionRecord)!.ToKey(accessKeyId);
}

/// <summary>A session as it is stored.</summary>
internal sealed record SessionRecord(
    string Secret, string Token, DateTimeOffset Expiration,
    CallerKind Kind, string Account, string Arn, string UserId, string? PrincipalName, string? Policy, Dictionary<string, string> Context)
{
    /// <summary>The form of this record.</summary>
    public int V { get; init; } = 1;

    public KnownKey ToKey(string accessKeyId) => new(Secret, Token, Expiration, new Caller(Kind, Account, Arn, UserId)
    {
        AccessKeyId = accessKeyId,
        PrincipalName = PrincipalName,
        SessionPolicy = Policy,
        SessionContext = Context,
    });
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SessionRecord))]
internal sealed partial class IamJson : JsonSerializerContext;
