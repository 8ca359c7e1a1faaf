namespace Emulator.Protocols;

/// <summary>The errors that every service has in common.</summary>
internal static class Errors
{
    /// <summary>What is not built is refused by name, never answered as if it were.</summary>
    public static AwsException NotImplemented(string operation) =>
        new("NotImplemented", $"The emulator does not implement {operation}.", 501);

    /// <summary>A parameter that AWS honours and the emulator does not.</summary>
    public static AwsException NotImplemented(string operation, string parameter) =>
        new("NotImplemented", $"The emulator does not implement the parameter {parameter} of {operation}.", 501);

    /// <summary>A fault of the emulator's own; the id finds its trace in the journal and the log.</summary>
    public static AwsException Internal(string traceId) =>
        new("InternalFailure", $"The emulator failed to answer this request. The cause is in its log under trace id {traceId}.", 500);

    /// <summary>A body that does not come. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</summary>
    public static AwsException RequestTimeout() => new("RequestTimeout", "Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.");

    /// <summary>The disk under the data folder has no room: nothing of the request was kept. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (ServiceUnavailable), and the common errors of the other services</summary>
    public static AwsException DiskFull() => new("ServiceUnavailable", "Service is unable to handle request: the disk of the emulator's data folder is full.", 503);

    /// <summary>The body is longer than the service takes.</summary>
    public static AwsException BodyTooLarge() => new("RequestEntityTooLargeException", "Request body is too large.", 413);

    /// <summary>awsJson: an X-Amz-Target that AWS does not have either.</summary>
    public static AwsException UnknownOperation() => new("UnknownOperationException", "");

    /// <summary>awsJson: the body is not JSON at all, or a value has the wrong kind.</summary>
    public static AwsException Serialization(string? message = null) => new("SerializationException", message ?? "");
}
