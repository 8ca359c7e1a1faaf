using System.Buffers;
using System.Text.Json;
using Emulator.Identifiers;

namespace Emulator.Protocols;

/// <summary>awsJson 1.0 and 1.1: POST /, the operation in X-Amz-Target, documents both ways.</summary>
/// <param name="contentType"><c>application/x-amz-json-1.0</c> or <c>-1.1</c>.</param>
/// <param name="namespaceOf">The namespace that <c>__type</c> carries before an error's code, with its #; null where the service sends the bare code.</param>
/// <param name="messageMember">How the errors in the service's model spell their text.</param>
internal class AwsJsonProtocol(string contentType, Func<string, string>? namespaceOf = null, string messageMember = "message") : Protocol
{
    public override bool BuffersBody => true;

    public override string? OperationName(RestRequest request)
    {
        var target = request.Header("X-Amz-Target");
        return target is null ? "" : target[(target.LastIndexOf('.') + 1)..];
    }

    public override string NewRequestId(IdSource ids) => ids.Uuid().ToString();

    /// <summary>A body of another coding becomes what it stands for.</summary>
    // Observed: test_compressed_request.py of scylladb/scylladb test/alternator: what cannot be decoded, or is too long then, is an error of the server's.
    public override RestRequest Decoded(RestRequest request, long limitBytes)
    {
        if (request.Headers.ContentEncoding.Count == 0) return request;
        return request.WithContent(ContentCoding.Decode(request.Headers.ContentEncoding.ToString(), request.Content, limitBytes) ?? throw new AwsException("InternalServerError", "Internal server error", 500));
    }

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
        AddErrorHeaders(reply, error);
        return reply;
    }

    public override void Complete(Reply reply, RestRequest request, string requestId)
    {
        reply.ContentType = contentType;
        reply.Headers.Add(new("x-amzn-RequestId", requestId));
    }

    protected virtual void AddErrorHeaders(Reply reply, AwsException error) =>
        reply.Header("x-amzn-ErrorType", error.Code).Header("x-amzn-ErrorMessage", HeaderText(error.Message));

    private static bool IsCapital(string code) =>
        code is "AccessDeniedException" or "SerializationException" or "TransactionCanceledException" or "TransactionInProgressException" or "IdempotentParameterMismatchException";

    private static string? HeaderText(string message) =>
        message.Length == 0 || message.AsSpan().ContainsAnyExceptInRange(' ', '~') ? null : message;
}
