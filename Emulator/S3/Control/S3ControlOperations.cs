using Emulator.Protocols;
using Emulator.S3.AccessPoints;
using Emulator.S3.Control.Operations;

namespace Emulator.S3.Control;

/// <summary>What S3 Control can do, in the order of the API reference.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_AWS_S3_Control.html</remarks>
internal static class S3ControlOperations
{
    private const string Point = "/v20180820/accesspoint/{name}";
    private const string AccountBlock = "/v20180820/configuration/publicAccessBlock";
    private const string Tags = "/v20180820/tags/{resourceArn+}";

    public static OperationTable<S3Service> Table { get; } = new OperationTable<S3Service>()
        .Rest("CreateAccessPoint", $"PUT {Point}", "s3:CreateAccessPoint", PointArn, AccessPointInput.Bind, CreateAccessPoint.Execute, CreateAccessPoint.Write)
        .Rest("DeleteAccessPoint", $"DELETE {Point}", "s3:DeleteAccessPoint", PointArn, AccessPointInput.Bind, DeleteAccessPoint.Execute, NoContent)
        .Rest("DeleteAccessPointPolicy", $"DELETE {Point}/policy", "s3:DeleteAccessPointPolicy", PointArn, AccessPointInput.Bind, AccessPointPolicy.Delete, NoContent)
        .Rest("DeletePublicAccessBlock", $"DELETE {AccountBlock}", "s3:PutAccountPublicAccessBlock", Everything, S3Document.Bind, AccountPublicAccess.Delete, NoContent)
        .Rest("GetAccessPoint", $"GET {Point}", "s3:GetAccessPoint", PointArn, AccessPointInput.Bind, GetAccessPoint.Execute, GetAccessPoint.Write)
        .Rest("GetAccessPointPolicy", $"GET {Point}/policy", "s3:GetAccessPointPolicy", PointArn, AccessPointInput.Bind, AccessPointPolicy.Get, AccessPointPolicy.Write)
        .Rest("GetAccessPointPolicyStatus", $"GET {Point}/policyStatus", "s3:GetAccessPointPolicyStatus", PointArn, AccessPointInput.Bind, AccessPointPolicy.Status, AccessPointPolicy.WriteStatus)
        .Rest("GetPublicAccessBlock", $"GET {AccountBlock}", "s3:GetAccountPublicAccessBlock", Everything, S3Document.Bind, AccountPublicAccess.Get, AccountPublicAccess.Write)
        .Rest("ListAccessPoints", "GET /v20180820/accesspoint", "s3:ListAccessPoints", (_, _) => "*", ListAccessPoints.Bind, ListAccessPoints.Execute, ListAccessPoints.Write)
        .Rest("ListTagsForResource", $"GET {Tags}", "s3:ListTagsForResource", ResourceArn, ResourceTagsInput.Bind, ResourceTags.List, ResourceTags.Write)
        .Rest("PutAccessPointPolicy", $"PUT {Point}/policy", "s3:PutAccessPointPolicy", PointArn, AccessPointInput.Bind, AccessPointPolicy.Put, Ok)
        .Rest("PutPublicAccessBlock", $"PUT {AccountBlock}", "s3:PutAccountPublicAccessBlock", Everything, S3Document.Bind, AccountPublicAccess.Put, _ => Reply.Empty())
        .Rest("TagResource", $"POST {Tags}", "s3:TagResource", ResourceArn, ResourceTagsInput.Bind, ResourceTags.Tag, _ => Reply.Empty(204))
        .Rest("UntagResource", $"DELETE {Tags}", "s3:UntagResource", ResourceArn, ResourceTagsInput.Bind, ResourceTags.Untag, _ => Reply.Empty(204))
        .RefuseByName();

    private static string PointArn(Call call, AccessPointInput input) => AccessPoint.ArnOf(call.Account, call.Region, input.Name);

    private static string Everything(Call call, S3Document input) => "*";

    private static string ResourceArn(Call call, ResourceTagsInput input) => input.ResourceArn;

    private static Reply NoContent<T>(T output) => Reply.Empty(204);

    private static Reply Ok(AccessPoint output) => Reply.Empty();
}
