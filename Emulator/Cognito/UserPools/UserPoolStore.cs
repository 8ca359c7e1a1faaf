using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.Cognito.UserPools;

/// <summary>The pools, their clients and groups.</summary>
internal static class UserPoolStore
{
    public static readonly Space Pools = new("cognito.pools");
    public static readonly Space Clients = new("cognito.clients");
    public static readonly Space Groups = new("cognito.groups");

    // Calls without a signature know a pool or client by its id alone: the id leads to the key.
    private static readonly Space PoolIndex = new("cognito.poolIndex");
    private static readonly Space ClientIndex = new("cognito.clientIndex");

    public static UserPool? Find(IReader reader, string poolId) =>
        reader.TryGet(PoolIndex, StoreKey.Of(poolId), out var key) ? reader.Find(Pools, key.Span, CognitoStateJson.Default.UserPool) : null;

    /// <summary>The pool of the caller's account and region; else AWS's error.</summary>
    public static UserPool Get(IReader reader, Call call, string? poolId) =>
        reader.Find(Pools, StoreKey.Of(call.Account, call.Region, poolId!), CognitoStateJson.Default.UserPool) ?? throw CognitoErrors.PoolNotFound(poolId!);

    public static void Put(IWriteTransaction write, UserPool pool)
    {
        var key = StoreKey.Of(pool.Account, pool.Region, pool.Id);
        write.Put(Pools, key, pool, CognitoStateJson.Default.UserPool);
        write.Put(PoolIndex, StoreKey.Of(pool.Id), key);
    }

    /// <summary>Removes the pool and all that belongs to it.</summary>
    public static void Delete(IWriteTransaction write, UserPool pool)
    {
        var ofPool = KeyRange.Prefix(PoolKey(pool));
        foreach (var client in write.Range(Clients, ofPool).ToList()) write.Delete(ClientIndex, StoreKey.Of(StoreKey.Last(client.Key.Span)));
        write.DeleteRange(Clients, ofPool);
        write.DeleteRange(Groups, ofPool);
        UserStore.DeleteAll(write, pool);
        SigningKeys.Delete(write, pool.Id);
        write.Delete(PoolIndex, StoreKey.Of(pool.Id));
        write.Delete(Pools, PoolKey(pool));
    }

    public static byte[] PoolKey(UserPool pool) => StoreKey.Of(pool.Account, pool.Region, pool.Id);

    public static UserPoolClient? FindClient(IReader reader, UserPool pool, string clientId) =>
        reader.Find(Clients, StoreKey.Of(pool.Account, pool.Region, pool.Id, clientId), CognitoStateJson.Default.UserPoolClient);

    public static UserPoolClient GetClient(IReader reader, UserPool pool, string clientId) =>
        FindClient(reader, pool, clientId) ?? throw CognitoErrors.ClientNotFound(clientId);

    /// <summary>The client and its pool, of whatever account and region; else AWS's error.</summary>
    public static (UserPool Pool, UserPoolClient Client) GetClient(IReader reader, string clientId)
    {
        if (reader.TryGet(ClientIndex, StoreKey.Of(clientId), out var key)
            && reader.Find(Clients, key.Span, CognitoStateJson.Default.UserPoolClient) is { } client
            && Find(reader, client.UserPoolId) is { } pool)
        {
            return (pool, client);
        }
        throw CognitoErrors.ClientNotFound(clientId);
    }

    public static void PutClient(IWriteTransaction write, UserPool pool, UserPoolClient client)
    {
        var key = StoreKey.Of(pool.Account, pool.Region, pool.Id, client.ClientId);
        write.Put(Clients, key, client, CognitoStateJson.Default.UserPoolClient);
        write.Put(ClientIndex, StoreKey.Of(client.ClientId), key);
    }

    public static void DeleteClient(IWriteTransaction write, UserPool pool, string clientId)
    {
        write.Delete(Clients, StoreKey.Of(pool.Account, pool.Region, pool.Id, clientId));
        write.Delete(ClientIndex, StoreKey.Of(clientId));
    }

    public static Group? FindGroup(IReader reader, UserPool pool, string name) =>
        reader.Find(Groups, GroupKey(pool, name), CognitoStateJson.Default.Group);

    public static Group GetGroup(IReader reader, UserPool pool, string? name) => FindGroup(reader, pool, name!) ?? throw CognitoErrors.GroupNotFound();

    public static void PutGroup(IWriteTransaction write, UserPool pool, Group group) =>
        write.Put(Groups, GroupKey(pool, group.GroupName), group, CognitoStateJson.Default.Group);

    public static void DeleteGroup(IWriteTransaction write, UserPool pool, string name)
    {
        write.Delete(Groups, GroupKey(pool, name));
        UserStore.RemoveAllFromGroup(write, pool, name);
    }

    private static byte[] GroupKey(UserPool pool, string name) => StoreKey.Of(pool.Account, pool.Region, pool.Id, name);
}
