using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.Cognito.IdentityPools.Operations;

/// <summary>Gives the identity of a user who is signed in, or a new one for somebody unknown.</summary>
/// <remarks>https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetId.html</remarks>
internal static class GetId
{
    public static async ValueTask<GetIdOutput> ExecuteAsync(CognitoIdentityService service, Call call, GetIdInput input)
    {
        new ShapeCheck()
            .Required("identityPoolId", input.IdentityPoolId, IdentityShapes.PoolId)
            .Range("logins.size", input.Logins?.Count, 0, CognitoIdentityLimits.Logins)
            .Done();
        IdentityPool pool;
        using (var snapshot = service.Store.Snapshot()) pool = IdentityStore.GetPool(snapshot, input.IdentityPoolId);
        if (input.Logins is not { Count: > 0 } && pool.AllowUnauthenticatedIdentities != true) throw CognitoIdentityErrors.UnauthenticatedNotSupported();
        var logins = service.VerifyLogins(pool, input.Logins, call.Now);
        return new(await service.Store.WriteAsync(write => FindOrCreate(service, write, pool, logins, call.Now).Id));
    }

    private static Identity FindOrCreate(CognitoIdentityService service, IWriteTransaction write, IdentityPool pool, Dictionary<string, VerifiedLogin> logins, DateTimeOffset now)
    {
        var known = logins.Select(login => IdentityStore.FindByLogin(write, pool, login.Key, login.Value.Sub)).OfType<Identity>().DistinctBy(identity => identity.Id).ToList();
        if (known.Count > 1) throw CognitoIdentityErrors.LoginsDoNotMatch();
        var identity = known.FirstOrDefault() ?? new Identity { Id = $"{pool.Region}:{service.Ids.Uuid()}", IdentityPoolId = pool.Id, CreationDate = now, LastModifiedDate = now };
        return Link(write, pool, identity, logins, isNew: known.Count == 0, now);
    }

    /// <summary>The identity with these logins too, stored where that changes it.</summary>
    public static Identity Link(IWriteTransaction write, IdentityPool pool, Identity identity, Dictionary<string, VerifiedLogin> logins, bool isNew, DateTimeOffset now)
    {
        var linked = new Dictionary<string, string>(identity.Logins);
        foreach (var (provider, login) in logins) linked[provider] = login.Sub;
        if (!isNew && linked.Count == identity.Logins.Count) return identity;
        identity = identity with { Logins = linked, LastModifiedDate = now };
        IdentityStore.Put(write, pool, identity);
        return identity;
    }
}

internal sealed record GetIdInput(string? AccountId, string? IdentityPoolId, Dictionary<string, string>? Logins);

internal sealed record GetIdOutput(string IdentityId);
