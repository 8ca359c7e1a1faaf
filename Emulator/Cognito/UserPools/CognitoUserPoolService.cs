using Emulator.Configuration;
using Emulator.Identifiers;
using Emulator.Integration;
using Emulator.Storage;

namespace Emulator.Cognito.UserPools;

/// <summary>The user pools of an emulator: their state and their one door.</summary>
/// <param name="functions">Calls the triggers of pools. No pool can have one yet: LambdaConfig is refused by name.</param>
internal sealed class CognitoUserPoolService(ServiceContext context, IInbox inbox, IFunctionInvoker functions) : IServiceSlice, ITokenVerifier
{
    private readonly TokenVerifier _tokens = new(context.Store, new SigningKeys(context.Store, context.Ids), context.Clock);

    public IStore Store => context.Store;

    public IdSource Ids => context.Ids;

    public IFunctionInvoker Functions { get; } = functions;

    public SigningKeys Keys => _tokens.Keys;

    public TokenVerdict Verify(string token, string issuer) => _tokens.Verify(token, issuer);

    /// <summary>Hands a message to the inbox, where there is one to send.</summary>
    public void Deliver(OutgoingMessage? message)
    {
        if (message is not null) inbox.Deliver(message);
    }

    /// <summary>The client and its pool, once the client's secret is proved where it has one.</summary>
    public (UserPool Pool, UserPoolClient Client) Client(string? clientId, string? secretHash, string? username)
    {
        using var snapshot = Store.Snapshot();
        var (pool, client) = UserPoolStore.GetClient(snapshot, clientId!);
        SecretHash.Check(client, secretHash, username ?? "");
        return (pool, client);
    }

    /// <summary>Whose access token this is; throws where it is not valid any more, or never was.</summary>
    public AccessGrant Authorize(IReader reader, string? accessToken, DateTimeOffset now)
    {
        if (Jwt.Parse(accessToken!)?.Claims.Text("iss") is not { } issuer) throw CognitoErrors.InvalidAccessToken();
        if (UserPoolStore.Find(reader, issuer[(issuer.LastIndexOf('/') + 1)..]) is not { } pool) throw CognitoErrors.InvalidAccessToken();
        if (_tokens.VerifySignature(accessToken!, pool).Claims is not { } claims || claims.Text("token_use") != "access") throw CognitoErrors.InvalidAccessToken();
        if (claims.Time("exp") is not { } expires || expires <= now) throw CognitoErrors.AccessTokenExpired();
        if (claims.Text("scope")?.Split(' ').Contains(TokenIssuer.SelfServiceScope) != true) throw CognitoErrors.AccessTokenScope();
        var client = UserPoolStore.FindClient(reader, pool, claims.Text("client_id") ?? "") ?? throw CognitoErrors.InvalidAccessToken();
        var user = UserStore.ByUsername(reader, pool, claims.Text("username") ?? "");
        // A new user of the same name is another user.
        if (user is null || user.Sub != claims.Text("sub")) throw CognitoErrors.UserNotFound();
        if (UserStore.FindSignIn(reader, pool, user.Username, claims.Text("origin_jti") ?? "") is not { Revoked: false } signIn) throw CognitoErrors.AccessTokenRevoked();
        if (!user.Enabled) throw CognitoErrors.UserDisabled();
        return new(pool, client, user, signIn);
    }

    /// <summary>The user with its password: that of a user of emulator.yaml becomes a verifier when it is first asked for, so that the start costs nothing.</summary>
    public async ValueTask<User> WithPasswordAsync(UserPool pool, User user)
    {
        if (user.Password is not null || DeclaredPassword(pool, user) is not { } declared) return user;
        var password = Passwords.Create(pool, user.Username, declared, Ids);
        return await Store.WriteAsync(write =>
        {
            var current = UserStore.ByUsername(write, pool, user.Username) ?? throw CognitoErrors.UserNotFound();
            if (current.Password is not null) return current;
            UserStore.Put(write, pool, current with { Password = password });
            return current with { Password = password };
        });
    }

    public ValueTask<IReadOnlyList<string>> ApplyAsync(CancellationToken cancelled) => DeclaredPools.ApplyAsync(context, cancelled);

    public IEnumerable<ResourceSummary> Resources()
    {
        using var snapshot = Store.Snapshot();
        foreach (var entry in snapshot.Range(UserPoolStore.Pools, KeyRange.All))
        {
            var pool = Rows.Read(entry.Value, CognitoStateJson.Default.UserPool);
            yield return new("cognito-idp", "UserPool", pool.Name, pool.Id, pool.Arn, $"/{pool.Id}/.well-known/openid-configuration");
            foreach (var row in snapshot.Range(UserPoolStore.Clients, KeyRange.Prefix(UserPoolStore.PoolKey(pool))))
            {
                var client = Rows.Read(row.Value, CognitoStateJson.Default.UserPoolClient);
                yield return new("cognito-idp", "UserPoolClient", $"{pool.Name}/{client.ClientName}", client.ClientId, null);
            }
        }
    }

    private string? DeclaredPassword(UserPool pool, User user)
    {
        foreach (var (name, declared) in context.Config.UserPools)
        {
            if (DeclaredIds.UserPool(context.Config, name) != pool.Id) continue;
            foreach (var (username, declaredUser) in declared.Users)
            {
                if (DeclaredPools.SubOf(context.Config, name, username) == user.Sub) return declaredUser.Password;
            }
        }
        return null;
    }
}

/// <summary>What an access token stands for.</summary>
internal sealed record AccessGrant(UserPool Pool, UserPoolClient Client, User User, SignIn SignIn);
