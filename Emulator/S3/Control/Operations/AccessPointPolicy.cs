using System.Text;
using Emulator.Protocols;
using Emulator.S3.Access;
using Emulator.S3.AccessPoints;

namespace Emulator.S3.Control.Operations;

/// <summary>The policy of an access point: put, get, delete; and whether it is public.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutAccessPointPolicy.html</remarks>
internal static class AccessPointPolicy
{
    public static async ValueTask<AccessPoint> Put(S3Service service, Call call, AccessPointInput input)
    {
        var document = await input.Document.ReadAsync("PutAccessPointPolicyRequest", call.Cancelled);
        var policy = document.Only("Policy").Required("Policy");
        var arn = AccessPoint.ArnOf(call.Account, call.Region, input.Name);
        PolicyChecks.Check(Encoding.UTF8.GetBytes(policy), resource => IsOfPoint(resource, arn));
        return await service.CommitAsync((tx, _) =>
        {
            var point = AccessPointStore.Require(tx, call.Account, call.Region, input.Name);
            if (point.PublicAccessBlock.BlockPublicPolicy && PublicPolicy.IsPublic(policy))
            {
                throw S3Errors.BlockedAsPublic(call.Caller.Arn, "s3:PutAccessPointPolicy", arn, "public policies are blocked by the BlockPublicPolicy");
            }
            point = point with { Policy = policy };
            AccessPointStore.Put(tx, point);
            return point;
        });
    }

    public static ValueTask<string> Get(S3Service service, Call call, AccessPointInput input) => new(Require(service, call, input).Policy!);

    public static Reply Write(string output) => S3ControlDocument.Open("GetAccessPointPolicyResult"u8).Element("Policy"u8, output).End("GetAccessPointPolicyResult"u8).ToReply();

    public static ValueTask<AccessPoint> Delete(S3Service service, Call call, AccessPointInput input) => service.CommitAsync((tx, _) =>
    {
        var point = AccessPointStore.Require(tx, call.Account, call.Region, input.Name) with { Policy = null };
        AccessPointStore.Put(tx, point);
        return point;
    });

    /// <summary>What only a network of its own reaches is never public.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status</remarks>
    public static ValueTask<bool> Status(S3Service service, Call call, AccessPointInput input)
    {
        var point = Require(service, call, input);
        return new(point.VpcId is null && PublicPolicy.IsPublic(point.Policy!));
    }

    public static Reply WriteStatus(bool isPublic) => S3ControlDocument.Open("GetAccessPointPolicyStatusResult"u8)
        .Start("PolicyStatus"u8).Element("IsPublic"u8, isPublic).End("PolicyStatus"u8).End("GetAccessPointPolicyStatusResult"u8).ToReply();

    /// <summary>The access point, if it has a policy.</summary>
    private static AccessPoint Require(S3Service service, Call call, AccessPointInput input)
    {
        using var snapshot = service.Snapshot();
        var point = AccessPointStore.Require(snapshot, call.Account, call.Region, input.Name);
        return point.Policy is null ? throw AccessPointErrors.NoPolicy(input.Name) : point;
    }

    /// <summary>A resource of the policy is the access point, or objects reached through it; wildcards may stand in its name.</summary>
    private static bool IsOfPoint(string resource, string arn)
    {
        if (resource == "*") return true;
        var end = resource.IndexOf("/object/", StringComparison.Ordinal);
        var point = end < 0 ? resource : resource[..end];
        return point == arn || (point.StartsWith("arn:aws:s3:", StringComparison.Ordinal) && point.AsSpan().ContainsAny('*', '?', '$'));
    }
}
