namespace Emulator.Protocols;

/// <summary>An answer of AWS that is an error: its code, text and status, and nothing of any wire format.</summary>
internal sealed class AwsException(string code, string message, int statusCode = 400) : Exception(message)
{
    /// <summary>AWS's name of the error, as <c>ResourceNotFoundException</c> or <c>NoSuchKey</c>.</summary>
    public string Code { get; } = code;

    public int StatusCode { get; } = statusCode;

    /// <summary>Further members of the error's shape in their order (S3: <c>BucketName</c>, <c>Key</c>...; Lambda: <c>Type</c>): JSON members or XML elements. A value is a string, number, bool, <see cref="System.Text.Json.Nodes.JsonNode"/> or null.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Members { get; init; } = [];

    /// <summary>Headers that AWS sends beside the error.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The same error with one header more.</summary>
    public AwsException With(string header, string value) => new(Code, Message, StatusCode) { Members = Members, Headers = [.. Headers, new(header, value)] };
}
