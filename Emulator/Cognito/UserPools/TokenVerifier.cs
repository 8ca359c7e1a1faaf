using System.Collections.Concurrent;
using System.Text.Json;
using Emulator.Integration;
using Emulator.Storage;

namespace Emulator.Cognito.UserPools;

/// <summary>Verifies tokens of the pools. A token that was verified once costs only a look at the clock the next time.</summary>
internal sealed class TokenVerifier(IStore store, SigningKeys keys, EmulatorClock clock)
{
    private const int TokensRemembered = 1024;

    /// <summary>Longer tokens are verified each time: what is remembered stays below 16 MiB.</summary>
    private const int RememberedLength = 8 * 1024;

    public SigningKeys Keys { get; } = keys;

    private readonly ConcurrentDictionary<string, Verified> _verified = new(StringComparer.Ordinal);

    private sealed record Verified(JsonElement Claims, string PoolId, long KeysVersion);

    /// <summary>As <see cref="ITokenVerifier.Verify"/>.</summary>
    public TokenVerdict Verify(string token, string issuer)
    {
        // The wording is that of API Gateway's authorizer, which passes on what its JWT library says.
        if (PoolOf(issuer) is not { } pool) return new(null, "OIDC discovery endpoint communication error");
        var (claims, problem) = VerifySignature(token, pool);
        if (claims is not { } verified) return new(null, problem);
        if (verified.Text("iss") != pool.Issuer) return new(null, "invalid issuer");
        if (verified.Time("exp") is not { } expires || expires <= clock.GetUtcNow()) return new(null, "the token has expired");
        return new(verified, null);
    }

    /// <summary>The claims of a token that this pool signed, expired or not; else what is wrong with it.</summary>
    public (JsonElement? Claims, string? Problem) VerifySignature(string token, UserPool pool)
    {
        var version = Keys.Version;
        if (_verified.TryGetValue(token, out var known) && known.KeysVersion == version && known.PoolId == pool.Id) return (known.Claims, null);
        if (Jwt.Parse(token) is not { } parsed) return (null, "token contains an invalid number of segments");
        var algorithm = parsed.Header.Text("alg");
        if (algorithm != "RS256") return (null, $"signing method {algorithm} is invalid");
        var kid = parsed.Header.Text("kid");
        if (kid is null || Keys.Find(pool.Id)?.ByKid(kid) is not { } key) return (null, $"unable to find a signing key that matches \"{kid}\"");
        if (!key.Verify(parsed.SignedContent, parsed.Signature)) return (null, "crypto/rsa: verification error");
        if (token.Length > RememberedLength) return (parsed.Claims, null);
        if (_verified.Count >= TokensRemembered) _verified.Clear();
        _verified[token] = new(parsed.Claims, pool.Id, version);
        return (parsed.Claims, null);
    }

    /// <summary>The pool of an issuer in AWS's form, or under an address of the emulator (<c>http://localhost:4566/{pool id}</c>).</summary>
    private UserPool? PoolOf(string issuer)
    {
        var id = issuer[(issuer.TrimEnd('/').LastIndexOf('/') + 1)..].TrimEnd('/');
        using var snapshot = store.Snapshot();
        if (UserPoolStore.Find(snapshot, id) is not { } pool) return null;
        var isAws = issuer.Contains(".amazonaws.com", StringComparison.Ordinal);
        return isAws && issuer.TrimEnd('/') != pool.Issuer ? null : pool;
    }
}
