using System.Globalization;
using Emulator.Protocols;

namespace Emulator.S3.Objects;

/// <summary>What must hold of an object for it to be read, or copied.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html</remarks>
internal sealed record ReadCondition(string? IfMatch, string? IfNoneMatch, DateTimeOffset? IfModifiedSince, DateTimeOffset? IfUnmodifiedSince)
{
    private const string CopyPrefix = "x-amz-copy-source-";

    public static ReadCondition None { get; } = new(null, null, null, null);

    public static ReadCondition Of(RestRequest request) => Of(request, "");

    public static ReadCondition OfCopySource(RestRequest request) => Of(request, CopyPrefix);

    private static ReadCondition Of(RestRequest request, string prefix)
    {
        var match = request.Header(prefix + "If-Match");
        var noneMatch = request.Header(prefix + "If-None-Match");
        var modified = Date(request.Header(prefix + "If-Modified-Since"));
        var unmodified = Date(request.Header(prefix + "If-Unmodified-Since"));
        return match is null && noneMatch is null && modified is null && unmodified is null ? None : new(match, noneMatch, modified, unmodified);
    }

    /// <summary>Throws PreconditionFailed, or NotModified (304).</summary>
    public void Check(StoredObject present, DateTimeOffset now)
    {
        if (FailedOf(present, now) is not { } failed) return;
        if (failed is "If-None-Match" or "If-Modified-Since") throw NotModified(present);
        throw S3Errors.PreconditionFailed(failed);
    }

    /// <summary>A copy knows no 304: all conditions fail alike.</summary>
    public void CheckCopySource(StoredObject present, DateTimeOffset now)
    {
        if (FailedOf(present, now) is { } failed) throw S3Errors.PreconditionFailed(CopyPrefix + failed);
    }

    /// <summary>The header that does not hold. If-Match outweighs If-Unmodified-Since, If-None-Match outweighs If-Modified-Since.</summary>
    private string? FailedOf(StoredObject present, DateTimeOffset now)
    {
        if (IfMatch is not null)
        {
            if (!ETags.Named(IfMatch, present.ETag)) return "If-Match";
        }
        else if (IfUnmodifiedSince < present.LastModified)
        {
            return "If-Unmodified-Since";
        }
        if (IfNoneMatch is not null) return ETags.Named(IfNoneMatch, present.ETag) ? "If-None-Match" : null;
        // Observed: a date in the future is not looked at.
        return IfModifiedSince >= present.LastModified && IfModifiedSince <= now ? "If-Modified-Since" : null;
    }

    private static AwsException NotModified(StoredObject present) => new("NotModified", "Not Modified", 304)
    {
        Headers = [new("ETag", present.QuotedETag), new("Last-Modified", present.LastModified.ToString("R"))],
    };

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;
}
