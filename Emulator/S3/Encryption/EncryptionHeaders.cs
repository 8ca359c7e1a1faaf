using System.Text.Json;
using Emulator.Identifiers;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.Storage;

namespace Emulator.S3.Encryption;

/// <summary>How a request wants the object encrypted that it makes.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html. What the headers say is looked at when it is asked for: policies see them first, so that one that denies what is not AES256 answers before S3 finds that there is no such method.</remarks>
internal sealed class EncryptionHeaders
{
    private readonly RestRequest? _request;
    private Wish? _wish;

    private EncryptionHeaders(RestRequest? request, Wish? wish) => (_request, _wish) = (request, wish);

    public static EncryptionHeaders None { get; } = new(null, new());

    /// <summary>null: the request leaves it to the bucket.</summary>
    public EncryptionMethod? Method => Wanted.Method;

    public CustomerKey? CustomerKey => Wanted.CustomerKey;

    private Wish Wanted => _wish ??= Read(_request!);

    public static EncryptionHeaders Of(RestRequest request) => new(request, null);

    private static Wish Read(RestRequest request)
    {
        if (CustomerKey.OfWriter(request) is { } key) return new() { CustomerKey = key };
        var (name, keyId, context, bucketKey) =
            (request.Header(ObjectEncryption.Header), request.Header(ObjectEncryption.KeyHeader), request.Header(ObjectEncryption.ContextHeader), request.Header(ObjectEncryption.BucketKeyHeader));
        if (name is null && keyId is null && context is null && bucketKey is null) return new();
        EncryptionMethod? method = name is null ? null : ObjectEncryption.FindMethod(name) ?? throw EncryptionErrors.UnsupportedMethod(name);
        if ((keyId is not null || context is not null) && method is null or EncryptionMethod.S3) throw EncryptionErrors.KmsRequiresHeader(name);
        if (context is not null && !IsContext(context)) throw EncryptionErrors.InvalidContext();
        return new()
        {
            Method = method,
            KeyId = keyId,
            Context = context,
            UsesBucketKey = bucketKey?.ToLowerInvariant() switch
            {
                null => null,
                "true" => true,
                "false" => false,
                _ => throw EncryptionErrors.InvalidBucketKey(bucketKey),
            },
        };
    }

    /// <summary>Refuses the header where an object is read, or an upload goes on that has said it at its beginning.</summary>
    public static void Refuse(RestRequest request)
    {
        if (request.Header(ObjectEncryption.Header) is { } method) throw EncryptionErrors.HeaderNotSupported(method);
    }

    /// <summary>How the object will be encrypted: as the request says, else as the bucket's default does.</summary>
    public ObjectEncryption Resolve(IReader reader, Bucket bucket, Call call, IdSource ids)
    {
        var wanted = Wanted;
        var byDefault = BucketSettings.Encryption.Find(reader, bucket);
        if (wanted.CustomerKey is { } customerKey)
        {
            if (byDefault?.BlocksCustomerKeys == true) throw S3Errors.AccessDenied();
            return ObjectEncryption.By(customerKey, ids);
        }
        var method = wanted.Method ?? byDefault?.Method ?? EncryptionMethod.S3;
        if (method == EncryptionMethod.S3) return ObjectEncryption.S3;
        // A request for KMS that names no key is for the one that AWS manages, whatever the bucket's default.
        // Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
        var key = KmsKey.ArnOf(wanted.KeyId ?? (wanted.Method is null ? byDefault?.KeyId : null), call.Account, bucket.Region);
        // "S3 Bucket Keys aren't supported for DSSE-KMS." https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingDSSEncryption.html
        var usesBucketKey = method == EncryptionMethod.Kms && (wanted.UsesBucketKey ?? byDefault?.UsesBucketKey ?? false);
        var encryption = new ObjectEncryption(method, key, usesBucketKey, wanted.Context);
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

    private sealed record Wish
    {
        public EncryptionMethod? Method { get; init; }
        public string? KeyId { get; init; }
        public string? Context { get; init; }
        public bool? UsesBucketKey { get; init; }
        public CustomerKey? CustomerKey { get; init; }
    }
}
