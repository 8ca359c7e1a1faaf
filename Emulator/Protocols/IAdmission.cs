namespace Emulator.Protocols;

/// <summary>A service that turns some requests away once it knows who calls, and before it asks whether they may (S3: to the region of the bucket).</summary>
internal interface IAdmission
{
    /// <param name="hostRegion">The region that the host name tells; null where it tells none.</param>
    /// <param name="signedRegion">The region of the signature; null where there is none.</param>
    void Admit(Operation operation, RestRequest request, string? hostRegion, string? signedRegion);
}
