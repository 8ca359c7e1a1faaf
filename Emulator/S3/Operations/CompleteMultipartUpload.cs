using System.Globalization;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Bodies;
using Emulator.S3.Buckets;
using Emulator.S3.Checksums;
using Emulator.S3.Encryption;
using Emulator.S3.Multipart;
using Emulator.S3.Notifications;
using Emulator.S3.Objects;
using Emulator.SigV4.Checksums;
using Emulator.Storage;

namespace Emulator.S3.Operations;

/// <summary>Makes the object of the parts: their bytes stay where they are.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html</remarks>
internal static class CompleteMultipartUpload
{
    public static CompleteMultipartUploadInput Bind(RestRequest request)
    {
        EncryptionHeaders.Refuse(request);
        return new(S3Request.Bucket(request), S3Request.Key(request), request.QueryValue("uploadId")!)
        {
            Document = new(request.Body, DeclaredChecksum.Md5Of(request), S3Limits.CompleteDocumentBytes), // the other checksums are of the object
            Condition = WriteCondition.Of(request),
            Checksum = ChecksumAlgorithms.All.Select(algorithm => request.Header(algorithm.HeaderName()) is { } value ? new GivenChecksum(algorithm, value) : null).FirstOrDefault(given => given is not null),
            ChecksumType = request.Header("x-amz-checksum-type"),
            ObjectSize = request.Header("x-amz-mp-object-size"),
            CustomerKey = CustomerKey.OfReader(request),
            SourceIp = request.SourceIp,
        };
    }

    public static IReadOnlyList<Permission> Permissions(Call call, CompleteMultipartUploadInput input)
    {
        var arn = $"{input.Bucket.Arn}/{input.Key}";
        return [new("s3:PutObject", arn), .. input.Condition.Permissions(arn)];
    }

    public static async ValueTask<CompleteMultipartUploadOutput> Execute(S3Service service, Call call, CompleteMultipartUploadInput input)
    {
        using (var before = service.Snapshot()) Find(before, BucketStore.Require(before, input.Bucket), input);
        var parts = CompletedPart.ReadAll(await input.Document.ReadAsync("CompleteMultipartUpload", call.Cancelled));
        var bodyId = BodyStore.NewPartsId(service.Context.Ids);
        var (bucket, made, isRetry) = await service.CommitAsync(write => Complete(write, input, parts, bodyId));
        if (!isRetry) service.Notify(bucket, call, input.SourceIp, S3Event.Created("CompleteMultipartUpload", made));
        using var snapshot = service.Snapshot();
        return new(BucketObject.Current(service, snapshot, bucket, made), Location(call.BaseUrl, bucket.Name, made.Key));
    }

    public static Reply Write(CompleteMultipartUploadOutput output)
    {
        var ((bucket, made), location) = output;
        var xml = new XmlBuilder().Root("CompleteMultipartUploadResult"u8)
            .Element("Location"u8, location)
            .Element("Bucket"u8, bucket.Name)
            .Element("Key"u8, made.Key)
            .Element("ETag"u8, made.QuotedETag);
        if (!made.Checksum.IsNone) xml.Element(made.Checksum.Algorithm.Element(), made.Checksum.Value).Element("ChecksumType"u8, made.Checksum.Type.Name());
        var reply = xml.End("CompleteMultipartUploadResult"u8).ToReply();
        return made.Encryption.AddTo(reply).Header("x-amz-expiration", output.Completed.Expiration).Header("x-amz-version-id", made.VersionId);
    }

    private static (Bucket, StoredObject, bool IsRetry) Complete(S3Write write, CompleteMultipartUploadInput input, IReadOnlyList<CompletedPart> asked, string bodyId)
    {
        var tx = write.Transaction;
        var bucket = BucketStore.Require(tx, input.Bucket);
        var (found, present) = Find(tx, bucket, input);
        if (found is not { } upload) return (bucket, present!, true);
        if (asked.Count == 0) throw S3Errors.InvalidRequest("You must specify at least one part");
        // "Required only when the object was created using a checksum algorithm." https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
        if (input.CustomerKey is not null || upload.ChecksumAlgorithm is not null) upload.Encryption.CheckPart(input.CustomerKey);
        CheckType(upload, input.ChecksumType);
        var parts = PartsOf(tx, upload, asked);
        var size = parts.Sum(part => part.Size);
        if (size > S3Limits.ObjectBytes) throw S3Errors.EntityTooLarge(size, S3Limits.ObjectBytes);
        if (input.ObjectSize is not null && input.ObjectSize != size.ToString(CultureInfo.InvariantCulture))
        {
            throw S3Errors.InvalidRequest($"The provided 'x-amz-mp-object-size' header value {input.ObjectSize} does not match what was computed: {size}");
        }
        var checksum = MultipartHashes.Checksum(upload, parts);
        CheckChecksum(checksum, input.Checksum);
        input.Condition.Check(present, input.Key, upload.IsDisturbed);

        UploadStore.Remove(tx, bucket, upload, parts.Select(part => part.Number).ToHashSet(), write.Freed);
        BodyStore.Add(tx, bodyId, new BodyRow(1)
        {
            Parts = [.. parts.Select(part => new BodyPart(part.Number, part.Size, upload.ChecksumAlgorithm is null ? null : part.Checksum, part.Slices))],
        });
        var made = new StoredObject
        {
            Key = input.Key,
            Size = size,
            // "The object creation date is the date of initiation of the multipart upload."
            // Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
            LastModified = upload.Initiated,
            ETag = MultipartHashes.ETag(parts),
            Checksum = MultipartHashes.Kept(upload, checksum),
            StorageClass = upload.StorageClass,
            BodyId = bodyId,
            PartsCount = parts.Count,
            UploadId = upload.UploadId,
            Headers = upload.Headers,
            Tags = upload.Tags,
            Acl = upload.Acl,
            Encryption = upload.Encryption,
            Retention = upload.Lock.Retention,
            LegalHold = upload.Lock.LegalHold,
        };
        return (bucket, ObjectStore.Put(write, bucket, made, present), false);
    }

    /// <summary>The upload, or the object that it has become already: a completion whose answer was lost is asked for again.</summary>
    private static (MultipartUpload? Upload, StoredObject? Present) Find(IReader reader, Bucket bucket, CompleteMultipartUploadInput input)
    {
        var present = ObjectStore.Find(reader, bucket, input.Key);
        var upload = UploadStore.Find(reader, bucket, input.Key, input.UploadId);
        return upload is not null || present?.UploadId == input.UploadId ? (upload, present) : throw S3Errors.NoSuchUpload(input.UploadId);
    }

    /// <summary>The parts that are asked for, each as it was uploaded.</summary>
    private static List<UploadedPart> PartsOf(IReader reader, MultipartUpload upload, IReadOnlyList<CompletedPart> asked)
    {
        for (var i = 1; i < asked.Count; i++)
        {
            if (asked[i].Number <= asked[i - 1].Number) throw S3Errors.InvalidPartOrder(upload.UploadId);
        }
        var parts = new List<UploadedPart>(asked.Count);
        foreach (var one in asked)
        {
            var part = UploadStore.FindPart(reader, upload.UploadId, one.Number);
            if (part is null || !ETags.Same(one.ETag, part.ETag)) throw S3Errors.InvalidPart(upload.UploadId, one.Number, one.ETag.Trim('"'));
            CheckPartChecksum(upload, part, one);
            parts.Add(part);
        }
        for (var i = 0; i < parts.Count - 1; i++)
        {
            if (parts[i].Size < S3Limits.PartBytes) throw S3Errors.PartTooSmall(parts[i].Size, parts[i].Number, parts[i].ETag);
        }
        return parts;
    }

    private static void CheckPartChecksum(MultipartUpload upload, UploadedPart part, CompletedPart asked)
    {
        if (asked.Checksum is not { } given)
        {
            if (upload.ChecksumAlgorithm is not { } named || upload.ChecksumType != ChecksumType.Composite) return;
            throw S3Errors.InvalidRequest($"The upload was created using a {named.LowerName()} checksum. The complete request must include the checksum for each part. It was missing for part {part.Number} in the request.");
        }
        if (given.Algorithm == upload.EffectiveAlgorithm && given.Value == part.Checksum) return;
        // Observed: another algorithm than the upload's is a bad digest, a wrong value of it an invalid part.
        throw upload.ChecksumAlgorithm is null || given.Algorithm == upload.ChecksumAlgorithm
            ? S3Errors.InvalidPart(upload.UploadId, part.Number, part.ETag)
            : new("BadDigest", $"The {given.Algorithm.LowerName()} you specified for part {part.Number} did not match what we received.");
    }

    private static void CheckType(MultipartUpload upload, string? type)
    {
        var expected = upload.ChecksumAlgorithm is null ? "null" : upload.ChecksumType.Name();
        if (type is not null && type != expected) throw S3Errors.InvalidRequest($"The upload was created using the {expected} checksum mode. The complete request must use the same checksum mode.");
    }

    private static void CheckChecksum(ObjectChecksum computed, GivenChecksum? given)
    {
        if (given is null) return;
        var value = computed.Value;
        var bare = value.IndexOf('-') is > 0 and var dash ? value[..dash] : value;
        if (given.Algorithm != computed.Algorithm || (given.Value != value && given.Value != bare)) throw S3Errors.ChecksumMismatch(computed.Algorithm.LowerName());
    }

    /// <summary>Observed: slashes of the key are encoded too.</summary>
    public static string Location(string baseUrl, string bucket, string key)
    {
        var authority = baseUrl.AsSpan(baseUrl.IndexOf("://", StringComparison.Ordinal) + 3);
        var isVirtualHost = authority.StartsWith(bucket + ".", StringComparison.Ordinal);
        return isVirtualHost ? $"{baseUrl}/{Uri.EscapeDataString(key)}" : $"{baseUrl}/{bucket}/{Uri.EscapeDataString(key)}";
    }
}

internal sealed record CompleteMultipartUploadInput(BucketReference Bucket, string Key, string UploadId)
{
    public required S3Document Document { get; init; }
    public WriteCondition Condition { get; init; }
    public GivenChecksum? Checksum { get; init; }
    public string? ChecksumType { get; init; }
    public string? ObjectSize { get; init; }
    public CustomerKey? CustomerKey { get; init; }
    public required string SourceIp { get; init; }
}

internal sealed record CompleteMultipartUploadOutput(BucketObject Completed, string Location);
