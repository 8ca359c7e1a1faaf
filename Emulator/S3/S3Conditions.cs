using System.Collections;
using System.Globalization;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Buckets;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;

namespace Emulator.S3;

/// <summary>The condition keys of a request to S3: read from it, and from the object that it concerns, only if a policy asks for them.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys</remarks>
internal sealed class S3Conditions(S3Service service, RestRequest request, Permission permission) : IReadOnlyList<KeyValuePair<string, string>>
{
    /// <summary>Headers whose values are keys of their names.</summary>
    private static readonly string[] Headers =
    [
        "x-amz-acl", "x-amz-content-sha256", "x-amz-copy-source", "x-amz-grant-full-control", "x-amz-grant-read", "x-amz-grant-read-acp", "x-amz-grant-write", "x-amz-grant-write-acp",
        "x-amz-metadata-directive", "x-amz-object-ownership", "x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id", "x-amz-server-side-encryption-customer-algorithm",
        "x-amz-storage-class", "x-amz-website-redirect-location", "if-match", "if-none-match",
    ];

    private List<KeyValuePair<string, string>>? _keys;

    private List<KeyValuePair<string, string>> Keys => _keys ??= [.. permission.Context ?? [], .. OfRequest(), .. OfObject()];

    public int Count => Keys.Count;

    public KeyValuePair<string, string> this[int index] => Keys[index];

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Keys.GetEnumerator();

    /// <summary>The same conditions of another form of the request.</summary>
    public S3Conditions Of(RestRequest other) => new(service, other, permission);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The version that is read, deleted or copied.</summary>
    private string? AskedVersion => request.QueryValue("versionId")
        ?? (request.Header(CopySource.Header) is { } source && source.LastIndexOf("?versionId=", StringComparison.Ordinal) is >= 0 and var mark ? source[(mark + 11)..] : null);

    private IEnumerable<KeyValuePair<string, string>> OfRequest()
    {
        foreach (var header in Headers)
        {
            if (request.Header(header) is { } value) yield return new("s3:" + header, header == CopySource.Header ? value.TrimStart('/') : value);
        }
        foreach (var header in (string[])["mode", "retain-until-date", "legal-hold"])
        {
            if (request.Header("x-amz-object-lock-" + header) is { } value) yield return new("s3:object-lock-" + header, value);
        }
        if (request.Header("x-amz-object-lock-retain-until-date") is { } date && Retention.FindDate(date) is { } until)
        {
            yield return new("s3:object-lock-remaining-retention-days", ((long)Math.Ceiling((until - service.Context.Clock.GetUtcNow()).TotalDays)).ToString(CultureInfo.InvariantCulture));
        }
        // Of the operations that s3:PutObject allows, those that make an object take conditions.
        // Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
        if (permission.Action == "s3:PutObject") yield return new("s3:ObjectCreationOperation", request.HasQuery("uploads") || request.HasQuery("partNumber") ? "false" : "true");
        if (AskedVersion is { } version) yield return new("s3:versionid", version);
        if (request.Header("Authorization") is not null) yield return new("s3:authType", "REST-HEADER");
        else if (request.HasQuery("X-Amz-Signature")) yield return new("s3:authType", "REST-QUERY-STRING");
        foreach (var tag in TagSet.ParseHeader(request.Header("x-amz-tagging")))
        {
            yield return new("s3:RequestObjectTagKeys", tag.Key);
            yield return new($"s3:RequestObjectTag/{tag.Key}", tag.Value);
        }
    }

    /// <summary>The tags of the object that is there; a new one has none yet.</summary>
    private IEnumerable<KeyValuePair<string, string>> OfObject()
    {
        if (permission.Action == "s3:PutObject" || S3Resource.Parse(permission.Resource) is not { Key: { } key } resource) return [];
        using var snapshot = service.Snapshot();
        if (BucketStore.Find(snapshot, resource.Bucket) is not { } bucket) return [];
        var found = AskedVersion is { } version && permission.Action.Contains("Version", StringComparison.Ordinal)
            ? VersionId.TryParse(version) is { } id ? ObjectStore.FindVersion(snapshot, bucket, key, id) : null
            : ObjectStore.Find(snapshot, bucket, key);
        var tags = found?.Tags ?? [];
        return tags.Select(tag => new KeyValuePair<string, string>($"s3:ExistingObjectTag/{tag.Key}", tag.Value));
    }
}
