using System.Text;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.Cognito.IdentityPools;

/// <summary>The identity pools and their identities.</summary>
internal static class IdentityStore
{
    public static readonly Space Pools = new("cognito.identityPools");
    public static readonly Space Identities = new("cognito.identities");

    /// <summary>Pool, provider, sub -> the identity's id.</summary>
    private static readonly Space Logins = new("cognito.identityLogins");

    // Calls without a signature know a pool or identity by its id alone: the id leads to the key.
    private static readonly Space PoolIndex = new("cognito.identityPoolIndex");
    private static readonly Space IdentityIndex = new("cognito.identityIndex");

    public static IdentityPool? FindPool(IReader reader, string id) =>
        reader.TryGet(PoolIndex, StoreKey.Of(id), out var key) ? reader.Find(Pools, key.Span, CognitoStateJson.Default.IdentityPool) : null;

    public static IdentityPool GetPool(IReader reader, string? id) => FindPool(reader, id!) ?? throw CognitoIdentityErrors.PoolNotFound(id!);

    /// <summary>The pool of the caller's account and region.</summary>
    public static IdentityPool GetPool(IReader reader, Call call, string? id) =>
        reader.Find(Pools, StoreKey.Of(call.Account, call.Region, id!), CognitoStateJson.Default.IdentityPool) ?? throw CognitoIdentityErrors.PoolNotFound(id!);

    public static void PutPool(IWriteTransaction write, IdentityPool pool)
    {
        write.Put(Pools, PoolKey(pool), pool, CognitoStateJson.Default.IdentityPool);
        write.Put(PoolIndex, StoreKey.Of(pool.Id), PoolKey(pool));
    }

    public static void DeletePool(IWriteTransaction write, IdentityPool pool)
    {
        var ofPool = KeyRange.Prefix(PoolKey(pool));
        foreach (var entry in write.Range(Identities, ofPool).ToList()) write.Delete(IdentityIndex, StoreKey.Of(StoreKey.Last(entry.Key.Span)));
        write.DeleteRange(Identities, ofPool);
        write.DeleteRange(Logins, ofPool);
        write.Delete(PoolIndex, StoreKey.Of(pool.Id));
        write.Delete(Pools, PoolKey(pool));
    }

    public static byte[] PoolKey(IdentityPool pool) => StoreKey.Of(pool.Account, pool.Region, pool.Id);

    public static Identity? Find(IReader reader, string identityId) =>
        reader.TryGet(IdentityIndex, StoreKey.Of(identityId), out var key) ? reader.Find(Identities, key.Span, CognitoStateJson.Default.Identity) : null;

    public static Identity Get(IReader reader, string? identityId) => Find(reader, identityId!) ?? throw CognitoIdentityErrors.IdentityNotFound(identityId!);

    /// <summary>The identity to which a user of a provider is linked.</summary>
    public static Identity? FindByLogin(IReader reader, IdentityPool pool, string provider, string sub) =>
        reader.TryGet(Logins, LoginKey(pool, provider, sub), out var id) ? Find(reader, Encoding.UTF8.GetString(id.Span)) : null;

    public static void Put(IWriteTransaction write, IdentityPool pool, Identity identity)
    {
        var key = StoreKey.Of(pool.Account, pool.Region, pool.Id, identity.Id);
        write.Put(Identities, key, identity, CognitoStateJson.Default.Identity);
        write.Put(IdentityIndex, StoreKey.Of(identity.Id), key);
        foreach (var (provider, sub) in identity.Logins) write.Put(Logins, LoginKey(pool, provider, sub), Encoding.UTF8.GetBytes(identity.Id));
    }

    public static void Delete(IWriteTransaction write, IdentityPool pool, Identity identity)
    {
        foreach (var (provider, sub) in identity.Logins) write.Delete(Logins, LoginKey(pool, provider, sub));
        write.Delete(IdentityIndex, StoreKey.Of(identity.Id));
        write.Delete(Identities, StoreKey.Of(pool.Account, pool.Region, pool.Id, identity.Id));
    }

    private static byte[] LoginKey(IdentityPool pool, string provider, string sub) => StoreKey.Of(pool.Account, pool.Region, pool.Id, provider, sub);
}
