using Emulator.Iam;
using Emulator.Protocols;

namespace Emulator.S3.Objects;

/// <summary>What must hold of the present object for a write to happen.</summary>
/// <param name="IfMatch">The ETag that the object must have.</param>
/// <param name="IfNoneMatch">There must be no object (<c>If-None-Match: *</c>).</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html; the texts are observed.</remarks>
internal readonly record struct WriteCondition(string? IfMatch, bool IfNoneMatch)
{
    public static WriteCondition Of(RestRequest request)
    {
        var match = request.Header("If-Match");
        var noneMatch = request.Header("If-None-Match");
        if (match is not null && noneMatch is not null) throw S3Errors.HeaderNotImplemented("If-Match,If-None-Match", "Multiple conditional request headers present in the request");
        if (noneMatch is not null and not "*") throw S3Errors.HeaderNotImplemented("If-None-Match", "We don't accept the provided value of If-None-Match header for this API");
        if (match is "*") throw S3Errors.HeaderNotImplemented("If-Match", "We don't accept the provided value of If-Match header for this API");
        return new(match, noneMatch is not null);
    }

    /// <summary>To compare ETags one must be allowed to read. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html</summary>
    public IReadOnlyList<Permission> Permissions(string objectArn) => IfMatch is null ? [] : [new("s3:GetObject", objectArn)];

    /// <summary>Refuses the write whose condition does not hold.</summary>
    /// <param name="disturbed">Whether the key was written or deleted since the multipart upload began that now completes.</param>
    public void Check(StoredObject? present, string key, bool disturbed = false)
    {
        if (IfMatch is not null)
        {
            if (present is null) throw S3Errors.NoSuchKey(key);
            if (!ETags.Same(IfMatch, present.ETag)) throw S3Errors.PreconditionFailed("If-Match");
            if (disturbed) throw S3Errors.ConditionalRequestConflict("If-Match", key);
        }
        if (!IfNoneMatch) return;
        if (present is not null) throw S3Errors.PreconditionFailed("If-None-Match");
        if (disturbed) throw S3Errors.ConditionalRequestConflict("If-None-Match", key);
    }
}

/// <summary>ETags as clients send them.</summary>
internal static class ETags
{
    /// <summary>Whether a single ETag, with quotes or without, is that of the object.</summary>
    public static bool Same(string sent, string etag) => sent.AsSpan().Trim().Trim('"').SequenceEqual(etag);

    /// <summary>Whether a list of ETags, or <c>*</c>, names that of the object.</summary>
    public static bool Named(string list, string etag)
    {
        foreach (var range in list.AsSpan().Split(','))
        {
            var one = list.AsSpan()[range].Trim();
            if (one is "*" || one.Trim('"').SequenceEqual(etag)) return true;
        }
        return false;
    }
}
