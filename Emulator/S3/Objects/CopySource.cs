using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Encryption;

namespace Emulator.S3.Objects;

/// <summary>What <c>x-amz-copy-source</c> names: <c>/bucket/key?versionId=...</c>, url-encoded.</summary>
internal sealed record CopySource(BucketReference Bucket, string Key, VersionId? VersionId, ReadCondition Condition, CustomerKey? CustomerKey)
{
    public const string Header = "x-amz-copy-source";

    public const string VersionMark = "?versionId=";

    public string Arn => $"{Bucket.Arn}/{Key}";

    /// <param name="foreignVersion">What stands for the id of a version that another server gave; null: it is one of the emulator's own.</param>
    public static CopySource Of(RestRequest request, VersionId? foreignVersion = null)
    {
        var header = request.Header(Header) ?? "";
        var path = header.StartsWith('/') ? header[1..] : header;
        string? versionId = null;
        if (path.LastIndexOf(VersionMark, StringComparison.Ordinal) is >= 0 and var mark)
        {
            versionId = path[(mark + VersionMark.Length)..];
            path = path[..mark];
        }
        var slash = path.IndexOf('/');
        if (slash < 0)
        {
            // The whole may be encoded, its slashes too.
            path = ObjectKey.TryDecode(path) ?? throw Invalid(header);
            slash = path.IndexOf('/');
            if (slash <= 0 || slash == path.Length - 1) throw Invalid(header);
            return Make(request, path[..slash], path[(slash + 1)..], versionId is null ? null : foreignVersion?.Text ?? versionId);
        }
        var key = ObjectKey.TryDecode(path.AsSpan(slash + 1));
        return slash == 0 || string.IsNullOrEmpty(key) ? throw Invalid(header) : Make(request, path[..slash], key, versionId is null ? null : foreignVersion?.Text ?? versionId);
    }

    private static CopySource Make(RestRequest request, string bucket, string key, string? versionId) =>
        new(new(bucket, S3Request.ExpectedOwner(request, "x-amz-source-expected-bucket-owner")), key, Objects.VersionId.Parse(versionId), ReadCondition.OfCopySource(request), CustomerKey.OfCopySource(request));

    private static AwsException Invalid(string header) => S3Errors.InvalidArgument("Invalid copy source object key", Header, header);
}
