using Emulator.Protocols;
using Emulator.S3.Website;

namespace Emulator.S3.Upstream;

/// <summary>Pages that another server keeps. Its own website endpoint, where it has one, is not known: rules and objects are read there, and the site is served here.</summary>
internal sealed class ForwardedPages(UpstreamBucket target, RestRequest request, Call call) : ISitePages
{
    private const string RedirectHeader = "x-amz-website-redirect-location";

    /// <summary>What a browser sends with the request for a page.</summary>
    private static readonly string[] Conditions = ["Range", "If-Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"];

    public async ValueTask<WebsiteConfiguration> RequireWebsiteAsync()
    {
        if (UpstreamRequest.IsLoop(request, target)) throw UpstreamErrors.Loop(target);
        using var answer = await target.Server.SendAsync(UpstreamRequest.For(request, target, "GET", "", "website="), call.Cancelled);
        if (UpstreamFailure.IsFailure(answer)) throw await UpstreamFailure.OfAsync(answer, target, call.Cancelled);
        return WebsiteConfiguration.Parse(RestXml.Parse(await answer.ReadAllAsync(call.Cancelled), "WebsiteConfiguration"));
    }

    public async ValueTask<bool> HasAsync(string key)
    {
        using var answer = await target.Server.SendAsync(UpstreamRequest.For(request, target, "HEAD", key, ""), call.Cancelled);
        return !UpstreamFailure.IsFailure(answer);
    }

    public async ValueTask<Reply?> ReadAsync(string key, AwsException? error)
    {
        var get = UpstreamRequest.For(request, target, request.Method, key, "");
        foreach (var header in Conditions)
        {
            if (error is null && request.Header(header) is { } value) get.Headers[header] = value;
        }
        var answer = await target.Server.SendAsync(get, call.Cancelled);
        try
        {
            if (answer.StatusCode == 404)
            {
                answer.Dispose();
                return null;
            }
            if (UpstreamFailure.IsFailure(answer)) throw await UpstreamFailure.OfAsync(answer, target, call.Cancelled);
            if (answer.Header(RedirectHeader) is not { } location)
            {
                var page = await answer.ToReplyAsync(call.Cancelled);
                return error is null ? page : WebsiteErrors.AsPageOf(page, error);
            }
            answer.Dispose();
            return Reply.Empty(301).Header("Location", location);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }
}
