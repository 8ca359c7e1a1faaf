using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Bodies;
using Emulator.S3.Buckets;
using Emulator.S3.Checksums;
using Emulator.S3.Encryption;
using Emulator.S3.Multipart;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;
using Emulator.SigV4.Checksums;
using Emulator.Storage;

namespace Emulator.S3.Operations;

/// <summary>Gets an object, or a range of it. HeadObject is the same without the body.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html</remarks>
internal static class GetObject
{
    private static readonly (string Parameter, string Header)[] Overrides =
    [
        ("response-content-type", "Content-Type"), ("response-content-language", "Content-Language"), ("response-expires", "Expires"),
        ("response-cache-control", "Cache-Control"), ("response-content-disposition", "Content-Disposition"), ("response-content-encoding", "Content-Encoding"),
    ];

    public static GetObjectInput Bind(RestRequest request)
    {
        EncryptionHeaders.Refuse(request);
        // Observed: two lists of a bucket, asked of an object.
        if (request.HasQuery("versions")) throw S3Errors.InvalidRequest("There is no such thing as the ?versions sub-resource for a key");
        if (request.HasQuery("uploads")) throw S3Errors.InvalidRequest("Key is not expected for the GET method ?uploads subresource");
        return new(S3Request.Bucket(request), S3Request.Key(request))
        {
            VersionId = VersionId.Parse(request.QueryValue("versionId")),
            PartNumber = PartNumbers.OfQuery(request),
            CustomerKey = CustomerKey.OfReader(request),
            Range = request.Header("Range"),
            IfRange = request.Header("If-Range"),
            Condition = ReadCondition.Of(request),
            WithChecksum = "ENABLED".Equals(request.Header("x-amz-checksum-mode"), StringComparison.OrdinalIgnoreCase),
            Overrides = OverridesOf(request),
            IsHead = request.Method == "HEAD",
        };
    }

    public static IReadOnlyList<Permission> Permissions(Call call, GetObjectInput input) =>
        [new(input.VersionId is null ? "s3:GetObject" : "s3:GetObjectVersion", $"{input.Bucket.Arn}/{input.Key}")];

    public static ValueTask<GetObjectOutput> Execute(S3Service service, Call call, GetObjectInput input)
    {
        if (input.Overrides.Count > 0 && call.Caller.Kind == CallerKind.Anonymous) throw S3Errors.InvalidRequest("Request specific response headers cannot be used for anonymous GET requests.");
        if (input.PartNumber is not null && input.Range is not null) throw S3Errors.InvalidRequest("Cannot specify both Range header and partNumber query parameter");
        while (true)
        {
            using var snapshot = service.Snapshot();
            var bucket = BucketStore.Require(snapshot, input.Bucket);
            var found = Protection.Told(service, call, service.RequireObject(snapshot, call, bucket, input.Key, input.VersionId, input.IsHead ? "HEAD" : "GET"), $"{bucket.Arn}/{input.Key}");
            found.Encryption.CheckReader(call, input.CustomerKey);
            input.Condition.Check(found, call.Now);
            if (!input.IsHead && !found.IsReadable(call.Now)) throw S3Errors.InvalidObjectState(found.StorageClass);
            var (range, part) = RangeOf(snapshot, found, input);
            var told = input.VersionId is null ? BucketObject.Current(service, snapshot, bucket, found) : new(bucket, found); // observed: a version is told nothing of it
            var restore = found.Restore?.Header(call.Now);
            if (input.IsHead) return new(new GetObjectOutput(told, input, range, part, restore, null));
            var (offset, length) = range is { } some ? (some.Offset, some.Length) : (0, found.Size);
            // null: overwritten and gone since the snapshot; what has come in its place is answered.
            if (BodySource.TryOpen(service.Context.Bodies, service.Pins, service.Context.Store, snapshot, found.BodyId, offset, length) is not { } body) continue;
            body.Key = input.CustomerKey;
            return new(new GetObjectOutput(told, input, range, part, restore, body));
        }
    }

    public static Reply Write(GetObjectOutput output)
    {
        var ((_, found), input, range, part, restore, body) = output;
        var reply = Reply.Empty(range is null ? 200 : 206);
        found.Headers.AddTo(reply);
        reply.Header("Last-Modified", found.LastModified.ToString("R")).Header("ETag", found.QuotedETag).Header("Accept-Ranges", "bytes")
            .Header("x-amz-version-id", output.Found.VersionId)
            .Header("x-amz-expiration", output.Found.Expiration)
            .Header("x-amz-replication-status", found.Replication?.Told)
            .Header("x-amz-storage-class", found.StorageClass == StoredObject.StandardClass ? null : found.StorageClass)
            .Header("x-amz-restore", restore)
            .Header("x-amz-tagging-count", found.Tags.Count == 0 ? null : found.Tags.Count.ToString())
            .Header("x-amz-mp-parts-count", input.PartNumber is null || found.PartsCount == 0 ? null : found.PartsCount.ToString())
            .Header("Content-Range", range?.ContentRange(found.Size));
        found.Encryption.AddTo(reply, input.CustomerKey);
        Protection.AddTo(reply, found);
        if (input.WithChecksum) AddChecksum(reply, found, range, part);
        foreach (var (header, value) in input.Overrides) Override(reply, header, value);
        reply.ContentLength = range?.Length ?? found.Size;
        if (body is not null) reply.StreamContent = body.CopyToAsync;
        return reply;
    }

    private static (ByteRange?, BodyPart?) RangeOf(IReader reader, StoredObject found, GetObjectInput input)
    {
        if (input.PartNumber is not { } number) return (ByteRange.Parse(input.Range, input.IfRange, found), null);
        if (found.PartsCount == 0)
        {
            if (number > 1) throw S3Errors.InvalidPartNumber(number, 1);
            return (found.Size == 0 ? null : new ByteRange(0, found.Size), null);
        }
        if (number > found.PartsCount) throw S3Errors.InvalidPartNumber(number, found.PartsCount);
        // Parts are counted as they lie in the object, whatever numbers they were uploaded under.
        if (found.BodyId is null) return (null, null);
        var offset = 0L;
        var parts = BodyStore.Require(reader, found.BodyId).Parts;
        for (var i = 0; i < number - 1; i++) offset += parts[i].Size;
        return (new ByteRange(offset, parts[number - 1].Size), parts[number - 1]);
    }

    /// <summary>The object's checksum with all of its bytes, a part's with a part of a composite one; a range has none.</summary>
    private static void AddChecksum(Reply reply, StoredObject found, ByteRange? range, BodyPart? part)
    {
        var checksum = found.Checksum;
        var value = part is not null && checksum.Type == ChecksumType.Composite ? part.Checksum
            : range is null || range.Value.Length == found.Size ? checksum.Value
            : null;
        if (value is not (null or "")) reply.Header(checksum.Algorithm.HeaderName(), value).Header("x-amz-checksum-type", checksum.Type.Name());
    }

    private static void Override(Reply reply, string header, string value)
    {
        if (header == "Content-Type")
        {
            reply.ContentType = value;
            return;
        }
        reply.Headers.RemoveAll(present => present.Key == header);
        reply.Header(header, value);
    }

    private static List<KeyValuePair<string, string>> OverridesOf(RestRequest request)
    {
        var overrides = new List<KeyValuePair<string, string>>(0);
        foreach (var (parameter, header) in Overrides)
        {
            if (request.QueryValue(parameter) is not { } value) continue;
            if (value.Any(c => c > '\u00FF')) throw S3Errors.InvalidArgument("Header value cannot be represented using ISO-8859-1.", parameter, value);
            overrides.Add(new(header, ObjectHeaders.CheckText(parameter, value)));
        }
        return overrides;
    }
}

internal sealed record GetObjectInput(BucketReference Bucket, string Key)
{
    public VersionId? VersionId { get; init; }
    public int? PartNumber { get; init; }
    public CustomerKey? CustomerKey { get; init; }
    public string? Range { get; init; }
    public string? IfRange { get; init; }
    public ReadCondition Condition { get; init; } = ReadCondition.None;
    public bool WithChecksum { get; init; }
    public IReadOnlyList<KeyValuePair<string, string>> Overrides { get; init; } = [];
    public bool IsHead { get; init; }
}

internal sealed record GetObjectOutput(BucketObject Found, GetObjectInput Input, ByteRange? Range, BodyPart? Part, string? Restore, BodySource? Body);
