using System.Buffers;
using System.Text.Json;
using Emulator.Identifiers;

namespace Emulator.Protocols;

/// <summary>restJson 1 (Lambda, API Gateway): method and path name the operation, the body is a document.</summary>
internal sealed class RestJsonProtocol : Protocol
{
    public override bool BuffersBody => true;

    public override string? OperationName(RestRequest request) => null;

    public override string NewRequestId(IdSource ids) => ids.Uuid().ToString();

    public override Reply Error(AwsException error, RestRequest request, string requestId)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, AwsJson.WriterOptions);
        writer.WriteStartObject();
        AwsJson.WriteMembers(writer, error);
        // Source: the models: Lambda's errors have Type and Message, or message where the shape says so; a member given by the slice wins.
        if (!error.Members.Any(member => string.Equals(member.Key, "message", StringComparison.OrdinalIgnoreCase)))
            writer.WriteString(error.Code == "AccessDeniedException" || error.Members.Any(member => member.Key == "Type") ? "Message" : "message", error.Message);
        writer.WriteEndObject();
        writer.Flush();
        var reply = new Reply { StatusCode = error.StatusCode, Content = buffer.WrittenMemory, ContentType = "application/json" };
        foreach (var (name, value) in error.Headers) reply.Header(name, value);
        return reply.Header("x-amzn-ErrorType", error.Code);
    }

    public override void Complete(Reply reply, RestRequest request, string requestId)
    {
        if (reply.ContentType is null && (reply.Content.Length > 0 || reply.StreamContent is not null)) reply.ContentType = "application/json";
        reply.Headers.Add(new("x-amzn-RequestId", requestId));
    }

    public override AwsException UnknownOperation(RestRequest request) => new("UnknownOperationException", "", 404);
}
