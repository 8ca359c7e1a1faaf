using Emulator.Iam;

namespace Emulator.Protocols;

/// <summary>A service whose requests carry condition keys of their own (S3: <c>s3:x-amz-acl</c>, <c>s3:ExistingObjectTag/...</c>).</summary>
internal interface IPermissionConditions
{
    /// <summary>The keys of the permission and those of the request. Enumerated only if a policy has a condition.</summary>
    IReadOnlyList<KeyValuePair<string, string>> ConditionsOf(RestRequest request, Permission permission);
}
