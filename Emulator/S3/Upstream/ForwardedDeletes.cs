using System.Security.Cryptography;
using Emulator.Protocols;
using Emulator.S3.Operations;

namespace Emulator.S3.Upstream;

/// <summary>DeleteObjects of a bucket of another server: each object is allowed or refused on its own, and those that are allowed are sent on.</summary>
internal sealed class ForwardedDeletes(S3Service service, UpstreamBucket target, Call call, RestRequest request)
{
    public async ValueTask<Reply> ExecuteAsync()
    {
        var document = (await DeleteObjects.Bind(request).Document.ReadAsync("Delete", call.Cancelled)).Only("Object", "Quiet");
        var asked = DeleteObjects.ReadAll(document);
        var allowed = asked.Where(one => DeleteObjects.Permissions(new(target.Name, null), one).All(permission => service.Allows(call, permission))).ToList();
        var result = allowed.Count == 0 ? null : await SendAsync(allowed);

        foreach (var deleted in result?.All("Deleted") ?? [])
        {
            var marker = deleted.Value("DeleteMarker") == "true" ? deleted.Value("DeleteMarkerVersionId") ?? "null" : null;
            await ForwardedEvents.SendAsync(service, target, call, request.SourceIp, ForwardedEvents.Deleted(service, deleted.Required("Key"), deleted.Value("VersionId"), marker));
        }
        return Write(result, asked.Except(allowed), isQuiet: document.Value("Quiet") is "true");
    }

    private async ValueTask<XmlNode> SendAsync(List<DeletedObject> objects)
    {
        var xml = new XmlBuilder().Root("Delete"u8);
        foreach (var one in objects) xml.Start("Object"u8).Element("Key"u8, one.Key).Element("VersionId"u8, one.VersionId).Element("ETag"u8, one.ETag).End("Object"u8);
        var document = xml.End("Delete"u8).Written;
        var sent = UpstreamRequest.Of(request, target, UpstreamBody.Of(document));
        // The document is another than the client's, and so are its checksums.
        foreach (var header in sent.Headers.Keys.Where(name => name.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("x-amz-sdk-checksum-", StringComparison.OrdinalIgnoreCase)).ToList()) sent.Headers.Remove(header);
        sent.Headers.ContentMD5 = Convert.ToBase64String(MD5.HashData(document.Span));

        using var answer = await target.Server.SendAsync(sent, call.Cancelled);
        if (UpstreamFailure.IsFailure(answer)) throw await UpstreamFailure.OfAsync(answer, target, call.Cancelled);
        var content = await answer.ReadAllAsync(call.Cancelled);
        return UpstreamFailure.TryParse(content, "DeleteResult") ?? throw UpstreamFailure.Of(content, 500, target) ?? UpstreamErrors.Unavailable(target.Server.Endpoint, "it answers DeleteObjects without a DeleteResult");
    }

    private static Reply Write(XmlNode? result, IEnumerable<DeletedObject> refused, bool isQuiet)
    {
        var xml = new XmlBuilder().Root("DeleteResult"u8);
        foreach (var told in result?.Children ?? [])
        {
            if (told.Name == "Deleted" && !isQuiet)
            {
                xml.Start("Deleted"u8).Element("Key"u8, told.Value("Key")).Element("VersionId"u8, told.Value("VersionId"))
                    .Element("DeleteMarker"u8, told.Value("DeleteMarker")).Element("DeleteMarkerVersionId"u8, told.Value("DeleteMarkerVersionId")).End("Deleted"u8);
            }
            if (told.Name == "Error") WriteError(xml, told.Value("Key"), told.Value("VersionId"), told.Value("Code"), told.Value("Message"));
        }
        foreach (var one in refused)
        {
            var denied = S3Errors.AccessDenied();
            WriteError(xml, one.Key, one.VersionId, denied.Code, denied.Message);
        }
        return xml.End("DeleteResult"u8).ToReply();
    }

    private static void WriteError(XmlBuilder xml, string? key, string? version, string? code, string? message) =>
        xml.Start("Error"u8).Element("Key"u8, key).Element("VersionId"u8, version).Element("Code"u8, code).Element("Message"u8, message).End("Error"u8);
}
