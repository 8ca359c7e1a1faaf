using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Bodies;
using Emulator.S3.Objects;
using Emulator.S3.Operations;
using Emulator.SigV4.Checksums;
using Microsoft.AspNetCore.Http;

namespace Emulator.S3.Upstream;

/// <summary>A copy, or a part's, between two servers of which one is the emulator or both are others: read from where the source is, written to where the copy goes.</summary>
/// <param name="from">null: the source is here.</param>
/// <param name="to">null: the copy goes here.</param>
internal sealed class CarriedCopy(S3Service service, Upstreams upstreams, UpstreamBucket? from, UpstreamBucket? to, Call call, RestRequest request, IReadOnlyList<Permission> permissions) : PreparedCall
{
    private readonly bool _isPart = request.HasQuery("partNumber");
    private readonly bool _keepsMetadata = request.Header("x-amz-metadata-directive") is not "REPLACE";
    private readonly bool _keepsTags = request.Header("x-amz-tagging-directive") is not "REPLACE";

    public override IReadOnlyList<Permission> Permissions => permissions;

    public override async ValueTask<Reply> ExecuteAsync()
    {
        await using var source = from is null ? OpenHere() : await CarriedSource.OpenThereAsync(service, from, call, request, _keepsTags && !_isPart);
        if (source.Length > S3Limits.CopyBytes) throw S3Errors.CopySourceTooLarge();
        var written = await WriteAsync(PutOf(source));
        return ToResult(written, source);
    }

    private CarriedSource OpenHere()
    {
        var wanted = CopySource.Of(request);
        while (true)
        {
            using var snapshot = service.Snapshot();
            var found = CopyObject.FindSource(service, snapshot, call, wanted);
            var range = request.Header("x-amz-copy-source-range") is { } asked ? ByteRange.ParseCopySource(asked, found.Size) : new(0, found.Size);
            if (BodySource.TryOpen(service.Context.Bodies, service.Pins, service.Context.Store, snapshot, found.BodyId, range.Offset, range.Length) is not { } body) continue; // written and gone since the snapshot
            body.Key = wanted.CustomerKey;
            var headers = new Reply();
            found.Headers.AddTo(headers);
            headers.Header("Content-Type", headers.ContentType);
            return new(body.ToStream(call.Cancelled), range.Length, headers.Headers.FindAll(static header => CarriedSource.IsMetadata(header.Key))) { Tags = found.Tags, VersionId = found.VersionId };
        }
    }

    /// <summary>The upload that the copy is.</summary>
    private RestRequest PutOf(CarriedSource source)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in request.Headers)
        {
            if (!IsOfCopy(name) && (_isPart || !_keepsMetadata || !CarriedSource.IsMetadata(name))) headers[name] = value;
        }
        if (_keepsMetadata && !_isPart)
        {
            foreach (var (name, value) in source.Headers) headers[name] = value;
        }
        if (_keepsTags && !_isPart)
        {
            headers.Remove("x-amz-tagging");
            if (source.Tags.Count > 0) headers["x-amz-tagging"] = TagSet.ToHeader(source.Tags);
        }
        headers.ContentLength = source.Length;
        return request with { Headers = headers, Body = source.Content, ContentLength = source.Length };
    }

    /// <summary>What says how to copy, and nothing of the copy; the checksum that is asked for is computed where the copy is kept.</summary>
    private static bool IsOfCopy(string header) =>
        header.StartsWith("x-amz-copy-source", StringComparison.OrdinalIgnoreCase) || header.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase)
        || header.ToLowerInvariant() is "x-amz-metadata-directive" or "x-amz-tagging-directive" or "x-amz-source-expected-bucket-owner" or "x-amz-content-sha256" or "content-length" or "content-md5" or "transfer-encoding" or "expect";

    private async ValueTask<Reply> WriteAsync(RestRequest put)
    {
        if (to is not null) return await new ForwardedCall(service, upstreams, to, _isPart ? "UploadPart" : "PutObject", call, put, []) { How = "Copy" }.ExecuteAsync();
        if (_isPart) return UploadPart.Write(await UploadPart.Execute(service, call, UploadPart.Bind(put)));
        var input = PutObject.Bind(put);
        if (request.Header("x-amz-checksum-algorithm") is { } name) input = input with { Checksum = new(ChecksumAlgorithms.Find(name), null, null) };
        return PutObject.Write(await PutObject.StoreAsync(service, call, input, "Copy"));
    }

    private Reply ToResult(Reply written, CarriedSource source)
    {
        var name = _isPart ? "CopyPartResult"u8 : "CopyObjectResult"u8;
        var result = new XmlBuilder().Root(name)
            .Element("LastModified"u8, service.Now)
            .Element("ETag"u8, written.Headers.Find(static header => header.Key.Equals("ETag", StringComparison.OrdinalIgnoreCase)).Value)
            .End(name).ToReply();
        foreach (var (header, value) in written.Headers)
        {
            if (!header.Equals("ETag", StringComparison.OrdinalIgnoreCase) && !header.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase)) result.Header(header, value);
        }
        return result.Header("x-amz-copy-source-version-id", source.VersionId);
    }
}
