using System.Buffers;
using System.Text.Json;
using Emulator.Identifiers;

namespace Emulator.Protocols;

/// <summary>awsJson 1.0 and 1.1: POST /, the operation in X-Amz-Target, documents both ways.</summary>
/// <param name="contentType"><c>application/x-amz-json-1.0</c> or <c>-1.1</c>.</param>
/// <param name="namespaceOf">The namespace that <c>__type</c> carries before an error's code, with its #; null where the service sends the bare code.</param>
/// <param name="crc32">Whether answers carry x-amz-crc32 (DynamoDB).</param>
/// <param name="messageMember">How the errors in the service's model spell their text.</param>
internal sealed class AwsJsonProtocol(string contentType, Func<string, string>? namespaceOf = null, bool crc32 = false, string messageMember = "message") : Protocol
{
    public override bool BuffersBody => true;

    public override string? OperationName(RestRequest request)
    {
        var target = request.Header("X-Amz-Target");
        return target is null ? "" : target[(target.LastIndexOf('.') + 1)..];
    }

    // Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html (52 characters); the other JSON services send UUIDs.
    public override string NewRequestId(IdSource ids) => crc32 ? ids.UpperBase32(52) : ids.Uuid().ToString();

    public override Reply Error(AwsException error, RestRequest request, string requestId)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, AwsJson.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("__type", namespaceOf is null ? error.Code : namespaceOf(error.Code) + error.Code);
        // Source: recorded answers: SerializationException and UnknownOperationException without a text have no message at all. Access errors and SerializationException spell it "Message"
        // (https://github.com/n8n-io/n8n/pull/3763 shows one), and so does the API model of DynamoDB for the errors of transactions (https://github.com/pynamodb/PynamoDB/pull/1144 shows one).
        if (error.Message.Length > 0) writer.WriteString(IsCapital(error.Code) ? "Message" : messageMember, error.Message);
        AwsJson.WriteMembers(writer, error);
        writer.WriteEndObject();
        writer.Flush();
        var reply = new Reply { StatusCode = error.StatusCode, Content = buffer.WrittenMemory };
        foreach (var (name, value) in error.Headers) reply.Header(name, value);
        if (!crc32) reply.Header("x-amzn-ErrorType", error.Code).Header("x-amzn-ErrorMessage", HeaderText(error.Message));
        return reply;
    }

    public override void Complete(Reply reply, RestRequest request, string requestId)
    {
        reply.ContentType = contentType;
        reply.Headers.Add(new("x-amzn-RequestId", requestId));
        if (crc32) reply.Headers.Add(new("x-amz-crc32", Crc.Crc32.Of(reply.Content.Span).ToString()));
    }

    private static bool IsCapital(string code) =>
        code is "AccessDeniedException" or "SerializationException" or "TransactionCanceledException" or "TransactionInProgressException" or "IdempotentParameterMismatchException";

    private static string? HeaderText(string message) =>
        message.Length == 0 || message.AsSpan().ContainsAnyExceptInRange(' ', '~') ? null : message;
}
