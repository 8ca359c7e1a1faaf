using Emulator.Configuration;
using Emulator.Identifiers;
using Emulator.Integration;
using Emulator.Storage;

namespace Emulator.Cognito.UserPools;

/// <summary>Creates the pools of emulator.yaml with their clients, groups and users, where they are missing.</summary>
internal static class DeclaredPools
{
    public static async ValueTask<IReadOnlyList<string>> ApplyAsync(ServiceContext context, CancellationToken cancelled)
    {
        if (context.Config.UserPools.Count == 0) return [];
        cancelled.ThrowIfCancellationRequested();
        return await context.Store.WriteAsync(write =>
        {
            var differences = new List<string>();
            foreach (var (name, declared) in context.Config.UserPools) Apply(context, write, name, declared, differences);
            return differences;
        });
    }

    /// <summary>The sub of a declared user: it stays the same over restarts.</summary>
    public static string SubOf(EmulatorConfig config, string pool, string username) =>
        StableId.Uuid("user-pool-user", config.Account, config.Region, $"{pool}/{username}").ToString();

    private static void Apply(ServiceContext context, IWriteTransaction write, string name, UserPoolConfig declared, List<string> differences)
    {
        var (config, now) = (context.Config, context.Clock.GetUtcNow());
        var pool = PoolOf(context, name, declared, now);
        if (UserPoolStore.Find(write, pool.Id) is { } stored)
        {
            AddDifferences(name, stored, pool, differences);
            // The code is the emulator's own setting, not the pool's: emulator.yaml decides.
            if (stored.FixedCode != declared.FixedCode) UserPoolStore.Put(write, stored with { FixedCode = declared.FixedCode });
            pool = stored with { FixedCode = declared.FixedCode };
        }
        else
        {
            UserPoolStore.Put(write, pool);
        }
        foreach (var (clientName, client) in declared.Clients) ApplyClient(context, write, pool, name, clientName, client, differences);
        foreach (var (groupName, group) in declared.Groups)
        {
            if (UserPoolStore.FindGroup(write, pool, groupName) is not null) continue;
            var role = group.Role is null ? null : DeclaredIds.RoleArn(config, group.Role);
            UserPoolStore.PutGroup(write, pool, new() { GroupName = groupName, UserPoolId = pool.Id, Description = group.Description, Precedence = group.Precedence, RoleArn = role, CreationDate = now, LastModifiedDate = now });
        }
        foreach (var (username, user) in declared.Users)
        {
            if (UserStore.Find(write, pool, username) is null) AddUser(config, write, pool, name, username, user, now);
        }
    }

    private static UserPool PoolOf(ServiceContext context, string name, UserPoolConfig declared, DateTimeOffset now)
    {
        var policy = declared.PasswordPolicy;
        var settings = new UserPool
        {
            Account = context.Config.Account,
            Region = context.Config.Region,
            Id = DeclaredIds.UserPool(context.Config, name),
            Name = name,
            CreationDate = now,
            LastModifiedDate = now,
            SessionKey = context.Ids.Bytes(32),
            FixedCode = declared.FixedCode,
            UsernameAttributes = declared.SignInWith.Count > 0 ? declared.SignInWith : null,
            // As AWS's console creates pools.
            UsernameConfiguration = new(CaseSensitive: false),
            AutoVerifiedAttributes = declared.AutoVerify,
            // The custom attributes of the declared users are texts.
            Schema = [.. declared.Users.Values.SelectMany(user => user.Attributes.Keys).Where(attribute => attribute.StartsWith("custom:", StringComparison.Ordinal)).Distinct()
                .Select(attribute => AttributeSchema.DeclareCustom(new() { Name = attribute["custom:".Length..], AttributeDataType = "String" }))],
            Policies = new()
            {
                PasswordPolicy = new()
                {
                    MinimumLength = policy.MinimumLength,
                    RequireUppercase = policy.RequireUppercase,
                    RequireLowercase = policy.RequireLowercase,
                    RequireNumbers = policy.RequireNumbers,
                    RequireSymbols = policy.RequireSymbols,
                },
            },
        };
        return UserPoolRules.Apply("CreateUserPool", settings, settings);
    }

    private static void ApplyClient(ServiceContext context, IWriteTransaction write, UserPool pool, string poolName, string clientName, UserPoolClientConfig declared, List<string> differences)
    {
        var now = context.Clock.GetUtcNow();
        var id = DeclaredIds.UserPoolClient(context.Config, poolName, clientName);
        var bare = new UserPoolClient
        {
            UserPoolId = pool.Id,
            ClientId = id,
            ClientName = clientName,
            ClientSecret = declared.GenerateSecret ? StableId.LowerAlphanumeric("user-pool-client-secret", pool.Account, pool.Region, $"{poolName}/{clientName}", 52) : null,
            CreationDate = now,
            LastModifiedDate = now,
            ExplicitAuthFlows = declared.AuthFlows,
            AccessTokenValidity = (int)declared.AccessTokenValidity.TotalSeconds,
            IdTokenValidity = (int)declared.IdTokenValidity.TotalSeconds,
            RefreshTokenValidity = (int)declared.RefreshTokenValidity.TotalSeconds,
            TokenValidityUnits = new("seconds", "seconds", "seconds"),
            PreventUserExistenceErrors = declared.PreventUserExistenceErrors ? "ENABLED" : "LEGACY",
        };
        var client = UserPoolRules.Apply("CreateUserPoolClient", bare, bare);
        if (UserPoolStore.FindClient(write, pool, id) is not { } stored)
        {
            UserPoolStore.PutClient(write, pool, client);
            return;
        }
        Compare(differences, $"User pool client '{poolName}/{clientName}'", "authFlows", Joined(stored.ExplicitAuthFlows), Joined(client.ExplicitAuthFlows));
        Compare(differences, $"User pool client '{poolName}/{clientName}'", "generateSecret", stored.ClientSecret is not null, client.ClientSecret is not null);
        Compare(differences, $"User pool client '{poolName}/{clientName}'", "accessTokenValidity", stored.AccessTokenLifetime, client.AccessTokenLifetime);
        Compare(differences, $"User pool client '{poolName}/{clientName}'", "idTokenValidity", stored.IdTokenLifetime, client.IdTokenLifetime);
        Compare(differences, $"User pool client '{poolName}/{clientName}'", "refreshTokenValidity", stored.RefreshTokenLifetime, client.RefreshTokenLifetime);
        Compare(differences, $"User pool client '{poolName}/{clientName}'", "preventUserExistenceErrors", stored.HidesUserExistence, client.HidesUserExistence);
    }

    private static void AddUser(EmulatorConfig config, IWriteTransaction write, UserPool pool, string poolName, string username, PoolUserConfig declared, DateTimeOffset now)
    {
        var attributes = new Dictionary<string, string>();
        if (UsernameRules.AttributeOf(pool, username) is { } signInAttribute) attributes[signInAttribute] = username;
        foreach (var (name, value) in declared.Attributes)
        {
            if (name != "sub") attributes[name] = value;
        }
        foreach (var name in new[] { "email", "phone_number" })
        {
            if (attributes.ContainsKey(name)) attributes.TryAdd(name + "_verified", "true");
        }
        var sub = SubOf(config, poolName, username);
        var user = new User { Username = pool.SignsInWithAttribute ? sub : username, Sub = sub, Status = UserStatus.Confirmed, CreationDate = now, LastModifiedDate = now, Attributes = attributes };
        UserStore.Put(write, pool, user);
        foreach (var group in declared.Groups)
        {
            if (UserPoolStore.FindGroup(write, pool, group) is not null) UserStore.AddToGroup(write, pool, user, group);
        }
    }

    private static void AddDifferences(string name, UserPool stored, UserPool declared, List<string> differences)
    {
        Compare(differences, $"User pool '{name}'", "signInWith", Joined(stored.UsernameAttributes), Joined(declared.UsernameAttributes));
        Compare(differences, $"User pool '{name}'", "autoVerify", Joined(stored.AutoVerifiedAttributes), Joined(declared.AutoVerifiedAttributes));
        Compare(differences, $"User pool '{name}'", "passwordPolicy", stored.PasswordPolicy, declared.PasswordPolicy);
    }

    private static void Compare<T>(List<string> differences, string resource, string setting, T stored, T declared)
    {
        if (!EqualityComparer<T>.Default.Equals(stored, declared)) differences.Add($"{resource}: {setting} is another one in the stored state than in emulator.yaml; the stored one stays.");
    }

    private static string Joined(IReadOnlyList<string>? values) => string.Join(", ", values ?? []);
}
