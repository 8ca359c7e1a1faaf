using Amazon.S3;
using Amazon.S3.Model;

namespace Notes;

/// <summary>The pictures in their bucket. They go between page and bucket directly: a function only signs the URLs.</summary>
internal sealed class PictureStore(IAmazonS3 s3)
{
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(15);

    private readonly string _bucket = Environment.GetEnvironmentVariable("BUCKET") ?? "notes-pictures";

    /// <summary>A URL to which a picture of this type can be put, and nothing else.</summary>
    public Task<string> UploadUrlAsync(PictureKey key, string type) => UrlAsync(HttpVerb.PUT, key, type);

    /// <summary>A URL at which the picture can be seen.</summary>
    public Task<string> UrlAsync(PictureKey key) => UrlAsync(HttpVerb.GET, key, null);

    public Task<GetObjectMetadataResponse> DescribeAsync(PictureKey key) => s3.GetObjectMetadataAsync(_bucket, key.ToString());

    public Task RemoveAsync(PictureKey key) => s3.DeleteObjectAsync(_bucket, key.ToString());

    private Task<string> UrlAsync(HttpVerb verb, PictureKey key, string? type) => s3.GetPreSignedURLAsync(new GetPreSignedUrlRequest
    {
        BucketName = _bucket,
        Key = key.ToString(),
        Verb = verb,
        ContentType = type,
        Expires = DateTime.UtcNow + Validity,
        Protocol = s3.Config.ServiceURL?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true ? Protocol.HTTP : Protocol.HTTPS,
    });
}

/// <summary>Where a picture is: its owner, the note, and an id that grows with time. A new picture is a new object, so that nobody sees the old one under its name.</summary>
internal sealed record PictureKey(string Owner, string Note, string Id)
{
    public static PictureKey New(string owner, string note) => new(owner, note, Guid.CreateVersion7().ToString());

    /// <summary>null: no picture of a note.</summary>
    public static PictureKey? Parse(string key) => key.Split('/') is ["pictures", var owner, var note, var id] ? new(owner, note, id) : null;

    public override string ToString() => $"pictures/{Owner}/{Note}/{Id}";
}
