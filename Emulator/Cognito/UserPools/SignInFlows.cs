using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Emulator.Protocols;

namespace Emulator.Cognito.UserPools;

/// <summary>The answer of the operations that sign in: tokens, or a challenge.</summary>
internal sealed record SignInOutput
{
    public string? ChallengeName { get; init; }
    public string? Session { get; init; }
    public Dictionary<string, string>? ChallengeParameters { get; init; }
    public AuthenticationResult? AuthenticationResult { get; init; }
}

internal sealed record AuthenticationResult
{
    public required string AccessToken { get; init; }
    public required int ExpiresIn { get; init; }
    public string TokenType { get; init; } = "Bearer";
    public string? RefreshToken { get; init; }
    public required string IdToken { get; init; }
}

/// <summary>The ways to sign in, from the first call to the tokens.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html</remarks>
internal static class SignInFlows
{
    private const string PasswordVerifier = "PASSWORD_VERIFIER";
    private const string NewPasswordRequired = "NEW_PASSWORD_REQUIRED";
    private const string AttributePrefix = "userAttributes.";

    /// <summary>Name and password in one call.</summary>
    public static async ValueTask<SignInOutput> PasswordAsync(CognitoUserPoolService service, UserPool pool, UserPoolClient client, IReadOnlyDictionary<string, string> parameters, DateTimeOffset now)
    {
        var (username, password) = (Parameter(parameters, "USERNAME"), Parameter(parameters, "PASSWORD"));
        SecretHash.Check(client, parameters.GetValueOrDefault("SECRET_HASH"), username);
        var user = await FindAsync(service, pool, username);
        if (user is null && !client.HidesUserExistence) throw CognitoErrors.UserNotFound();
        if (user is not null && Attempts.IsLocked(user, now)) throw CognitoErrors.PasswordAttemptsExceeded();
        if (!Passwords.Verify(pool, user, password)) throw await FailedAsync(service, pool, user, now);
        return await ProvedAsync(service, pool, client, user!, now);
    }

    /// <summary>The first step of SRP: the client's A for the server's B.</summary>
    public static async ValueTask<SignInOutput> SrpAsync(CognitoUserPoolService service, UserPool pool, UserPoolClient client, IReadOnlyDictionary<string, string> parameters, DateTimeOffset now)
    {
        var (username, srpA) = (Parameter(parameters, "USERNAME"), Parameter(parameters, "SRP_A"));
        SecretHash.Check(client, parameters.GetValueOrDefault("SECRET_HASH"), username);
        var publicA = Srp.ParsePublicKey(srpA) ?? throw CognitoErrors.InvalidParameter("Invalid SRP_A.");
        var user = await FindAsync(service, pool, username);
        if (user is null && !client.HidesUserExistence) throw CognitoErrors.UserNotFound();

        // An absent user has a salt and an id that are always the same, and a verifier that fits no password.
        var absent = user?.Password is null ? HMACSHA512.HashData(pool.SessionKey, Encoding.UTF8.GetBytes("absent:" + username)) : null;
        var password = user?.Password ?? new StoredPassword(absent![..16], Srp.Bytes(Srp.Number(absent)));
        var userId = user?.Username ?? new Guid(absent.AsSpan(16, 16)).ToString();

        var privateB = service.Ids.Bytes(Srp.ExponentSize);
        var publicB = Srp.PublicKey(Srp.Number(password.Verifier), Srp.Number(privateB));
        var scramble = Srp.Scramble(publicA, publicB);
        var block = new SecretBlock(client.ClientId, user?.Username, Srp.Bytes(publicA % Srp.N), privateB, Srp.Bytes(scramble), now + client.SessionLifetime);
        return new()
        {
            ChallengeName = PasswordVerifier,
            ChallengeParameters = new()
            {
                ["SALT"] = Hex(Srp.Number(password.Salt)),
                ["SECRET_BLOCK"] = SealedBox.Seal(pool, service.Ids, PasswordVerifier, block, CognitoStateJson.Default.SecretBlock),
                ["SRP_B"] = Hex(publicB),
                ["USERNAME"] = userId,
                ["USER_ID_FOR_SRP"] = userId,
            },
        };
    }

    /// <summary>New access and id tokens for a refresh token.</summary>
    public static async ValueTask<SignInOutput> RefreshAsync(CognitoUserPoolService service, UserPool pool, UserPoolClient client, IReadOnlyDictionary<string, string> parameters, DateTimeOffset now)
    {
        var refreshToken = Parameter(parameters, "REFRESH_TOKEN");
        User user;
        SignIn signIn;
        IReadOnlyList<Group> groups;
        using (var snapshot = service.Store.Snapshot())
        {
            (signIn, user) = FindRefreshed(snapshot, pool, client, refreshToken, now);
            groups = UserStore.GroupsOf(snapshot, pool, user);
        }
        if (client.ClientSecret is not null) SecretHash.Check(client, parameters.GetValueOrDefault("SECRET_HASH"), user.Username, user.Sub);
        return new() { ChallengeParameters = [], AuthenticationResult = await TokensAsync(service, pool, client, user, groups, signIn, refreshToken: null, now) };
    }

    /// <summary>The answer to a challenge.</summary>
    public static ValueTask<SignInOutput> RespondAsync(CognitoUserPoolService service, string operation, UserPool pool, UserPoolClient client, string challenge, IReadOnlyDictionary<string, string> responses, string? session, DateTimeOffset now) => challenge switch
    {
        PasswordVerifier => VerifyPasswordAsync(service, pool, client, responses, now),
        NewPasswordRequired => SetNewPasswordAsync(service, pool, client, responses, session, now),
        _ => throw Errors.NotImplemented(operation, $"ChallengeName={challenge}"),
    };

    /// <summary>A refresh token's sign-in and user; throws where it does not hold any more.</summary>
    public static (SignIn SignIn, User User) FindRefreshed(Storage.IReader reader, UserPool pool, UserPoolClient client, string refreshToken, DateTimeOffset now)
    {
        var signIn = UserStore.FindSignIn(reader, refreshToken);
        if (signIn is null || signIn.ClientId != client.ClientId) throw CognitoErrors.InvalidRefreshToken();
        if (signIn.Revoked) throw CognitoErrors.RefreshTokenRevoked();
        if (signIn.RefreshTokenExpires <= now) throw CognitoErrors.RefreshTokenExpired();
        var user = UserStore.ByUsername(reader, pool, signIn.Username) ?? throw CognitoErrors.InvalidRefreshToken();
        if (!user.Enabled) throw CognitoErrors.UserDisabled();
        return (signIn, user);
    }

    /// <summary>The tokens of a sign-in, signed with the pool's keys.</summary>
    public static async ValueTask<AuthenticationResult> TokensAsync(CognitoUserPoolService service, UserPool pool, UserPoolClient client, User user, IReadOnlyList<Group> groups, SignIn signIn, string? refreshToken, DateTimeOffset now)
    {
        var keys = await service.Keys.GetAsync(pool.Id);
        return new()
        {
            AccessToken = TokenIssuer.AccessToken(pool, client, user, groups, signIn, keys, service.Ids, now),
            ExpiresIn = (int)client.AccessTokenLifetime.TotalSeconds,
            RefreshToken = refreshToken,
            IdToken = TokenIssuer.IdToken(pool, client, user, groups, signIn, keys, service.Ids, now),
        };
    }

    private static async ValueTask<SignInOutput> VerifyPasswordAsync(CognitoUserPoolService service, UserPool pool, UserPoolClient client, IReadOnlyDictionary<string, string> responses, DateTimeOffset now)
    {
        var username = Parameter(responses, "USERNAME");
        var secretBlock = Parameter(responses, "PASSWORD_CLAIM_SECRET_BLOCK");
        var signature = Parameter(responses, "PASSWORD_CLAIM_SIGNATURE");
        var timestamp = Parameter(responses, "TIMESTAMP");
        SecretHash.Check(client, responses.GetValueOrDefault("SECRET_HASH"), username);
        // Only the form counts: the device's clock need not agree with the emulator's.
        if (!IsTimestamp(timestamp)) throw CognitoErrors.InvalidParameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");

        var block = SealedBox.Open(pool, PasswordVerifier, secretBlock, CognitoStateJson.Default.SecretBlock);
        if (block is null || block.ClientId != client.ClientId) throw CognitoErrors.IncorrectPassword();
        if (block.Expires <= now) throw CognitoErrors.SessionExpired();
        var user = await FindAsync(service, pool, username);
        if (user?.Password is null || user.Username != block.Username) throw CognitoErrors.IncorrectPassword();
        if (Attempts.IsLocked(user, now)) throw CognitoErrors.PasswordAttemptsExceeded();

        var key = Srp.SessionKey(Srp.Number(block.PublicA), Srp.Number(user.Password.Verifier), Srp.Number(block.Scramble), Srp.Number(block.PrivateB));
        var expected = Srp.Signature(key, pool.ShortId, user.Username, Convert.FromBase64String(secretBlock), timestamp);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToBase64String(expected)), Encoding.UTF8.GetBytes(signature))) throw await FailedAsync(service, pool, user, now);
        return await ProvedAsync(service, pool, client, user, now);
    }

    private static async ValueTask<SignInOutput> SetNewPasswordAsync(CognitoUserPoolService service, UserPool pool, UserPoolClient client, IReadOnlyDictionary<string, string> responses, string? session, DateTimeOffset now)
    {
        var (username, newPassword) = (Parameter(responses, "USERNAME"), Parameter(responses, "NEW_PASSWORD"));
        if (session is null) throw CognitoErrors.MissingParameter("Session");
        SecretHash.Check(client, responses.GetValueOrDefault("SECRET_HASH"), username);
        var state = SealedBox.Open(pool, "Session", session, CognitoStateJson.Default.ChallengeSession);
        if (state is null || state.ClientId != client.ClientId || state.Challenge != NewPasswordRequired) throw CognitoErrors.InvalidSession();
        if (state.Expires <= now) throw CognitoErrors.SessionExpired();
        var user = await FindAsync(service, pool, username);
        if (user is null || user.Username != state.Username) throw CognitoErrors.InvalidSession();

        pool.PasswordPolicy.Check(newPassword, PasswordPolicy.ChangeText);
        var attributes = responses.Where(pair => pair.Key.StartsWith(AttributePrefix, StringComparison.Ordinal)).ToDictionary(pair => pair.Key[AttributePrefix.Length..], pair => pair.Value ?? "");
        CheckNewPasswordAttributes(pool, client, user, attributes);
        var password = Passwords.Create(pool, user.Username, newPassword, service.Ids);
        user = await service.Store.WriteAsync(write =>
        {
            var current = UserStore.ByUsername(write, pool, user.Username);
            // Whoever answered the challenge first, or got another password meanwhile, has ended the session.
            if (current?.Status != UserStatus.ForceChangePassword || current.Password?.Salt.AsSpan().SequenceEqual(state.Salt) != true) throw CognitoErrors.InvalidSession();
            foreach (var (name, value) in attributes) current = current.With(name, value);
            current = current with { Password = password, Status = UserStatus.Confirmed, TemporaryPasswordExpires = null, LastModifiedDate = now };
            UserStore.Put(write, pool, current);
            return current;
        });
        return await ProvedAsync(service, pool, client, user, now);
    }

    private static void CheckNewPasswordAttributes(UserPool pool, UserPoolClient client, User user, Dictionary<string, string> attributes)
    {
        foreach (var (name, _) in attributes)
        {
            if (name is "email" or "phone_number" && user.Attribute(name) is not null) throw CognitoErrors.NotAuthorized($"Cannot modify an already provided {name}");
            if (!client.CanWrite(name) || name is "sub" or "email_verified" or "phone_number_verified") throw CognitoErrors.UnauthorizedAttribute();
        }
        AttributeSchema.CheckNew(pool, attributes, complete: false);
        var all = new Dictionary<string, string>(user.Attributes);
        foreach (var (name, value) in attributes) all[name] = value;
        if (AttributeSchema.MissingRequired(pool, all).FirstOrDefault() is { } missing) throw CognitoErrors.InvalidParameter($"Invalid attributes given, {missing} is missing");
    }

    /// <summary>The password was right: what else stands in the way, a challenge, or the tokens.</summary>
    private static async ValueTask<SignInOutput> ProvedAsync(CognitoUserPoolService service, UserPool pool, UserPoolClient client, User proved, DateTimeOffset now)
    {
        if (!proved.Enabled) throw CognitoErrors.UserDisabled();
        switch (proved.Status)
        {
            case UserStatus.Unconfirmed: throw CognitoErrors.NotConfirmed();
            case UserStatus.ResetRequired: throw CognitoErrors.PasswordResetRequired();
            case UserStatus.ForceChangePassword when proved.TemporaryPasswordExpires <= now: throw CognitoErrors.TemporaryPasswordExpired();
            case UserStatus.ForceChangePassword: return NewPasswordChallenge(service, pool, client, proved, now);
        }
        var refreshToken = TokenIssuer.RefreshToken(service.Ids);
        var signIn = new SignIn
        {
            UserPoolId = pool.Id,
            ClientId = client.ClientId,
            Username = proved.Username,
            OriginJti = service.Ids.Uuid().ToString(),
            EventId = service.Ids.Uuid().ToString(),
            AuthTime = now,
            RefreshTokenExpires = now + client.RefreshTokenLifetime,
            RefreshTokenHash = UserStore.HashOf(refreshToken),
        };
        var (user, groups) = await service.Store.WriteAsync(write =>
        {
            var current = UserStore.ByUsername(write, pool, proved.Username);
            if (current?.Password?.Salt.AsSpan().SequenceEqual(proved.Password!.Salt) != true) throw CognitoErrors.IncorrectPassword();
            if (current.FailedSignIns is not null) UserStore.Put(write, pool, current with { FailedSignIns = null });
            UserStore.AddSignIn(write, pool, current, signIn, now);
            return (current, UserStore.GroupsOf(write, pool, current));
        });
        return new() { ChallengeParameters = [], AuthenticationResult = await TokensAsync(service, pool, client, user, groups, signIn, refreshToken, now) };
    }

    private static SignInOutput NewPasswordChallenge(CognitoUserPoolService service, UserPool pool, UserPoolClient client, User user, DateTimeOffset now)
    {
        var session = new ChallengeSession(client.ClientId, user.Username, NewPasswordRequired, user.Password!.Salt, now + client.SessionLifetime);
        return new()
        {
            ChallengeName = NewPasswordRequired,
            Session = SealedBox.Seal(pool, service.Ids, "Session", session, CognitoStateJson.Default.ChallengeSession),
            ChallengeParameters = new()
            {
                ["USER_ID_FOR_SRP"] = user.Username,
                ["requiredAttributes"] = Json(json =>
                {
                    json.WriteStartArray();
                    foreach (var name in AttributeSchema.MissingRequired(pool, user.Attributes)) json.WriteStringValue(AttributePrefix + name);
                    json.WriteEndArray();
                }),
                ["userAttributes"] = Json(json =>
                {
                    json.WriteStartObject();
                    foreach (var (name, value) in user.Attributes) json.WriteString(name, value);
                    json.WriteEndObject();
                }),
            },
        };
    }

    private static async ValueTask<User?> FindAsync(CognitoUserPoolService service, UserPool pool, string username)
    {
        User? user;
        using (var snapshot = service.Store.Snapshot()) user = UserStore.Find(snapshot, pool, username);
        return user is null ? null : await service.WithPasswordAsync(pool, user);
    }

    /// <summary>Counts the failure and gives the error, which is the same for an absent user.</summary>
    private static async ValueTask<AwsException> FailedAsync(CognitoUserPoolService service, UserPool pool, User? user, DateTimeOffset now)
    {
        if (user is not null)
        {
            await service.Store.WriteAsync(write =>
            {
                if (UserStore.ByUsername(write, pool, user.Username) is { } current) UserStore.Put(write, pool, Attempts.Fail(current, now));
                return true;
            });
        }
        return CognitoErrors.IncorrectPassword();
    }

    private static string Parameter(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.TryGetValue(name, out var value) && value is { Length: > 0 } ? value : throw CognitoErrors.MissingParameter(name);

    private static bool IsTimestamp(string text) =>
        DateTime.TryParseExact(text, ["ddd MMM d HH:mm:ss 'UTC' yyyy", "ddd MMM d HH:mm:ss 'GMT' yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string Hex(System.Numerics.BigInteger number) => Convert.ToHexStringLower(Srp.Pad(number)).TrimStart('0');

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, AwsJson.WriterOptions)) write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
