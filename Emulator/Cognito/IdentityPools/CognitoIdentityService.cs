using System.Text.Json;
using Emulator.Configuration;
using Emulator.Identifiers;
using Emulator.Integration;
using Emulator.Storage;

namespace Emulator.Cognito.IdentityPools;

/// <summary>The identity pools of an emulator: their state and their one door.</summary>
internal sealed class CognitoIdentityService(ServiceContext context, ITokenVerifier tokens, ICredentialIssuer credentials) : IServiceSlice
{
    public IStore Store => context.Store;

    public IdSource Ids => context.Ids;

    public ICredentialIssuer Credentials => credentials;

    /// <summary>The user behind each login of a call; throws where one is not valid.</summary>
    public Dictionary<string, VerifiedLogin> VerifyLogins(IdentityPool pool, Dictionary<string, string>? logins, DateTimeOffset now)
    {
        var verified = new Dictionary<string, VerifiedLogin>();
        foreach (var (provider, token) in logins ?? []) verified[provider] = VerifyLogin(pool, provider, token ?? "", now);
        return verified;
    }

    private VerifiedLogin VerifyLogin(IdentityPool pool, string provider, string token, DateTimeOffset now)
    {
        var clients = (pool.CognitoIdentityProviders ?? []).Where(known => known.ProviderName == provider).ToList();
        if (clients.Count == 0) throw CognitoIdentityErrors.UnsupportedProvider();
        if (Jwt.Parse(token)?.Claims is not { } claimed) throw CognitoIdentityErrors.InvalidLoginToken("Not a valid OpenId Connect identity token.");
        if (claimed.Text("iss") != $"https://{provider}") throw CognitoIdentityErrors.InvalidLoginToken("Issuer doesn't match providerName");
        if (claimed.Text("aud") is not { } audience) throw CognitoIdentityErrors.InvalidLoginToken("Missing a required claim: aud");
        if (clients.All(client => client.ClientId != audience)) throw CognitoIdentityErrors.UnsupportedProvider();
        if (claimed.Time("exp") is { } expires && expires <= now) throw CognitoIdentityErrors.InvalidLoginToken($"Token expired: {now.ToUnixTimeSeconds()} >= {expires.ToUnixTimeSeconds()}");
        if (tokens.Verify(token, $"https://{provider}").Claims is not { } claims) throw CognitoIdentityErrors.InvalidLoginToken("Couldn't verify signed token.");
        return new(claims.Text("sub") ?? throw CognitoIdentityErrors.InvalidLoginToken("Missing a required claim: sub"), audience, claims);
    }

    public async ValueTask<IReadOnlyList<string>> ApplyAsync(CancellationToken cancelled)
    {
        if (context.Config.IdentityPools.Count == 0) return [];
        cancelled.ThrowIfCancellationRequested();
        return await Store.WriteAsync(write =>
        {
            var differences = new List<string>();
            foreach (var (name, declared) in context.Config.IdentityPools) Apply(write, name, declared, differences);
            return differences;
        });
    }

    public IEnumerable<ResourceSummary> Resources()
    {
        using var snapshot = Store.Snapshot();
        foreach (var entry in snapshot.Range(IdentityStore.Pools, KeyRange.All))
        {
            var pool = Rows.Read(entry.Value, CognitoStateJson.Default.IdentityPool);
            yield return new("cognito-identity", "IdentityPool", pool.IdentityPoolName ?? pool.Id, pool.Id, pool.Arn);
        }
    }

    private void Apply(IWriteTransaction write, string name, IdentityPoolConfig declared, List<string> differences)
    {
        var config = context.Config;
        var roles = new Dictionary<string, string>();
        if (declared.AuthenticatedRole is { } authenticated) roles["authenticated"] = DeclaredIds.RoleArn(config, authenticated);
        if (declared.UnauthenticatedRole is { } unauthenticated) roles["unauthenticated"] = DeclaredIds.RoleArn(config, unauthenticated);
        var pool = new IdentityPool
        {
            Account = config.Account,
            Region = config.Region,
            Id = DeclaredIds.IdentityPool(config, name),
            IdentityPoolName = name,
            AllowUnauthenticatedIdentities = declared.AllowUnauthenticated,
            CognitoIdentityProviders = [.. declared.Clients.Select(client => Provider(config, client))],
            Roles = roles,
        };
        if (IdentityStore.FindPool(write, pool.Id) is not { } stored)
        {
            IdentityStore.PutPool(write, pool);
            return;
        }
        Compare("allowUnauthenticated", stored.AllowUnauthenticatedIdentities == true, declared.AllowUnauthenticated);
        Compare("clients", Joined(stored), Joined(pool));
        Compare("authenticatedRole", stored.Roles.GetValueOrDefault("authenticated"), roles.GetValueOrDefault("authenticated"));
        Compare("unauthenticatedRole", stored.Roles.GetValueOrDefault("unauthenticated"), roles.GetValueOrDefault("unauthenticated"));

        void Compare<T>(string setting, T inStore, T inConfig)
        {
            if (!EqualityComparer<T>.Default.Equals(inStore, inConfig)) differences.Add($"Identity pool '{name}': {setting} is another one in the stored state than in emulator.yaml; the stored one stays.");
        }

        static string Joined(IdentityPool pool) => string.Join(", ", (pool.CognitoIdentityProviders ?? []).Select(provider => $"{provider.ProviderName}:{provider.ClientId}"));
    }

    /// <summary>The provider of <c>pool/client</c>, by their names in emulator.yaml.</summary>
    private static CognitoIdentityProvider Provider(EmulatorConfig config, string poolAndClient)
    {
        var slash = poolAndClient.IndexOf('/');
        var (pool, client) = slash < 0 ? (poolAndClient, "") : (poolAndClient[..slash], poolAndClient[(slash + 1)..]);
        var issuer = DeclaredIds.UserPoolIssuer(config.Region, DeclaredIds.UserPool(config, pool));
        return new(issuer["https://".Length..], DeclaredIds.UserPoolClient(config, pool, client), false);
    }
}

/// <summary>A user who proved to be one.</summary>
internal sealed record VerifiedLogin(string Sub, string ClientId, JsonElement Claims);
