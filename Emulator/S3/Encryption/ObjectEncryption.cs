using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Rows;

namespace Emulator.S3.Encryption;

/// <summary>Whose keys encrypt an object.</summary>
internal enum EncryptionMethod : byte { S3 = 0, Kms = 1, KmsDualLayer = 2 }

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
    public Reply AddTo(Reply reply) => reply.Header(Header, Name).Header(KeyHeader, KeyArn).Header(BucketKeyHeader, UsesBucketKey ? "true" : null);

    /// <summary>As above, with the context: for what makes an object.</summary>
    public Reply AddAllTo(Reply reply) => AddTo(reply).Header(ContextHeader, Context);

    /// <summary>S3 answers nobody unknown with what KMS keeps: it must know who asks.</summary>
    public void CheckReader(Call call)
    {
        if (Method != EncryptionMethod.S3 && call.Caller.Kind == CallerKind.Anonymous) throw EncryptionErrors.KmsRequiresSignature();
    }

    public void Write(RowWriter row) => row.Byte((byte)Method).Text(KeyArn).Byte(UsesBucketKey ? (byte)1 : (byte)0).Text(Context);

    public static ObjectEncryption Read(ref RowReader row) => new((EncryptionMethod)row.Byte(), row.Text(), row.Byte() != 0, row.Text());
}
