using Emulator.Protocols;
using Emulator.S3.Bodies;
using Emulator.S3.Notifications;
using Emulator.S3.Objects;
using Emulator.S3.Operations;
using Emulator.SigV4.Checksums;

namespace Emulator.S3.Upstream;

/// <summary>The upload of a browser's form as a PutObject to another server. A form does not tell its file's length, which a PutObject must: the file is received whole first.</summary>
internal static class ForwardedForm
{
    /// <param name="request">The PutObject that the form stands for.</param>
    /// <returns>The quoted ETag, and the headers in which the server told more of the object.</returns>
    public static async ValueTask<(string ETag, IReadOnlyList<KeyValuePair<string, string>> Told)> StoreAsync(S3Service service, UpstreamBucket target, Call call, RestRequest request, PutObjectInput put)
    {
        if (UpstreamRequest.IsLoop(request, target)) throw UpstreamErrors.Loop(target);
        using var received = await ReceivedBody.ReceiveAsync(service.Context, put.Body, null, put.Limit, null, call.Cancelled);
        if (received.Size < put.Least) throw S3Errors.EntityTooSmall(received.Size, put.Least);
        if (put.Checksum.Md5 is { } md5 && !received.HasMd5(md5)) throw ChecksumErrors.BadMd5(md5, received.Hashes.Md5);

        await using var content = received.OpenRead();
        request = request with { Labels = new Dictionary<string, string> { ["Bucket"] = target.Name, ["Key"] = put.Key } };
        var sent = UpstreamRequest.Of(request, target, UpstreamBody.Of(content, received.Size));
        if (put.Tags.Count > 0) sent.Headers["x-amz-tagging"] = TagSet.ToHeader(put.Tags);
        using var answer = await target.Server.SendAsync(sent, call.Cancelled);
        if (UpstreamFailure.IsFailure(answer)) throw await UpstreamFailure.OfAsync(answer, target, call.Cancelled);
        var made = ForwardedEvents.Written(service, put.Key, answer.ETag, answer.Header("x-amz-version-id")) with { Size = received.Size };
        await ForwardedEvents.SendAsync(service, target, call, put.SourceIp, S3Event.Created("Post", made));
        var told = new Reply();
        answer.AddHeadersTo(told);
        return (made.QuotedETag, told.Headers);
    }
}
