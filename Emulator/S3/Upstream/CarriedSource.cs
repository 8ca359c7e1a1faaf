using Emulator.Protocols;
using Emulator.S3.Objects;
using Microsoft.AspNetCore.Http;

namespace Emulator.S3.Upstream;

/// <summary>What a copy is made of, opened.</summary>
/// <param name="Headers">Those that the copy has of it.</param>
internal sealed record CarriedSource(Stream Content, long Length, IReadOnlyList<KeyValuePair<string, string>> Headers) : IAsyncDisposable
{
    private const string Prefix = CopySource.Header;

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public string? VersionId { get; init; }

    /// <summary>Opens the object of another server.</summary>
    public static async ValueTask<CarriedSource> OpenThereAsync(S3Service service, UpstreamBucket from, Call call, RestRequest request, bool withTags)
    {
        var source = CopySource.Of(request, Objects.VersionId.Null);
        if (source.Bucket.ExpectedOwner is { } owner && owner != service.Context.Config.Account) throw S3Errors.AccessDenied();
        if (UpstreamRequest.IsLoop(request, from)) throw UpstreamErrors.Loop(from);
        var header = request.Header(CopySource.Header)!;
        var version = source.VersionId is null ? "" : $"versionId={header[(header.LastIndexOf(CopySource.VersionMark, StringComparison.Ordinal) + CopySource.VersionMark.Length)..]}";
        var get = UpstreamRequest.For(request, from, "GET", source.Key, version);
        AddConditions(request, get.Headers);

        var answer = await from.Server.SendAsync(get, call.Cancelled);
        try
        {
            // A copy knows no 304: all conditions fail alike.
            if (answer.StatusCode is 304 or 412) throw S3Errors.PreconditionFailed($"{Prefix}-{FailedOf(get.Headers, answer.StatusCode)}");
            if (UpstreamFailure.IsFailure(answer)) throw await UpstreamFailure.OfAsync(answer, from, call.Cancelled);
            var headers = new Reply();
            answer.AddHeadersTo(headers);
            headers.Header("Content-Type", headers.ContentType);
            var length = answer.Length ?? throw UpstreamErrors.Unavailable(from.Server.Endpoint, "it does not tell the object's length");
            return new(await answer.OpenAsync(call.Cancelled), length, headers.Headers.FindAll(static header => IsMetadata(header.Key)))
            {
                Tags = withTags && answer.Header("x-amz-tagging-count") is not null ? await ReadTagsAsync(from, call, request, source.Key, version) : [],
                VersionId = answer.Header("x-amz-version-id"),
            };
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>Whether a copy has the header of its source, where the request does not replace it. A redirect is never copied.</summary>
    public static bool IsMetadata(string header) =>
        header.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase)
        || header.ToLowerInvariant() is "cache-control" or "content-disposition" or "content-encoding" or "content-language" or "content-type" or "expires";

    /// <summary>Of <c>x-amz-copy-source-if-match</c> and the like the GET has <c>If-Match</c>; the range and the key of a client's encryption go likewise.</summary>
    private static void AddConditions(RestRequest request, IHeaderDictionary headers)
    {
        foreach (var (name, value) in request.Headers)
        {
            if (name.Equals(Prefix + "-range", StringComparison.OrdinalIgnoreCase)) headers.Range = value;
            else if (name.StartsWith(Prefix + "-if-", StringComparison.OrdinalIgnoreCase)) headers[name[(Prefix.Length + 1)..]] = value;
            else if (name.StartsWith(Prefix + "-server-side-", StringComparison.OrdinalIgnoreCase)) headers["x-amz" + name[Prefix.Length..]] = value;
        }
    }

    private static string FailedOf(IHeaderDictionary headers, int statusCode) => statusCode == 412
        ? headers.IfMatch.Count > 0 ? "If-Match" : "If-Unmodified-Since"
        : headers.IfNoneMatch.Count > 0 ? "If-None-Match" : "If-Modified-Since";

    private static async ValueTask<IReadOnlyList<Tag>> ReadTagsAsync(UpstreamBucket from, Call call, RestRequest request, string key, string version)
    {
        using var answer = await from.Server.SendAsync(UpstreamRequest.For(request, from, "GET", key, version.Length == 0 ? "tagging=" : $"tagging=&{version}"), call.Cancelled);
        if (UpstreamFailure.IsFailure(answer)) throw await UpstreamFailure.OfAsync(answer, from, call.Cancelled);
        return TagSet.Parse(RestXml.Parse(await answer.ReadAllAsync(call.Cancelled), "Tagging"), S3Limits.ObjectTags, TagSet.TooManyObjectTags(), "");
    }

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
