using Emulator.Protocols;

namespace Emulator.Lambda;

/// <summary>The errors of Lambda, one member for each text that AWS sends.</summary>
internal static class LambdaErrors
{
    // Observed 2025-11-25: this shape's member is "Message"; most others of the service have "message".
    public static AwsException FunctionNotFound(string arn) => ResourceNotFound($"Function not found: {arn}");

    public static AwsException WrongRegion(string region, string here) =>
        ResourceNotFound($"Functions from '{region}' are not reachable in this region ('{here}')");

    /// <summary>The name already says a version or alias, and the Qualifier parameter another.</summary>
    public static AwsException QualifierMismatch() =>
        User("InvalidParameterValueException", "The derived qualifier from the function name does not match the specified qualifier.");

    /// <summary>A Marker that no page ended with.</summary>
    public static AwsException InvalidMarker() => User("InvalidParameterValueException", "Invalid marker value.");

    /// <summary>Constraints of the input's shape, all in one text.</summary>
    public static AwsException Validation(IReadOnlyList<string> problems) =>
        new("ValidationException", $"{problems.Count} validation error{(problems.Count == 1 ? "" : "s")} detected: {string.Join("; ", problems)}");

    public static AwsException InvalidJson(string problem) =>
        User("InvalidRequestContentException", $"Could not parse request body into json: Could not parse payload into json: {problem}");

    public static AwsException InvalidClientContext() =>
        User("InvalidRequestContentException", "Client context must be a valid Base64-encoded JSON object.");

    // Observed 2024-12: the wire says RequestEntityTooLargeException where the API model says RequestTooLargeException.
    // Source: https://github.com/pelmers/streetwarp-web/issues/14
    public static AwsException RequestTooLarge() =>
        User("RequestEntityTooLargeException", $"Request must be smaller than {LambdaLimits.SynchronousPayloadBytes} bytes for the InvokeFunction operation", 413);

    // Source: https://github.com/ASFHyP3/hyp3/issues/2241 (then with the limit of 2024)
    public static AwsException EventTooLarge(int bytes) =>
        User("RequestEntityTooLargeException", $"{bytes} byte payload is too large for the Event invocation type (limit {LambdaLimits.AsynchronousPayloadBytes} bytes)", 413);

    public static AwsException TooManyRequests() =>
        new("TooManyRequestsException", "Rate Exceeded.", 429) { Members = [new("Reason", "ConcurrentInvocationLimitExceeded"), new("Type", "User"), new("message", "Rate Exceeded.")] };

    private static AwsException ResourceNotFound(string message) =>
        new("ResourceNotFoundException", message, 404) { Members = [new("Type", "User"), new("Message", message)] };

    private static AwsException User(string code, string message, int statusCode = 400) =>
        new(code, message, statusCode) { Members = [new("Type", "User"), new("message", message)] };
}
