using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>A bucket with versioning.</summary>
internal abstract class VersioningFixture : S3Fixture
{
    protected const string NoSuchVersion = "The specified version does not exist.";

    /// <summary>Of the form of a version id, but never given.</summary>
    protected const string NeverGiven = "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD";

    [SetUp]
    public Task EnableAsync() => SetAsync(VersionStatus.Enabled);

    protected Task SetAsync(VersionStatus status) => S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = TheBucket, VersioningConfig = new() { Status = status } });

    protected Task<DeleteObjectResponse> DeleteAsync(string key, string? versionId = null) =>
        S3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = TheBucket, Key = key, VersionId = versionId });

    protected async Task<string> PutVersionAsync(string key, string body) => (await PutAsync(key, body)).VersionId;

    /// <summary>Each version as <c>key id</c>, with a star where it is the newest and <c>-</c> where it is a delete marker.</summary>
    protected async Task<List<string>> VersionsAsync(Action<ListVersionsRequest>? with = null)
    {
        var request = new ListVersionsRequest { BucketName = TheBucket };
        with?.Invoke(request);
        var page = await S3.ListVersionsAsync(request);
        return [.. (page.Versions ?? []).Select(one => $"{one.Key} {one.VersionId}{(one.IsLatest == true ? "*" : "")}{(one.IsDeleteMarker == true ? "-" : "")}")];
    }
}
