using Emulator.Protocols;
using Emulator.S3.AccessPoints;

namespace Emulator.S3.Control.Operations;

/// <summary>Deletes an access point; the bucket and its objects stay.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_DeleteAccessPoint.html</remarks>
internal static class DeleteAccessPoint
{
    public static ValueTask<AccessPoint> Execute(S3Service service, Call call, AccessPointInput input) => service.CommitAsync((tx, _) =>
    {
        var point = AccessPointStore.Require(tx, call.Account, call.Region, input.Name);
        AccessPointStore.Delete(tx, point);
        return point;
    });
}
