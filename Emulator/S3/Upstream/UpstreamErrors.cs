using Emulator.Protocols;

namespace Emulator.S3.Upstream;

/// <summary>What clients are told of a server that fails them.</summary>
internal static class UpstreamErrors
{
    /// <summary>The code that S3 has for it, so that SDKs try again; the cause is the emulator's own text.</summary>
    public static AwsException Unavailable(Uri endpoint, string cause) =>
        new("ServiceUnavailable", $"The upstream {endpoint.GetLeftPart(UriPartial.Authority)} failed: {cause}", 503);

    /// <summary>Not a 503: to try again would be in vain.</summary>
    public static AwsException Loop(UpstreamBucket target) =>
        S3Errors.InvalidRequest($"The upstream {target.Server.Endpoint.GetLeftPart(UriPartial.Authority)} of {(target.Name.Length > 0 ? $"the bucket {target.Name}" : "S3")} leads back to this emulator.");

    public static string CauseOf(Exception error)
    {
        while (error.InnerException is { } inner) error = inner;
        return error.Message.ReplaceLineEndings(" ");
    }
}
