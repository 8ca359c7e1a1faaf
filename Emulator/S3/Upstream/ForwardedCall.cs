using System.Text;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Objects;
using Emulator.SigV4;
using Emulator.SigV4.Checksums;

namespace Emulator.S3.Upstream;

/// <summary>A request that another server answers: authenticated, decoded and allowed as every other, then sent on in place of being executed.</summary>
internal sealed class ForwardedCall(S3Service service, Upstreams upstreams, UpstreamBucket target, string operation, Call call, RestRequest request, IReadOnlyList<Permission> permissions) : PreparedCall
{
    public override IReadOnlyList<Permission> Permissions => permissions;

    /// <summary>In the name of its event, how an upload came to be.</summary>
    public string How { get; init; } = "Put";

    public override async ValueTask<Reply> ExecuteAsync()
    {
        if (S3Request.ExpectedOwner(request, "x-amz-expected-bucket-owner") is { } owner && owner != service.Context.Config.Account) throw S3Errors.AccessDenied();
        if (UpstreamRequest.IsLoop(request, target)) throw UpstreamErrors.Loop(target);
        if (operation == "DeleteObjects") return await new ForwardedDeletes(service, target, call, request).ExecuteAsync();
        var isUpload = operation is "PutObject" or "UploadPart";
        var sent = isUpload || request.Method is "GET" or "HEAD" or "DELETE" or "OPTIONS"
            ? UpstreamRequest.Of(request, target, isUpload ? UpstreamBody.OfUpload(request, S3Request.BodyLength(request), target.Server.TakesTrailers) : null)
            : await DocumentAsync();
        // What came in a trailer that is not sent on is verified here alone.
        if (isUpload && request.Header("x-amz-trailer") is not null && sent.Body is not { TrailerName: not null }) sent.Headers.Remove("x-amz-sdk-checksum-algorithm");
        MapCopySource(sent);
        return await SendAsync(sent);
    }

    /// <summary>A request whose body is a document: read whole, so that a checksum from its trailer goes on as a header.</summary>
    private async ValueTask<UpstreamRequest> DocumentAsync()
    {
        var content = await S3Request.Document(request, S3Limits.CompleteDocumentBytes).ReadBytesAsync(call.Cancelled);
        var sent = UpstreamRequest.Of(request, target, UpstreamBody.Of(content));
        if (request.Body is AwsChunkedStream { Algorithm: { } algorithm } framed) sent.Headers[algorithm.HeaderName()] = framed.Value;
        return sent;
    }

    private async ValueTask<Reply> SendAsync(UpstreamRequest sent)
    {
        var answer = await target.Server.SendAsync(sent, call.Cancelled);
        try
        {
            if (UpstreamFailure.IsFailure(answer)) throw await UpstreamFailure.OfAsync(answer, target, call.Cancelled);
            var reply = IsReadWhole ? await ReadReplyAsync(answer) : await answer.ToReplyAsync(call.Cancelled);
            MapNames(reply);
            if (operation == "CreateBucket" && answer.Header("Location") is null) reply.Header("Location", $"/{target.Name}"); // Ceph does not tell it
            if (operation is "PutObject" or "DeleteObject" or "PutObjectTagging" or "DeleteObjectTagging" or "PutObjectAcl") await ForwardedEvents.SendAsync(service, target, call, request, operation is "PutObject" ? How : operation, answer, sent.Body?.Length);
            return reply;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>The source by its name there.</summary>
    private void MapCopySource(UpstreamRequest sent)
    {
        if (request.Header(CopySource.Header) is not { } header) return;
        var source = CopySource.Of(request, VersionId.Null);
        if (source.Bucket.ExpectedOwner is { } owner && owner != service.Context.Config.Account) throw S3Errors.AccessDenied();
        var from = upstreams.Find(source.Bucket.Name)!;
        var version = header.LastIndexOf(CopySource.VersionMark, StringComparison.Ordinal) is >= 0 and var mark ? header[mark..] : "";
        sent.Headers[CopySource.Header] = $"/{from.NameThere}/{string.Join('/', source.Key.Split('/').Select(Uri.EscapeDataString))}{version}";
    }

    /// <summary>Documents that name the bucket, or from which more is to be known.</summary>
    private bool IsReadWhole => operation is "CompleteMultipartUpload" or "CopyObject" or "UploadPartCopy"
        || (target.Name != target.NameThere && operation is "CreateMultipartUpload" or "ListMultipartUploads" or "ListObjects" or "ListObjectsV2" or "ListObjectVersions" or "ListParts");

    private async ValueTask<Reply> ReadReplyAsync(UpstreamAnswer answer)
    {
        var content = await answer.ReadAllAsync(call.Cancelled);
        var reply = Reply.Empty(answer.StatusCode);
        answer.AddHeadersTo(reply);
        // The answer to what takes long begins before its outcome is known.
        // Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
        if (UpstreamFailure.Of(content, 500, target) is { } late) throw late;
        if (operation is "CopyObject" or "CompleteMultipartUpload") await ForwardedEvents.SendAsync(service, target, call, request, operation, answer, content);
        reply.Content = Encoding.UTF8.GetBytes(WithNames(Encoding.UTF8.GetString(content.Span)));
        answer.Dispose();
        return reply;
    }

    /// <summary>What is text within a document is escaped, so that an element is found only where it is one.</summary>
    private string WithNames(string document)
    {
        document = document.Replace($"<Name>{target.NameThere}</Name>", $"<Name>{target.Name}</Name>", StringComparison.Ordinal).Replace($"<Bucket>{target.NameThere}</Bucket>", $"<Bucket>{target.Name}</Bucket>", StringComparison.Ordinal);
        var (start, end) = (document.IndexOf("<Location>", StringComparison.Ordinal), document.IndexOf("</Location>", StringComparison.Ordinal));
        if (operation != "CompleteMultipartUpload" || start < 0 || end < start) return document;
        var location = new StringBuilder();
        XmlText.Escape(location, Operations.CompleteMultipartUpload.Location(call.BaseUrl, target.Name, S3Request.Key(request)));
        return $"{document[..start]}<Location>{location}{document[end..]}";
    }

    private void MapNames(Reply reply)
    {
        for (var i = 0; i < reply.Headers.Count; i++)
        {
            var (name, value) = reply.Headers[i];
            if (name.Equals("Location", StringComparison.OrdinalIgnoreCase) && operation == "CreateBucket") reply.Headers[i] = new(name, $"/{target.Name}");
            if (name.Equals("x-amz-bucket-arn", StringComparison.OrdinalIgnoreCase)) reply.Headers[i] = new(name, $"arn:aws:s3:::{target.Name}");
        }
    }
}
