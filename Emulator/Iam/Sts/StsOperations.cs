using Emulator.Iam.Sts.Operations;
using Emulator.Protocols;

namespace Emulator.Iam.Sts;

/// <summary>What STS can do here, in the order of its API reference.</summary>
/// <remarks>https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html, version 2011-06-15</remarks>
internal static class StsOperations
{
    public static OperationTable<StsService> Table { get; } = new OperationTable<StsService>()
        .Query("AssumeRole", "sts:AssumeRole", AssumeRole.Permissions, AssumeRole.Bind, AssumeRole.ExecuteAsync, AssumeRole.Write)
        // IAM has no say: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
        .Query("GetCallerIdentity", "", static (_, _) => [], GetCallerIdentity.Bind, GetCallerIdentity.ExecuteAsync, GetCallerIdentity.Write)
        // Nor here: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html
        .Query("GetSessionToken", "", static (_, _) => [], GetSessionToken.Bind, GetSessionToken.ExecuteAsync, GetSessionToken.Write)
        .NotBuilt("AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot", "DecodeAuthorizationMessage", "GetAccessKeyInfo",
            "GetDelegatedAccessToken", "GetFederationToken", "GetWebIdentityToken");
}
