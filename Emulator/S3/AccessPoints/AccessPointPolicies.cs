using Emulator.Integration;
using Emulator.S3.Access;

namespace Emulator.S3.AccessPoints;

/// <summary>What access points themselves say about who may what.</summary>
internal static class AccessPointPolicies
{
    /// <param name="resourceArn">Of an access point, or of what is reached through it: <c>.../object/KEY</c>.</param>
    public static ResourcePolicy? Find(S3Service service, string resourceArn)
    {
        var end = resourceArn.IndexOf("/object/", StringComparison.Ordinal);
        using var snapshot = service.Snapshot();
        if (AccessPointAddress.FindByArn(snapshot, end < 0 ? resourceArn : resourceArn[..end], "") is not { } point) return null;
        return new(point.Account, point.Policy) { AllowsOwnAccountOnly = new(() => point.Policy is { } policy && point.PublicAccessBlock.RestrictPublicBuckets && PublicPolicy.IsPublic(policy)) };
    }
}
