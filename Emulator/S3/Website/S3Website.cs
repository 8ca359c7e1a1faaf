using System.Globalization;
using Emulator.Protocols;
using Emulator.S3.Cors;
using Emulator.S3.Objects;
using Emulator.S3.Operations;
using Emulator.S3.Upstream;

namespace Emulator.S3.Website;

/// <summary>Serves buckets as websites to anonymous readers: index and error documents, redirects, routing rules.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html; the target is the bucket's name.</remarks>
internal sealed class S3Website(S3Service service) : IHttpEndpoint
{
    public async ValueTask<Reply> AnswerAsync(RestRequest request, string target, Call call)
    {
        Reply reply;
        try
        {
            reply = await AnswerSiteAsync(request, target, call);
        }
        catch (AwsException error)
        {
            // The site's own errors are pages; those of conditions and ranges come here too.
            reply = error.StatusCode == 304 ? NotModified(error) : WebsiteErrors.Page(error, call.RequestId);
        }
        reply.Header("x-amz-request-id", call.RequestId).Header("x-amz-id-2", RestXmlProtocol.HostId(call.RequestId)).Header("Server", "AmazonS3");
        if (request.Method != "OPTIONS" && request.Header("Origin") is { } origin) ActualRequest.AddHeaders(service, target, origin, request, reply);
        return reply;
    }

    private async ValueTask<Reply> AnswerSiteAsync(RestRequest request, string target, Call call)
    {
        if (request.Method == "OPTIONS")
        {
            request.Labels = new Dictionary<string, string> { ["Bucket"] = target, ["Key"] = "" };
            return OptionsObject.Answer(service, OptionsObject.Bind(request));
        }
        if (request.Method is not ("GET" or "HEAD")) throw S3Errors.MethodNotAllowed(request.Method, "OBJECT");
        var key = ObjectKey.TryDecode(request.RawPath.AsSpan(1)) ?? throw S3Errors.InvalidUri(request.RawPath);
        ISitePages pages = service.Upstreams?.Find(target) is { } upstream ? new ForwardedPages(upstream, request, call) : new BucketPages(service, target, request, call);
        return await new Visit(service, target, pages, await pages.RequireWebsiteAsync(), request, call).AnswerAsync(key);
    }

    private static Reply NotModified(AwsException error)
    {
        var reply = Reply.Empty(304);
        foreach (var (name, value) in error.Headers) reply.Header(name, value);
        return reply;
    }

    /// <summary>One request to one site.</summary>
    private sealed class Visit(S3Service service, string bucket, ISitePages pages, WebsiteConfiguration website, RestRequest request, Call call)
    {
        private string Arn => $"arn:aws:s3:::{bucket}";

        public async ValueTask<Reply> AnswerAsync(string key)
        {
            if (website.RedirectAll is { } all) return Redirect(301, all.Protocol, all.HostName, request.RawPath[1..] + (request.RawQuery.Length > 0 ? "?" + request.RawQuery : ""));
            if (website.RoutingRules.FirstOrDefault(rule => rule.Fits(key, null)) is { } rule) return Redirect(rule, key);
            var isFolder = key.Length == 0 || key.EndsWith('/');
            var wanted = isFolder ? key + website.IndexSuffix : key;
            var mayRead = MayRead(wanted);
            if (!mayRead && (!MayList(wanted) || await pages.HasAsync(wanted))) return await FailAsync(S3Errors.AccessDenied(), key);
            if (mayRead && await pages.ReadAsync(wanted, null) is { } page) return page;
            // A folder without its slash is told where its index is.
            if (!isFolder && await pages.HasAsync($"{key}/{website.IndexSuffix}")) return Reply.Empty(302).Header("Location", $"/{Encoded(key)}/");
            return await FailAsync(MayList(wanted) ? S3Errors.NoSuchKey(wanted) : S3Errors.AccessDenied(), key);
        }

        private bool MayList(string key) => service.MayList(call, Arn, key);

        private bool MayRead(string key) => service.Allows(call, new("s3:GetObject", $"{Arn}/{key}"));

        /// <summary>An error: a rule may redirect it, else the custom document shows it, else a plain page.</summary>
        private async ValueTask<Reply> FailAsync(AwsException error, string key)
        {
            if (website.RoutingRules.FirstOrDefault(rule => rule.Fits(key, error.StatusCode)) is { } rule) return Redirect(rule, key);
            if (website.ErrorKey is not { } errorKey) return WebsiteErrors.Page(error, call.RequestId);
            if (!MayRead(errorKey)) return WebsiteErrors.Page(error, call.RequestId, S3Errors.AccessDenied());
            return await pages.ReadAsync(errorKey, error) ?? WebsiteErrors.Page(error, call.RequestId, S3Errors.NoSuchKey(errorKey));
        }

        private Reply Redirect(RoutingRule rule, string key) =>
            Redirect(rule.HttpRedirectCode is { } code ? int.Parse(code, CultureInfo.InvariantCulture) : 301, rule.Protocol, rule.HostName, Encoded(rule.Rewrite(key)));

        private Reply Redirect(int status, string? protocol, string? host, string target) =>
            Reply.Empty(status).Header("Location", $"{protocol ?? request.Scheme}://{host ?? request.Host}/{target}");

        private static string Encoded(string key) => ObjectKey.UrlEncode(key);
    }
}
