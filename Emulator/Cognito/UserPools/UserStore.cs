using System.Security.Cryptography;
using System.Text;
using Emulator.Storage;

namespace Emulator.Cognito.UserPools;

/// <summary>The users of the pools, the names by which they are found, their groups and sign-ins.</summary>
internal static class UserStore
{
    public static readonly Space Users = new("cognito.users");

    /// <summary>Sub, e-mail address, phone number and preferred name, where they lead to a user: pool, attribute, value -> the user's key.</summary>
    private static readonly Space Aliases = new("cognito.aliases");

    /// <summary>Both directions of membership: pool, "user", user, group; and pool, "group", group, user.</summary>
    public static readonly Space Memberships = new("cognito.memberships");

    private static readonly Space SignIns = new("cognito.signIns");

    /// <summary>Hash of a refresh token -> the key of its sign-in.</summary>
    private static readonly Space RefreshTokens = new("cognito.refreshTokens");

    private static readonly string[] AliasAttributes = ["email", "phone_number", "preferred_username"];

    /// <summary>The user with this name, sub or alias.</summary>
    public static User? Find(IReader reader, UserPool pool, string name)
    {
        if (ByUsername(reader, pool, name) is { } user) return user;
        if (ByAlias(reader, pool, "sub", name) is { } bySub) return bySub;
        foreach (var attribute in AliasAttributes)
        {
            if ((pool.HasAlias(attribute) || pool.HasUsernameAttribute(attribute)) && ByAlias(reader, pool, attribute, name) is { } byAlias) return byAlias;
        }
        return null;
    }

    public static User Get(IReader reader, UserPool pool, string? name) => Find(reader, pool, name!) ?? throw CognitoErrors.UserNotFound();

    public static User? ByUsername(IReader reader, UserPool pool, string name) =>
        reader.Find(Users, UserKey(pool, name), CognitoStateJson.Default.User);

    public static User? ByAlias(IReader reader, UserPool pool, string attribute, string value) =>
        reader.TryGet(Aliases, AliasKey(pool, attribute, value), out var key) ? reader.Find(Users, key.Span, CognitoStateJson.Default.User) : null;

    /// <summary>Stores the user and moves its aliases.</summary>
    public static void Put(IWriteTransaction write, UserPool pool, User user)
    {
        var key = UserKey(pool, user.Username);
        if (write.Find(Users, key, CognitoStateJson.Default.User) is { } before)
        {
            foreach (var (attribute, value) in AliasesOf(pool, before)) RemoveAlias(write, pool, attribute, value, key);
        }
        foreach (var (attribute, value) in AliasesOf(pool, user)) write.Put(Aliases, AliasKey(pool, attribute, value), key);
        write.Put(Users, key, user, CognitoStateJson.Default.User);
    }

    public static void Delete(IWriteTransaction write, UserPool pool, User user)
    {
        var key = UserKey(pool, user.Username);
        foreach (var (attribute, value) in AliasesOf(pool, user)) RemoveAlias(write, pool, attribute, value, key);
        foreach (var group in GroupNames(write, pool, user).ToList()) RemoveFromGroup(write, pool, user, group);
        foreach (var signIn in SignInsOf(write, pool, user).ToList()) DeleteSignIn(write, pool, signIn);
        write.Delete(Users, key);
    }

    public static void DeleteAll(IWriteTransaction write, UserPool pool)
    {
        var ofPool = KeyRange.Prefix(UserPoolStore.PoolKey(pool));
        foreach (var entry in write.Range(SignIns, ofPool).ToList())
        {
            write.Delete(RefreshTokens, Rows.Read(entry.Value, CognitoStateJson.Default.SignIn).RefreshTokenHash);
        }
        write.DeleteRange(SignIns, ofPool);
        write.DeleteRange(Memberships, ofPool);
        write.DeleteRange(Aliases, ofPool);
        write.DeleteRange(Users, ofPool);
    }

    public static long Count(IReader reader, UserPool pool) => reader.Range(Users, KeyRange.Prefix(UserPoolStore.PoolKey(pool))).LongCount();

    /// <summary>The attributes by which the user can be found: those with which its pool signs in, and aliases that are verified.</summary>
    private static IEnumerable<(string Attribute, string Value)> AliasesOf(UserPool pool, User user)
    {
        yield return ("sub", user.Sub);
        foreach (var attribute in AliasAttributes)
        {
            if (user.Attribute(attribute) is not { Length: > 0 } value) continue;
            if (pool.HasUsernameAttribute(attribute)) yield return (attribute, value);
            else if (pool.HasAlias(attribute) && (attribute == "preferred_username" || user.HasVerified(attribute))) yield return (attribute, value);
        }
    }

    /// <summary>The other user to whom the value of an alias already leads.</summary>
    public static User? OwnerOfAlias(IReader reader, UserPool pool, string attribute, string value, User? except) =>
        ByAlias(reader, pool, attribute, value) is { } owner && owner.Sub != except?.Sub ? owner : null;

    private static void RemoveAlias(IWriteTransaction write, UserPool pool, string attribute, string value, ReadOnlySpan<byte> userKey)
    {
        var alias = AliasKey(pool, attribute, value);
        // An alias that was taken over by another user is no longer this one's to remove.
        if (write.TryGet(Aliases, alias, out var owner) && owner.Span.SequenceEqual(userKey)) write.Delete(Aliases, alias);
    }

    private static byte[] UserKey(UserPool pool, string username) => StoreKey.Of(pool.Account, pool.Region, pool.Id, Fold(pool, username));

    private static byte[] AliasKey(UserPool pool, string attribute, string value) => StoreKey.Of(pool.Account, pool.Region, pool.Id, attribute, Fold(pool, value));

    private static string Fold(UserPool pool, string name) => pool.CaseSensitive ? name : name.ToLowerInvariant();

    // Groups

    public static bool IsInGroup(IReader reader, UserPool pool, User user, string group) => reader.TryGet(Memberships, OfUser(pool, user, group), out _);

    public static void AddToGroup(IWriteTransaction write, UserPool pool, User user, string group)
    {
        write.Put(Memberships, OfUser(pool, user, group), Encoding.UTF8.GetBytes(group));
        write.Put(Memberships, OfGroup(pool, group, user), Encoding.UTF8.GetBytes(user.Username));
    }

    public static void RemoveFromGroup(IWriteTransaction write, UserPool pool, User user, string group)
    {
        write.Delete(Memberships, OfUser(pool, user, group));
        write.Delete(Memberships, OfGroup(pool, group, user));
    }

    public static void RemoveAllFromGroup(IWriteTransaction write, UserPool pool, string group)
    {
        foreach (var entry in write.Range(Memberships, KeyRange.Prefix(MembersPrefix(pool, group))).ToList())
        {
            if (ByUsername(write, pool, Encoding.UTF8.GetString(entry.Value.Span)) is { } user) write.Delete(Memberships, OfUser(pool, user, group));
            write.Delete(Memberships, entry.Key.Span);
        }
    }

    public static IEnumerable<string> GroupNames(IReader reader, UserPool pool, User user) =>
        reader.Range(Memberships, KeyRange.Prefix(GroupsPrefix(pool, user))).Select(entry => Encoding.UTF8.GetString(entry.Value.Span));

    /// <summary>The groups of a user, the one that matters most first.</summary>
    public static IReadOnlyList<Group> GroupsOf(IReader reader, UserPool pool, User user) =>
        [.. GroupNames(reader, pool, user).Select(name => UserPoolStore.FindGroup(reader, pool, name)).OfType<Group>()
            .OrderBy(group => group.Precedence ?? int.MaxValue).ThenBy(group => group.GroupName, StringComparer.Ordinal)];

    public static byte[] GroupsPrefix(UserPool pool, User user) => StoreKey.Of(pool.Account, pool.Region, pool.Id, "user", Fold(pool, user.Username));

    public static byte[] MembersPrefix(UserPool pool, string group) => StoreKey.Of(pool.Account, pool.Region, pool.Id, "group", group);

    private static byte[] OfUser(UserPool pool, User user, string group) => StoreKey.Of(pool.Account, pool.Region, pool.Id, "user", Fold(pool, user.Username), group);

    private static byte[] OfGroup(UserPool pool, string group, User user) => StoreKey.Of(pool.Account, pool.Region, pool.Id, "group", group, Fold(pool, user.Username));

    // Sign-ins

    public static SignIn? FindSignIn(IReader reader, UserPool pool, string username, string originJti) =>
        reader.Find(SignIns, SignInKey(pool, username, originJti), CognitoStateJson.Default.SignIn);

    /// <summary>The sign-in of a refresh token.</summary>
    public static SignIn? FindSignIn(IReader reader, string refreshToken) =>
        reader.TryGet(RefreshTokens, HashOf(refreshToken), out var key) ? reader.Find(SignIns, key.Span, CognitoStateJson.Default.SignIn) : null;

    /// <summary>Stores a new sign-in. Those of the user of which no token can be valid any more go, and the oldest beyond the limit.</summary>
    public static void AddSignIn(IWriteTransaction write, UserPool pool, User user, SignIn signIn, DateTimeOffset now)
    {
        var others = SignInsOf(write, pool, user).ToList();
        var forgotten = now - CognitoLimits.LongestTokenValidity;
        foreach (var other in others.Where(other => other.RefreshTokenExpires <= forgotten)) DeleteSignIn(write, pool, other);
        var alive = others.Where(other => other.RefreshTokenExpires > forgotten).OrderBy(other => other.AuthTime).ToList();
        foreach (var oldest in alive.Take(alive.Count - CognitoLimits.SignInsKeptPerUser + 1)) DeleteSignIn(write, pool, oldest);
        PutSignIn(write, pool, signIn);
    }

    public static void PutSignIn(IWriteTransaction write, UserPool pool, SignIn signIn)
    {
        var key = SignInKey(pool, signIn.Username, signIn.OriginJti);
        write.Put(SignIns, key, signIn, CognitoStateJson.Default.SignIn);
        write.Put(RefreshTokens, signIn.RefreshTokenHash, key);
    }

    /// <summary>Revokes every token of the user.</summary>
    public static void RevokeAll(IWriteTransaction write, UserPool pool, User user)
    {
        foreach (var signIn in SignInsOf(write, pool, user).ToList()) PutSignIn(write, pool, signIn with { Revoked = true });
    }

    public static byte[] HashOf(string refreshToken) => SHA256.HashData(Encoding.UTF8.GetBytes(refreshToken));

    private static IEnumerable<SignIn> SignInsOf(IReader reader, UserPool pool, User user) =>
        reader.Range(SignIns, KeyRange.Prefix(StoreKey.Of(pool.Account, pool.Region, pool.Id, Fold(pool, user.Username))))
            .Select(entry => Rows.Read(entry.Value, CognitoStateJson.Default.SignIn));

    private static void DeleteSignIn(IWriteTransaction write, UserPool pool, SignIn signIn)
    {
        write.Delete(RefreshTokens, signIn.RefreshTokenHash);
        write.Delete(SignIns, SignInKey(pool, signIn.Username, signIn.OriginJti));
    }

    private static byte[] SignInKey(UserPool pool, string username, string originJti) => StoreKey.Of(pool.Account, pool.Region, pool.Id, Fold(pool, username), originJti);
}
