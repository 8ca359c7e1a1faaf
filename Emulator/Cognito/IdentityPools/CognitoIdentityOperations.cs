using System.Text.Json.Serialization;
using Emulator.Cognito.IdentityPools.Operations;
using Emulator.Protocols;

namespace Emulator.Cognito.IdentityPools;

/// <summary>The operations of identity pools (awsJson 1.1, <c>AWSCognitoIdentityService</c>).</summary>
internal static class CognitoIdentityOperations
{
    public static OperationTable<CognitoIdentityService> Table { get; } = new OperationTable<CognitoIdentityService>(CognitoIdentityJson.Default)
        .JsonAsync<IdentityPoolInput, IdentityPoolOutput>("CreateIdentityPool", "cognito-identity:CreateIdentityPool", (_, _) => "*", Operations.IdentityPools.CreateAsync)
        .JsonAsync<DeleteIdentitiesInput, DeleteIdentitiesOutput>("DeleteIdentities", "cognito-identity:DeleteIdentities", (_, _) => "*", Identities.DeleteAsync)
        .JsonAsync<IdentityPoolIdInput, EmptyOutput>("DeleteIdentityPool", "cognito-identity:DeleteIdentityPool", (call, input) => PoolArn(call, input.IdentityPoolId), Operations.IdentityPools.DeleteAsync)
        .Json<IdentityIdInput, IdentityDescription>("DescribeIdentity", "cognito-identity:DescribeIdentity", (_, _) => "*", Identities.Describe)
        .Json<IdentityPoolIdInput, IdentityPoolOutput>("DescribeIdentityPool", "cognito-identity:DescribeIdentityPool", (call, input) => PoolArn(call, input.IdentityPoolId), Operations.IdentityPools.Describe)
        .JsonAsync<GetCredentialsForIdentityInput, GetCredentialsForIdentityOutput>("GetCredentialsForIdentity", "", (_, _) => "", GetCredentialsForIdentity.ExecuteAsync, OperationAccess.Open)
        .JsonAsync<GetIdInput, GetIdOutput>("GetId", "", (_, _) => "", GetId.ExecuteAsync, OperationAccess.Open)
        .Json<IdentityPoolIdInput, GetIdentityPoolRolesOutput>("GetIdentityPoolRoles", "cognito-identity:GetIdentityPoolRoles", (call, input) => PoolArn(call, input.IdentityPoolId), IdentityPoolRoles.Get)
        .Json<ListIdentitiesInput, ListIdentitiesOutput>("ListIdentities", "cognito-identity:ListIdentities", (call, input) => PoolArn(call, input.IdentityPoolId), Identities.List)
        .Json<ListIdentityPoolsInput, ListIdentityPoolsOutput>("ListIdentityPools", "cognito-identity:ListIdentityPools", (_, _) => "*", Operations.IdentityPools.List)
        .JsonAsync<SetIdentityPoolRolesInput, EmptyOutput>("SetIdentityPoolRoles", "cognito-identity:SetIdentityPoolRoles", (call, input) => PoolArn(call, input.IdentityPoolId), IdentityPoolRoles.SetAsync)
        .JsonAsync<IdentityPoolInput, IdentityPoolOutput>("UpdateIdentityPool", "cognito-identity:UpdateIdentityPool", (call, input) => PoolArn(call, input.IdentityPoolId), Operations.IdentityPools.UpdateAsync)
        .NotBuilt(
            "GetOpenIdToken", "GetOpenIdTokenForDeveloperIdentity", "GetPrincipalTagAttributeMap", "ListTagsForResource", "LookupDeveloperIdentity", "MergeDeveloperIdentities",
            "SetPrincipalTagAttributeMap", "TagResource", "UnlinkDeveloperIdentity", "UnlinkIdentity", "UntagResource");

    private static string PoolArn(Call call, string? id) => $"arn:aws:cognito-identity:{call.Region}:{call.Account}:identitypool/{id}";
}

/// <summary>The inputs and outputs on the wire.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DeleteIdentitiesInput))]
[JsonSerializable(typeof(DeleteIdentitiesOutput))]
[JsonSerializable(typeof(EmptyOutput))]
[JsonSerializable(typeof(GetCredentialsForIdentityInput))]
[JsonSerializable(typeof(GetCredentialsForIdentityOutput))]
[JsonSerializable(typeof(GetIdentityPoolRolesOutput))]
[JsonSerializable(typeof(GetIdInput))]
[JsonSerializable(typeof(GetIdOutput))]
[JsonSerializable(typeof(IdentityDescription))]
[JsonSerializable(typeof(IdentityIdInput))]
[JsonSerializable(typeof(IdentityPoolIdInput))]
[JsonSerializable(typeof(IdentityPoolInput))]
[JsonSerializable(typeof(IdentityPoolOutput))]
[JsonSerializable(typeof(ListIdentitiesInput))]
[JsonSerializable(typeof(ListIdentitiesOutput))]
[JsonSerializable(typeof(ListIdentityPoolsInput))]
[JsonSerializable(typeof(ListIdentityPoolsOutput))]
[JsonSerializable(typeof(SetIdentityPoolRolesInput))]
internal sealed partial class CognitoIdentityJson : JsonSerializerContext;
