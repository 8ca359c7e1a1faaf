using Emulator.Identifiers;
using Emulator.Protocols;

namespace Emulator.DynamoDb;

/// <summary>awsJson 1.0 as DynamoDB and its streams speak it: request ids and checksums of their own form, compressed answers, and answers to what is no operation.</summary>
/// <remarks>Observed, where nothing else is said: test/connection.js of architect/dynalite, whose expectations were taken from AWS.</remarks>
internal sealed class DynamoDbProtocol() : AwsJsonProtocol(ContentType, DynamoDbErrors.Namespace)
{
    private const string ContentType = "application/x-amz-json-1.0";
    private const string PlainJson = "application/json";

    // Observed: test_compressed_response.py of scylladb/scylladb test/alternator.
    private const int LongAnswerBytes = 4096;

    // Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
    public override string NewRequestId(IdSource ids) => ids.UpperBase32(52);

    public override Reply? AnswerPlainly(RestRequest request)
    {
        if (request is { Method: "POST", RawPath: "/" } && (request.Content.IsEmpty || IsJson(request.Headers.ContentType))) return null;
        if (request is { Method: "GET", RawPath: "/" }) return new Reply { Content = System.Text.Encoding.UTF8.GetBytes($"healthy: {request.Host} ") };
        if (request.RawPath.Length + request.RawQuery.Length > DynamoDbLimits.RequestLineBytes) return Reply.Empty(400);
        return new Reply { StatusCode = 404, Content = "<UnknownOperationException/>\n"u8.ToArray() };
    }

    /// <summary>What is not JSON at all is told before a target that is unknown.</summary>
    public override AwsException UnknownOperation(RestRequest request) =>
        request.Content.IsEmpty || AwsJson.IsDocument(request.Content.Span) ? base.UnknownOperation(request) : Errors.Serialization();

    public override void Complete(Reply reply, RestRequest request, string requestId)
    {
        base.Complete(reply, request, requestId);
        if (reply.StatusCode == 404 || request is not { Method: "POST", RawPath: "/" }) reply.ContentType = null;
        else if (!StartsWith(request.Headers.ContentType, ContentType)) reply.ContentType = PlainJson;
        if (reply.Content.Length > LongAnswerBytes && request.Headers.AcceptEncoding is [{ } accept, ..]) Compress(reply, accept);
        // Of the bytes that are sent. Source: calculateCrc32FromCompressedData in the settings of aws/aws-sdk-java-v2 for DynamoDB.
        reply.Headers.Add(new("x-amz-crc32", Crc.Crc32.Of(reply.Content.Span).ToString()));
        reply.Headers.Add(new("Server", "Server"));
    }

    /// <summary>DynamoDB names the error in its document only.</summary>
    protected override void AddErrorHeaders(Reply reply, AwsException error) { }

    private static void Compress(Reply reply, string accept)
    {
        if (ContentCoding.Accepted(accept) is not { } coding) return;
        reply.Content = ContentCoding.Encode(coding, reply.Content);
        reply.Headers.Add(new("Content-Encoding", coding));
    }

    private static bool IsJson(string? contentType) => StartsWith(contentType, ContentType) || StartsWith(contentType, PlainJson);

    /// <summary>Whether it is that type, with parameters or without.</summary>
    private static bool StartsWith(string? contentType, string type)
    {
        if (contentType is null) return false;
        if (contentType == type) return true;
        var end = contentType.IndexOf(';');
        return (end < 0 ? contentType.AsSpan() : contentType.AsSpan(0, end)).Trim().SequenceEqual(type);
    }
}
