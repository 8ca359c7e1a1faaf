using Emulator.Iam;
using Emulator.Identifiers;
using Emulator.Protocols;
using Emulator.S3.Rows;

namespace Emulator.S3.Encryption;

/// <summary>Whose keys encrypt an object.</summary>
internal enum EncryptionMethod : byte { S3 = 0, Kms = 1, KmsDualLayer = 2, Customer = 3 }

/// <summary>How a version of an object is encrypted, as S3 tells it.</summary>
/// <param name="KeyArn">The key of KMS; null with S3's own keys.</param>
/// <param name="Context">The encryption context as it came: base 64. It is told by what makes the object, and never again.</param>
internal sealed record ObjectEncryption(EncryptionMethod Method, string? KeyArn = null, bool UsesBucketKey = false, string? Context = null)
{
    public const string Header = "x-amz-server-side-encryption";
    public const string KeyHeader = "x-amz-server-side-encryption-aws-kms-key-id";
    public const string ContextHeader = "x-amz-server-side-encryption-context";
    public const string BucketKeyHeader = "x-amz-server-side-encryption-bucket-key-enabled";

    /// <summary>By S3's own keys, which every object has that has no others.</summary>
    public static ObjectEncryption S3 { get; } = new(EncryptionMethod.S3);

    /// <summary>By which the client's key is known again; null where S3 or KMS have the key.</summary>
    public string? KeyVerifier { get; private init; }

    /// <summary>What the request that makes the object told of its key: never stored.</summary>
    private string? KeyMd5 { get; init; }

    public static ObjectEncryption By(CustomerKey key, IdSource ids) => new(EncryptionMethod.Customer) { KeyVerifier = key.NewVerifier(ids), KeyMd5 = key.Md5 };

    /// <summary>Whether ETags are the MD5 of the bytes.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html</remarks>
    public bool HasMd5ETags => Method == EncryptionMethod.S3;

    public string Name => NameOf(Method);

    public static string NameOf(EncryptionMethod method) => method switch
    {
        EncryptionMethod.Kms => "aws:kms",
        EncryptionMethod.KmsDualLayer => "aws:kms:dsse",
        _ => "AES256",
    };

    public static EncryptionMethod? FindMethod(string name) => name switch
    {
        "AES256" => EncryptionMethod.S3,
        "aws:kms" => EncryptionMethod.Kms,
        "aws:kms:dsse" => EncryptionMethod.KmsDualLayer,
        _ => null,
    };

    /// <summary>Observed: a bucket key is told only where there is one.</summary>
    /// <param name="key">The client's key, where the request brings it.</param>
    public Reply AddTo(Reply reply, CustomerKey? key = null)
    {
        if (Method != EncryptionMethod.Customer) return reply.Header(Header, Name).Header(KeyHeader, KeyArn).Header(BucketKeyHeader, UsesBucketKey ? "true" : null);
        return (key?.Md5 ?? KeyMd5) is { } md5 ? reply.Header(CustomerKey.AlgorithmHeader, CustomerKey.Algorithm).Header(CustomerKey.Md5Header, md5) : reply;
    }

    /// <summary>As above, with the context: for what makes an object.</summary>
    public Reply AddAllTo(Reply reply) => AddTo(reply).Header(ContextHeader, Context);

    /// <summary>Refuses who does not bring the key of the object, and nobody known what KMS encrypts.</summary>
    public void CheckReader(Call call, CustomerKey? key)
    {
        if (KeyVerifier is not null)
        {
            if (key is null) throw EncryptionErrors.KeyDemanded();
            if (!key.Fits(KeyVerifier)) throw EncryptionErrors.WrongKey();
            return;
        }
        if (key is not null) throw EncryptionErrors.KeyOfUnencrypted();
        CheckCaller(call);
    }

    /// <summary>KMS must know who asks.</summary>
    public void CheckCaller(Call call)
    {
        if (Method is EncryptionMethod.Kms or EncryptionMethod.KmsDualLayer && call.Caller.Kind == CallerKind.Anonymous) throw EncryptionErrors.KmsRequiresSignature();
    }

    /// <summary>Refuses a part of an upload that comes with another key, or with one too many or too few.</summary>
    public void CheckPart(CustomerKey? key)
    {
        if (KeyVerifier is null != key is null) throw EncryptionErrors.PartNeedsKey();
        if (KeyVerifier is not null && !key!.Fits(KeyVerifier)) throw EncryptionErrors.OtherKeyThanUpload();
    }

    public void Write(RowWriter row) => row.Byte((byte)Method).Text(KeyArn).Byte(UsesBucketKey ? (byte)1 : (byte)0).Text(Method == EncryptionMethod.Customer ? KeyVerifier : Context);

    public static ObjectEncryption Read(ref RowReader row)
    {
        var (method, keyArn, usesBucketKey, last) = ((EncryptionMethod)row.Byte(), row.Text(), row.Byte() != 0, row.Text());
        return method == EncryptionMethod.Customer ? new(method) { KeyVerifier = last } : new(method, keyArn, usesBucketKey, last);
    }
}
