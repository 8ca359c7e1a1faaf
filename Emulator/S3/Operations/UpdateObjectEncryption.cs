using System.Text.RegularExpressions;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Encryption;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;

namespace Emulator.S3.Operations;

/// <summary>Has another key encrypt an object that is there: all else of it stays, its ETag too.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_UpdateObjectEncryption.html</remarks>
internal static partial class UpdateObjectEncryption
{
    public static UpdateObjectEncryptionInput Bind(RestRequest request) =>
        new(S3Request.Bucket(request), S3Request.Key(request), VersionId.Parse(request.QueryValue("versionId")), S3Request.CheckedDocument(request));

    public static IReadOnlyList<Permission> Permissions(Call call, UpdateObjectEncryptionInput input)
    {
        var arn = $"{input.Bucket.Arn}/{input.Key}";
        return [new("s3:PutObject", arn), new("s3:UpdateObjectEncryption", arn)];
    }

    public static async ValueTask<BucketObject> Execute(S3Service service, Call call, UpdateObjectEncryptionInput input)
    {
        using (var snapshot = service.Snapshot()) BucketStore.Require(snapshot, input.Bucket);
        var wanted = Read(await input.Document.ReadAsync("ObjectEncryption", call.Cancelled));
        wanted.CheckCaller(call);
        return await service.CommitAsync(write =>
        {
            var bucket = BucketStore.Require(write.Transaction, input.Bucket);
            var found = service.RequireObject(write.Transaction, call, bucket, input.Key, input.VersionId, "PUT");
            if (found.Encryption.Method is EncryptionMethod.Customer or EncryptionMethod.KmsDualLayer) throw UpdateErrors.SourceNotSupported();
            if (Protection.Forbids(found, write.Moment, bypassesGovernance: false)) throw UpdateErrors.ObjectLocked();
            if (wanted.KeyArn!.Split(':')[4] != bucket.Account) throw UpdateErrors.KeyOfOtherAccount();
            KmsKey.ArnOf(wanted.KeyArn, bucket.Account, bucket.Region); // of the bucket's region
            var changed = found with { Encryption = wanted };
            ObjectStore.Update(write, bucket, changed);
            return new BucketObject(bucket, changed);
        });
    }

    private static ObjectEncryption Read(XmlNode document)
    {
        if (document.Children is not [{ Name: "SSE-KMS" } kms]) throw UpdateErrors.NoValidType();
        kms.Only("KMSKeyArn", "BucketKeyEnabled");
        if (kms.Value("KMSKeyArn") is not { Length: > 0 } arn) throw UpdateErrors.MissingKeyArn();
        if (!KeyArn().IsMatch(arn)) throw UpdateErrors.InvalidKeyArn();
        return new(EncryptionMethod.Kms, arn, kms.Value("BucketKeyEnabled") switch
        {
            null or "false" => false,
            "true" => true,
            _ => throw UpdateErrors.InvalidBucketKey(),
        });
    }

    // Source: the pattern of https://docs.aws.amazon.com/AmazonS3/latest/API/API_SSEKMSEncryption.html
    [GeneratedRegex("^arn:aws[a-zA-Z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+$")]
    private static partial Regex KeyArn();
}

internal sealed record UpdateObjectEncryptionInput(BucketReference Bucket, string Key, VersionId? VersionId, S3Document Document);
