using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Emulator.Identifiers;
using Emulator.Storage;

namespace Emulator.Cognito.UserPools;

/// <summary>The keys of a pool, as they are stored: one pair signs id tokens, the other access tokens.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html</remarks>
internal sealed record PoolKeys(StoredKey IdToken, StoredKey AccessToken)
{
    public int Format { get; init; } = 1;
}

/// <param name="Kid">The key's name in tokens and in the JWKS.</param>
/// <param name="Pkcs8">The private key.</param>
internal sealed record StoredKey(string Kid, byte[] Pkcs8);

/// <summary>The keys of the pools: made when one is first needed, and then kept in the store.</summary>
internal sealed class SigningKeys(IStore store, IdSource ids)
{
    private const int KeySizeBits = 2048;
    private const int PoolsInMemory = 256;

    private static readonly Space Keys = new("cognito.keys");

    private readonly ConcurrentDictionary<string, (long Version, PoolSigners Signers)> _loaded = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _making = new(StringComparer.Ordinal);

    public static void Delete(IWriteTransaction write, string poolId) => write.Delete(Keys, StoreKey.Of(poolId));

    /// <summary>Grows when keys are made or removed: what was verified with them stays right while it stands.</summary>
    public long Version => store.Version(Keys);

    /// <summary>The pool's keys where it has made some already: without them there is no token of it.</summary>
    public PoolSigners? Find(string poolId)
    {
        var version = Version;
        if (_loaded.TryGetValue(poolId, out var loaded) && loaded.Version == version) return loaded.Signers;
        using var snapshot = store.Snapshot();
        if (snapshot.Find(Keys, StoreKey.Of(poolId), CognitoStateJson.Default.PoolKeys) is not { } keys) return null;
        if (_loaded.Count >= PoolsInMemory) _loaded.Clear();
        var signers = new PoolSigners(Signer.Load(keys.IdToken), Signer.Load(keys.AccessToken));
        _loaded[poolId] = (version, signers);
        return signers;
    }

    /// <summary>The pool's keys; two key pairs are made the first time (some 100 ms).</summary>
    public async ValueTask<PoolSigners> GetAsync(string poolId)
    {
        while (true)
        {
            if (Find(poolId) is { } signers) return signers;
            // Whoever comes while the keys are being made waits for the same ones.
            var making = _making.GetOrAdd(poolId, MakeAsync);
            try
            {
                await making;
            }
            finally
            {
                _making.TryRemove(new(poolId, making));
            }
        }
    }

    private async Task MakeAsync(string poolId)
    {
        var (idToken, accessToken) = (Task.Run(Make), Task.Run(Make));
        var keys = new PoolKeys(await idToken, await accessToken);
        await store.WriteAsync(write =>
        {
            var key = StoreKey.Of(poolId);
            if (!write.TryGet(Keys, key, out _)) write.Put(Keys, key, keys, CognitoStateJson.Default.PoolKeys);
            return true;
        });
    }

    private StoredKey Make()
    {
        using var rsa = RSA.Create(KeySizeBits);
        return new(Convert.ToBase64String(ids.Bytes(32)), rsa.ExportPkcs8PrivateKey());
    }
}

internal sealed record PoolSigners(Signer IdToken, Signer AccessToken)
{
    public Signer? ByKid(string kid) => kid == IdToken.Kid ? IdToken : kid == AccessToken.Kid ? AccessToken : null;
}

/// <summary>One key pair, loaded.</summary>
internal sealed class Signer
{
    private readonly Lock _lock = new();
    private readonly RSA _rsa;

    private Signer(string kid, RSA rsa)
    {
        Kid = kid;
        _rsa = rsa;
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        Modulus = Base64Url.EncodeToString(parameters.Modulus);
        Exponent = Base64Url.EncodeToString(parameters.Exponent);
    }

    public string Kid { get; }

    public string Modulus { get; }

    public string Exponent { get; }

    public static Signer Load(StoredKey key)
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key.Pkcs8, out _);
        return new(key.Kid, rsa);
    }

    // An RSA object is not promised to bear two callers at once.
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var signature = new byte[_rsa.KeySize / 8];
        lock (_lock) _rsa.SignData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return signature;
    }

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (_lock) return _rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
