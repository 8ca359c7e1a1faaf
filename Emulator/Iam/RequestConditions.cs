using Emulator.Protocols;

namespace Emulator.Iam;

/// <summary>The circumstances of a request that conditions of policies may ask for; read from it only when one does.</summary>
internal readonly struct RequestConditions(RestRequest? request, string region)
{
    /// <summary>The region that the request was signed for or sent to.</summary>
    public string Region => region;

    public string? SourceIp => request?.SourceIp;

    public string? UserAgent => request?.Header("User-Agent");

    public string? Referer => request?.Header("Referer");

    public bool SecureTransport => request?.Scheme == "https";

    /// <summary>Whether an AWS service makes the request for a principal, with that principal's credentials.</summary>
    public bool ViaAwsService { get; init; }
}
