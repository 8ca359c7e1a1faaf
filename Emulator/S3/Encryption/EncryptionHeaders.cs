using System.Text.Json;
using Emulator.Identifiers;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.Storage;

namespace Emulator.S3.Encryption;

/// <summary>How a request wants the object encrypted that it makes.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html</remarks>
internal sealed record EncryptionHeaders(EncryptionMethod? Method, string? KeyId, string? Context, bool? UsesBucketKey, CustomerKey? CustomerKey = null)
{
    public static EncryptionHeaders None { get; } = new(null, null, null, null);

    public static EncryptionHeaders Of(RestRequest request)
    {
        if (CustomerKey.OfWriter(request) is { } key) return None with { CustomerKey = key };
        var (name, keyId, context, bucketKey) =
            (request.Header(ObjectEncryption.Header), request.Header(ObjectEncryption.KeyHeader), request.Header(ObjectEncryption.ContextHeader), request.Header(ObjectEncryption.BucketKeyHeader));
        if (name is null && keyId is null && context is null && bucketKey is null) return None;
        EncryptionMethod? method = name is null ? null : ObjectEncryption.FindMethod(name) ?? throw EncryptionErrors.UnsupportedMethod(name);
        if ((keyId is not null || context is not null) && method is null or EncryptionMethod.S3) throw EncryptionErrors.KmsRequiresHeader(name);
        if (context is not null && !IsContext(context)) throw EncryptionErrors.InvalidContext();
        return new(method, keyId, context, bucketKey?.ToLowerInvariant() switch
        {
            null => null,
            "true" => true,
            "false" => false,
            _ => throw EncryptionErrors.InvalidBucketKey(bucketKey),
        });
    }

    /// <summary>Refuses the header where an object is read, or an upload goes on that has said it at its beginning.</summary>
    public static void Refuse(RestRequest request)
    {
        if (request.Header(ObjectEncryption.Header) is { } method) throw EncryptionErrors.HeaderNotSupported(method);
    }

    /// <summary>How the object will be encrypted: as the request says, else as the bucket's default does.</summary>
    public ObjectEncryption Resolve(IReader reader, Bucket bucket, Call call, IdSource ids)
    {
        var byDefault = BucketSettings.Encryption.Find(reader, bucket);
        if (CustomerKey is not null)
        {
            if (byDefault?.BlocksCustomerKeys == true) throw S3Errors.AccessDenied();
            return ObjectEncryption.By(CustomerKey, ids);
        }
        var method = Method ?? byDefault?.Method ?? EncryptionMethod.S3;
        if (method == EncryptionMethod.S3) return ObjectEncryption.S3;
        // A request for KMS that names no key is for the one that AWS manages, whatever the bucket's default.
        // Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
        var key = KmsKey.ArnOf(KeyId ?? (Method is null ? byDefault?.KeyId : null), call.Account, bucket.Region);
        // "S3 Bucket Keys aren't supported for DSSE-KMS." https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingDSSEncryption.html
        var usesBucketKey = method == EncryptionMethod.Kms && (UsesBucketKey ?? byDefault?.UsesBucketKey ?? false);
        var encryption = new ObjectEncryption(method, key, usesBucketKey, Context);
        encryption.CheckCaller(call);
        return encryption;
    }

    private static bool IsContext(string base64)
    {
        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(base64));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.EnumerateObject().All(pair => pair.Value.ValueKind == JsonValueKind.String);
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            return false;
        }
    }
}
