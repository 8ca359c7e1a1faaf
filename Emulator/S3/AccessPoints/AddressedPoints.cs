using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Objects;
using Microsoft.AspNetCore.Http;

namespace Emulator.S3.AccessPoints;

/// <summary>The access points that a request names: in the place of its bucket, and of the bucket of what it copies.</summary>
/// <param name="CopySource">What it copies, by its bucket; null where it copies nothing.</param>
internal sealed record AddressedPoints(AccessPoint? Target, AccessPoint? Source, string? CopySource)
{
    private const string Bucket = "Bucket";

    /// <summary>null where the request names buckets only.</summary>
    public static AddressedPoints? Find(S3Service service, RestRequest request, string region)
    {
        var target = FindTarget(service, request, region);
        if (request.Header(Objects.CopySource.Header) is not { } source) return target;
        if (FindSource(service, source, region) is not { } copied) return target is null ? null : target with { CopySource = source };
        return new(target?.Target, copied.Point, copied.Header);
    }

    /// <summary>As above, without what is copied.</summary>
    public static AddressedPoints? FindTarget(S3Service service, RestRequest request, string region)
    {
        if (!request.Labels.TryGetValue(Bucket, out var name) || !AccessPointAddress.MayBe(name)) return null;
        // What is upstream knows its own aliases.
        if (service.Upstreams?.Find(name) is not null && !AccessPointAddress.IsArn(name)) return null;
        using var snapshot = service.Snapshot();
        return AccessPointAddress.Find(snapshot, name, region) is { } point ? new(point, null, null) : null;
    }

    /// <summary>The request as if it had named the buckets.</summary>
    public RestRequest InBuckets(RestRequest request)
    {
        if (Source is not null) request = request with { Headers = new HeaderDictionary(request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)) { [Objects.CopySource.Header] = CopySource } };
        if (Target is null) return request;
        var slash = request.RawPath.IndexOf('/', 1);
        return request with
        {
            RawPath = $"/{Target.Bucket}{(slash < 0 ? "" : request.RawPath[slash..])}",
            Labels = new Dictionary<string, string>(request.Labels) { [Bucket] = Target.Bucket },
        };
    }

    /// <summary>What must be allowed for a permission to hold.</summary>
    public IReadOnlyList<Permission> Permissions(Permission permission)
    {
        var point = CopySource is not null && permission.Action.StartsWith("s3:GetObject", StringComparison.Ordinal) ? Source : Target;
        return point is null ? [permission] : AccessPointAddress.Permissions(point, permission);
    }

    /// <summary>The access point of <c>arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME/object/KEY</c> or <c>ALIAS/KEY</c>, and the same by its bucket.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html#API_CopyObject_RequestSyntax</remarks>
    private static (AccessPoint Point, string Header)? FindSource(S3Service service, string header, string region)
    {
        if (!header.Contains("accesspoint", StringComparison.Ordinal) && !header.Contains(AccessPointName.AliasSuffix, StringComparison.Ordinal)) return null;
        var mark = header.LastIndexOf("?versionId=", StringComparison.Ordinal);
        var version = mark < 0 ? "" : header[mark..];
        if (ObjectKey.TryDecode((mark < 0 ? header : header[..mark]).TrimStart('/')) is not { } path) return null;
        var separator = path.StartsWith("arn:", StringComparison.Ordinal) ? "/object/" : "/";
        var end = path.IndexOf(separator, StringComparison.Ordinal);
        if (end < 0) return null;
        using var snapshot = service.Snapshot();
        if (AccessPointAddress.Find(snapshot, path[..end], region) is not { } point) return null;
        return (point, $"{point.Bucket}/{Uri.EscapeDataString(path[(end + separator.Length)..])}{version}");
    }
}
