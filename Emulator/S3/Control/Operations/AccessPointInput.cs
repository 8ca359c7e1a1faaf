using Emulator.Protocols;

namespace Emulator.S3.Control.Operations;

/// <summary>An access point of the caller's account in the region of the request, and the document that came with it.</summary>
internal sealed record AccessPointInput(string Name, S3Document Document)
{
    public static AccessPointInput Bind(RestRequest request) => new(request.Labels["name"], S3Request.Document(request));
}
