using System.Globalization;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.Bodies;
using Emulator.S3.Buckets;
using Emulator.S3.Cors;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;
using Emulator.S3.Operations;
using Emulator.Storage;

namespace Emulator.S3.Website;

/// <summary>Serves buckets as websites to anonymous readers: index and error documents, redirects, routing rules.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html; the target is the bucket's name.</remarks>
internal sealed class S3Website(S3Service service) : IHttpEndpoint
{
    public ValueTask<Reply> AnswerAsync(RestRequest request, string target, Call call)
    {
        Reply reply;
        try
        {
            reply = Answer(request, target, call);
        }
        catch (AwsException error)
        {
            // The site's own errors are pages; those of conditions and ranges come here too.
            reply = error.StatusCode == 304 ? NotModified(error) : WebsiteErrors.Page(error, call.RequestId);
        }
        reply.Header("x-amz-request-id", call.RequestId).Header("x-amz-id-2", RestXmlProtocol.HostId(call.RequestId)).Header("Server", "AmazonS3");
        if (request.Method != "OPTIONS" && request.Header("Origin") is { } origin) ActualRequest.AddHeaders(service, target, origin, request, reply);
        return new(reply);
    }

    private Reply Answer(RestRequest request, string target, Call call)
    {
        if (request.Method == "OPTIONS")
        {
            request.Labels = new Dictionary<string, string> { ["Bucket"] = target, ["Key"] = "" };
            return OptionsObject.Answer(service, OptionsObject.Bind(request));
        }
        if (request.Method is not ("GET" or "HEAD")) throw S3Errors.MethodNotAllowed(request.Method, "OBJECT");
        if (service.Upstreams?.Find(target) is not null) throw Errors.NotImplemented($"the website of the bucket {target}, which is upstream");
        var key = ObjectKey.TryDecode(request.RawPath.AsSpan(1)) ?? throw S3Errors.InvalidUri(request.RawPath);
        while (true)
        {
            using var snapshot = service.Snapshot();
            var bucket = BucketStore.Require(snapshot, new(target, null));
            RequesterPays.Check(service, call.Caller, bucket.Name, isConfirmed: false);
            var website = BucketSettings.Website.Find(snapshot, bucket) ?? throw S3Errors.NoSuchWebsiteConfiguration(target);
            if (new Visit(service, snapshot, bucket, website, request, call).Answer(key) is { } reply) return reply;
        }
    }

    private static Reply NotModified(AwsException error)
    {
        var reply = Reply.Empty(304);
        foreach (var (name, value) in error.Headers) reply.Header(name, value);
        return reply;
    }

    /// <summary>One request to one site.</summary>
    private sealed class Visit(S3Service service, IReader reader, Bucket bucket, WebsiteConfiguration website, RestRequest request, Call call)
    {
        /// <summary>null: an object went away while it was looked at.</summary>
        public Reply? Answer(string key)
        {
            if (website.RedirectAll is { } all) return Redirect(301, all.Protocol, all.HostName, request.RawPath[1..] + (request.RawQuery.Length > 0 ? "?" + request.RawQuery : ""));
            if (website.RoutingRules.FirstOrDefault(rule => rule.Fits(key, null)) is { } rule) return Redirect(rule, key);
            var isFolder = key.Length == 0 || key.EndsWith('/');
            var wanted = isFolder ? key + website.IndexSuffix : key;
            var found = ObjectStore.Find(reader, bucket, wanted);
            if (!MayRead(wanted) && (found is not null || !MayList(wanted))) return Fail(S3Errors.AccessDenied(), key);
            if (found is not null) return Serve(found, 200, null);
            // A folder without its slash is told where its index is.
            if (!isFolder && ObjectStore.Find(reader, bucket, $"{key}/{website.IndexSuffix}") is not null) return Reply.Empty(302).Header("Location", $"/{Encoded(key)}/");
            return Fail(MayList(wanted) ? S3Errors.NoSuchKey(wanted) : S3Errors.AccessDenied(), key);
        }

        private bool MayList(string key) => service.MayList(call, bucket, key);

        private bool MayRead(string key) => service.Allows(call, new("s3:GetObject", $"{bucket.Arn}/{key}"));

        private Reply? Serve(StoredObject found, int status, AwsException? error)
        {
            if (found.Headers.WebsiteRedirectLocation is { } location) return Reply.Empty(301).Header("Location", location);
            var input = new GetObjectInput(new(bucket.Name, null), found.Key)
            {
                Range = status == 200 ? request.Header("Range") : null,
                IfRange = request.Header("If-Range"),
                Condition = status == 200 ? ReadCondition.Of(request) : ReadCondition.None,
                IsHead = request.Method == "HEAD",
            };
            found.Encryption.CheckReader(call, null);
            input.Condition.Check(found, call.Now);
            if (!input.IsHead && !found.IsReadable(call.Now)) throw S3Errors.InvalidObjectState(found.StorageClass);
            var range = ByteRange.Parse(input.Range, input.IfRange, found);
            BodySource? body = null;
            if (!input.IsHead)
            {
                body = BodySource.TryOpen(service.Context.Bodies, service.Pins, service.Context.Store, reader, found.BodyId, range?.Offset ?? 0, range?.Length ?? found.Size);
                if (body is null) return null;
            }
            var told = Protection.Told(service, call, found, $"{bucket.Arn}/{found.Key}");
            var reply = GetObject.Write(new(new(bucket, told), input, range, null, null, body));
            if (error is null) return reply;
            reply.StatusCode = status;
            WebsiteErrors.AddErrorHeaders(reply, error);
            return reply;
        }

        /// <summary>An error: a rule may redirect it, else the custom document shows it, else a plain page.</summary>
        private Reply? Fail(AwsException error, string key)
        {
            if (website.RoutingRules.FirstOrDefault(rule => rule.Fits(key, error.StatusCode)) is { } rule) return Redirect(rule, key);
            if (website.ErrorKey is not { } errorKey) return WebsiteErrors.Page(error, call.RequestId);
            if (!MayRead(errorKey)) return WebsiteErrors.Page(error, call.RequestId, S3Errors.AccessDenied());
            return ObjectStore.Find(reader, bucket, errorKey) is { } page
                ? Serve(page, error.StatusCode, error)
                : WebsiteErrors.Page(error, call.RequestId, S3Errors.NoSuchKey(errorKey));
        }

        private Reply Redirect(RoutingRule rule, string key) =>
            Redirect(rule.HttpRedirectCode is { } code ? int.Parse(code, CultureInfo.InvariantCulture) : 301, rule.Protocol, rule.HostName, Encoded(rule.Rewrite(key)));

        private Reply Redirect(int status, string? protocol, string? host, string target) =>
            Reply.Empty(status).Header("Location", $"{protocol ?? request.Scheme}://{host ?? request.Host}/{target}");

        private static string Encoded(string key) => ObjectKey.UrlEncode(key);
    }
}
