using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Access;

namespace Emulator.S3.AccessPoints;

/// <summary>S3's API: what is sent to an access point is done in its bucket, where both allow it.</summary>
internal sealed class S3Endpoint(Protocol protocol, S3Service service) : ServiceEndpoint<S3Service>("s3", protocol, long.MaxValue, service, static () => S3Operations.Table)
{
    /// <summary>What access points take. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-service-api-support.html, and preflights.</summary>
    private static readonly HashSet<string> Compatible = new(StringComparer.Ordinal)
    {
        "AbortMultipartUpload", "CompleteMultipartUpload", "CopyObject", "CreateMultipartUpload", "DeleteObject", "DeleteObjects", "DeleteObjectTagging",
        "GetBucketAcl", "GetBucketCors", "GetBucketLocation", "GetBucketNotificationConfiguration", "GetBucketPolicy",
        "GetObject", "GetObjectAcl", "GetObjectAttributes", "GetObjectLegalHold", "GetObjectRetention", "GetObjectTagging", "HeadBucket", "HeadObject",
        "ListMultipartUploads", "ListObjects", "ListObjectsV2", "ListObjectVersions", "ListParts", "OptionsBucket", "OptionsObject",
        "PutObject", "PutObjectAcl", "PutObjectLegalHold", "PutObjectRetention", "PutObjectTagging", "RestoreObject", "UploadPart", "UploadPartCopy",
    };

    public override PreparedCall Prepare(Operation operation, Call call, RestRequest request)
    {
        // What is made is a bucket, whatever its name, and whoever pays for those of the name that are there.
        if (operation.Name == "CreateBucket") return PrepareWhereKept(operation, call, request);
        if (AddressedPoints.Find(Service, request, call.Region) is not { } points) return PrepareInBuckets(operation, call, request);
        if (points.Target is not null && !Compatible.Contains(operation.Name)) throw Protocol.UnknownOperation(request);
        // Nobody comes from a VPC here. Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-vpc.html
        if (points.Target?.VpcId is not null || points.Source?.VpcId is not null) throw S3Errors.AccessDenied();
        // Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html: no anonymous access.
        if (call.Caller.Kind == CallerKind.Anonymous && operation.Access != OperationAccess.Open) throw S3Errors.AccessDenied();
        var prepared = PrepareInBuckets(operation, call with { Through = points.Target?.Arn }, points.InBuckets(request));
        return new ThroughAccessPoint(prepared, points, tellsAlias: operation.Name == "HeadBucket" && request.Labels["Bucket"] == points.Target?.Alias);
    }

    private PreparedCall PrepareInBuckets(Operation operation, Call call, RestRequest request)
    {
        var prepared = PrepareWhereKept(operation, call, request);
        // Who sends a form is said in it; whoever asks for CORS pays nothing.
        if (operation.Name != "PostObject" && operation.Access != OperationAccess.Open) RequesterPays.Check(Service, call.Caller, request);
        return prepared;
    }

    /// <summary>What another server keeps is done there.</summary>
    private PreparedCall PrepareWhereKept(Operation operation, Call call, RestRequest request) =>
        Service.Upstreams?.Forward(Service, (Operation<S3Service>)operation, call, request) ?? base.Prepare(operation, call, request);

    public override void AddAnswerHeaders(RestRequest request, Caller? caller, Reply reply)
    {
        // CORS and who pays are by the rules of the bucket.
        var isPlain = request.Header("Origin") is null && !RequesterPays.IsConfirmed(request);
        var points = isPlain ? null : AddressedPoints.FindTarget(Service, request, Service.Context.Config.Region);
        base.AddAnswerHeaders(points?.InBuckets(request) ?? request, caller, reply);
    }

    private sealed class ThroughAccessPoint(PreparedCall prepared, AddressedPoints points, bool tellsAlias) : PreparedCall
    {
        private IReadOnlyList<Permission>? _permissions;

        public override IReadOnlyList<Permission> Permissions => _permissions ??= [.. prepared.Permissions.SelectMany(points.Permissions)];

        public override async ValueTask<Reply> ExecuteAsync()
        {
            const string Alias = "x-amz-access-point-alias";
            var reply = await prepared.ExecuteAsync();
            if (!tellsAlias) return reply;
            reply.Headers.RemoveAll(header => header.Key == Alias);
            return reply.Header(Alias, "true");
        }
    }
}
