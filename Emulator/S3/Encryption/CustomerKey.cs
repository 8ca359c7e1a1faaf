using System.Security.Cryptography;
using System.Text;
using Emulator.Identifiers;
using Emulator.Protocols;

namespace Emulator.S3.Encryption;

/// <summary>A key that the client brings with each request (SSE-C). It is never stored: objects keep a salted hash, by which it is known again.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html; recorded: TestS3SSECEncryption</remarks>
internal sealed class CustomerKey
{
    public const string Prefix = "x-amz-server-side-encryption-customer-";
    public const string AlgorithmHeader = Prefix + "algorithm";
    public const string Algorithm = "AES256";
    public const string Md5Header = Prefix + "key-MD5";

    private const string CopySourcePrefix = "x-amz-copy-source-server-side-encryption-customer-";
    private const int KeyBytes = 32;
    private const int SaltBytes = 16;

    private readonly byte[] _key;

    private CustomerKey(byte[] key, string md5) => (_key, Md5) = (key, md5);

    /// <summary>As it came, base 64: it is told back.</summary>
    public string Md5 { get; }

    /// <summary>The key of who makes an object or a part; null where none came.</summary>
    public static CustomerKey? OfWriter(RestRequest request)
    {
        var key = Of(request, Prefix, reads: false);
        return key is not null && request.Header(ObjectEncryption.Header) is { } method ? throw EncryptionErrors.TwoMethods(method) : key;
    }

    /// <summary>The key of who reads an object. Recorded: without its MD5 it is the wrong one.</summary>
    public static CustomerKey? OfReader(RestRequest request) => Of(request, Prefix, reads: true);

    /// <summary>The key of the object that is copied.</summary>
    public static CustomerKey? OfCopySource(RestRequest request) => Of(request, CopySourcePrefix, reads: true);

    private static CustomerKey? Of(RestRequest request, string prefix, bool reads)
    {
        var (algorithm, text, md5) = (request.Header(prefix + "algorithm"), request.Header(prefix + "key"), request.Header(prefix + "key-MD5"));
        if (algorithm is null && text is null && md5 is null) return null;
        if (algorithm is null) throw EncryptionErrors.MissingAlgorithm();
        if (algorithm != Algorithm) throw EncryptionErrors.InvalidAlgorithm(algorithm);
        if (text is null) throw EncryptionErrors.MissingKey();
        if (reads && string.IsNullOrEmpty(md5)) throw EncryptionErrors.WrongKey();
        var key = new byte[KeyBytes];
        // 32 bytes are 44 digits: anything else has another size.
        if (text.Length != 44 || !Convert.TryFromBase64String(text, key, out var length) || length != KeyBytes) throw EncryptionErrors.InvalidKey();
        if (string.IsNullOrEmpty(md5)) throw EncryptionErrors.MissingKeyMd5();
        return Convert.ToBase64String(MD5.HashData(key)) == md5 ? new(key, md5) : throw EncryptionErrors.WrongKeyMd5();
    }

    /// <summary>What an object keeps to know the key again: a salt and a hash.</summary>
    public string NewVerifier(IdSource ids) => Verifier(ids.Bytes(SaltBytes));

    public bool Fits(string verifier)
    {
        var expected = Convert.FromBase64String(verifier);
        return CryptographicOperations.FixedTimeEquals(expected, Convert.FromBase64String(Verifier(expected.AsSpan(0, SaltBytes))));
    }

    /// <summary>The cipher of a body: each has a key of its own, which follows from this one and the body's id, so that no bytes are ever encrypted with those of another.</summary>
    public BodyCipher CipherOf(string bodyId) => new(HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, KeyBytes, Encoding.ASCII.GetBytes(bodyId), "body"u8.ToArray()));

    private string Verifier(ReadOnlySpan<byte> salt)
    {
        Span<byte> verifier = stackalloc byte[SaltBytes + HMACSHA256.HashSizeInBytes];
        salt.CopyTo(verifier);
        HMACSHA256.HashData(HKDF.Extract(HashAlgorithmName.SHA256, _key, salt.ToArray()), "verifier"u8, verifier[SaltBytes..]);
        return Convert.ToBase64String(verifier);
    }
}
