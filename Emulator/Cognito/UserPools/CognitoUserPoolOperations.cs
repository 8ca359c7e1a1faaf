using System.Text.Json.Serialization;
using Emulator.Cognito.UserPools.Operations;
using Emulator.Protocols;

namespace Emulator.Cognito.UserPools;

/// <summary>The operations of user pools (awsJson 1.1, <c>AWSCognitoIdentityProviderService</c>).</summary>
internal static class CognitoUserPoolOperations
{
    // Signed calls concern a pool; open ones prove themselves by a client id, a code or an access token.
    public static OperationTable<CognitoUserPoolService> Table { get; } = new OperationTable<CognitoUserPoolService>(CognitoUserPoolJson.Default)
        .JsonAsync<AddCustomAttributesInput, EmptyOutput>("AddCustomAttributes", "cognito-idp:AddCustomAttributes", (call, input) => PoolArn(call, input.UserPoolId), AddCustomAttributes.ExecuteAsync)
        .JsonAsync<GroupMemberInput, EmptyOutput>("AdminAddUserToGroup", "cognito-idp:AdminAddUserToGroup", (call, input) => PoolArn(call, input.UserPoolId), GroupMembers.AddAsync)
        .JsonAsync<AdminUserInput, EmptyOutput>("AdminConfirmSignUp", "cognito-idp:AdminConfirmSignUp", (call, input) => PoolArn(call, input.UserPoolId), AdminConfirmSignUp.ExecuteAsync)
        .JsonAsync<AdminCreateUserInput, AdminCreateUserOutput>("AdminCreateUser", "cognito-idp:AdminCreateUser", (call, input) => PoolArn(call, input.UserPoolId), AdminCreateUser.ExecuteAsync)
        .JsonAsync<AdminUserInput, EmptyOutput>("AdminDeleteUser", "cognito-idp:AdminDeleteUser", (call, input) => PoolArn(call, input.UserPoolId), AdminDeleteUser.ExecuteAsync)
        .JsonAsync<AdminDeleteUserAttributesInput, EmptyOutput>("AdminDeleteUserAttributes", "cognito-idp:AdminDeleteUserAttributes", (call, input) => PoolArn(call, input.UserPoolId), DeleteUserAttributes.ExecuteAdminAsync)
        .JsonAsync<AdminUserInput, EmptyOutput>("AdminDisableUser", "cognito-idp:AdminDisableUser", (call, input) => PoolArn(call, input.UserPoolId), AdminEnableUser.DisableAsync)
        .JsonAsync<AdminUserInput, EmptyOutput>("AdminEnableUser", "cognito-idp:AdminEnableUser", (call, input) => PoolArn(call, input.UserPoolId), AdminEnableUser.EnableAsync)
        .Json<AdminUserInput, AdminGetUserOutput>("AdminGetUser", "cognito-idp:AdminGetUser", (call, input) => PoolArn(call, input.UserPoolId), AdminGetUser.Execute)
        .JsonAsync<AdminInitiateAuthInput, SignInOutput>("AdminInitiateAuth", "cognito-idp:AdminInitiateAuth", (call, input) => PoolArn(call, input.UserPoolId), AdminInitiateAuth.ExecuteAsync)
        .Json<AdminListGroupsForUserInput, ListGroupsOutput>("AdminListGroupsForUser", "cognito-idp:AdminListGroupsForUser", (call, input) => PoolArn(call, input.UserPoolId), GroupMembers.ListGroups)
        .JsonAsync<GroupMemberInput, EmptyOutput>("AdminRemoveUserFromGroup", "cognito-idp:AdminRemoveUserFromGroup", (call, input) => PoolArn(call, input.UserPoolId), GroupMembers.RemoveAsync)
        .JsonAsync<AdminUserInput, EmptyOutput>("AdminResetUserPassword", "cognito-idp:AdminResetUserPassword", (call, input) => PoolArn(call, input.UserPoolId), AdminResetUserPassword.ExecuteAsync)
        .JsonAsync<AdminRespondToAuthChallengeInput, SignInOutput>("AdminRespondToAuthChallenge", "cognito-idp:AdminRespondToAuthChallenge", (call, input) => PoolArn(call, input.UserPoolId), AdminRespondToAuthChallenge.ExecuteAsync)
        .JsonAsync<AdminSetUserPasswordInput, EmptyOutput>("AdminSetUserPassword", "cognito-idp:AdminSetUserPassword", (call, input) => PoolArn(call, input.UserPoolId), AdminSetUserPassword.ExecuteAsync)
        .JsonAsync<AdminUpdateUserAttributesInput, EmptyOutput>("AdminUpdateUserAttributes", "cognito-idp:AdminUpdateUserAttributes", (call, input) => PoolArn(call, input.UserPoolId), AdminUpdateUserAttributes.ExecuteAsync)
        .JsonAsync<AdminUserInput, EmptyOutput>("AdminUserGlobalSignOut", "cognito-idp:AdminUserGlobalSignOut", (call, input) => PoolArn(call, input.UserPoolId), AdminUserGlobalSignOut.ExecuteAsync)
        .JsonAsync<ChangePasswordInput, EmptyOutput>("ChangePassword", "", NoResource, ChangePassword.ExecuteAsync, OperationAccess.Open)
        .JsonAsync<ConfirmForgotPasswordInput, EmptyOutput>("ConfirmForgotPassword", "", NoResource, ConfirmForgotPassword.ExecuteAsync, OperationAccess.Open)
        .JsonAsync<ConfirmSignUpInput, EmptyOutput>("ConfirmSignUp", "", NoResource, ConfirmSignUp.ExecuteAsync, OperationAccess.Open)
        .JsonAsync<GroupInput, GroupOutput>("CreateGroup", "cognito-idp:CreateGroup", (call, input) => PoolArn(call, input.UserPoolId), Groups.CreateAsync)
        .JsonAsync<CreateUserPoolInput, UserPoolOutput>("CreateUserPool", "cognito-idp:CreateUserPool", (_, _) => "*", CreateUserPool.ExecuteAsync)
        .JsonAsync<CreateUserPoolClientInput, UserPoolClientOutput>("CreateUserPoolClient", "cognito-idp:CreateUserPoolClient", (call, input) => PoolArn(call, input.UserPoolId), UserPoolClients.CreateAsync)
        .JsonAsync<GroupInput, EmptyOutput>("DeleteGroup", "cognito-idp:DeleteGroup", (call, input) => PoolArn(call, input.UserPoolId), Groups.DeleteAsync)
        .JsonAsync<AccessTokenInput, EmptyOutput>("DeleteUser", "", NoResource, DeleteUser.ExecuteAsync, OperationAccess.Open)
        .JsonAsync<DeleteUserAttributesInput, EmptyOutput>("DeleteUserAttributes", "", NoResource, DeleteUserAttributes.ExecuteAsync, OperationAccess.Open)
        .JsonAsync<UserPoolIdInput, EmptyOutput>("DeleteUserPool", "cognito-idp:DeleteUserPool", (call, input) => PoolArn(call, input.UserPoolId), Operations.UserPools.DeleteAsync)
        .JsonAsync<UserPoolClientIdInput, EmptyOutput>("DeleteUserPoolClient", "cognito-idp:DeleteUserPoolClient", (call, input) => PoolArn(call, input.UserPoolId), UserPoolClients.DeleteAsync)
        .Json<UserPoolIdInput, UserPoolOutput>("DescribeUserPool", "cognito-idp:DescribeUserPool", (call, input) => PoolArn(call, input.UserPoolId), Operations.UserPools.Describe)
        .Json<UserPoolClientIdInput, UserPoolClientOutput>("DescribeUserPoolClient", "cognito-idp:DescribeUserPoolClient", (call, input) => PoolArn(call, input.UserPoolId), UserPoolClients.Describe)
        .JsonAsync<ClientUserInput, CodeDeliveryOutput>("ForgotPassword", "", NoResource, ForgotPassword.ExecuteAsync, OperationAccess.Open)
        .Json<GroupInput, GroupOutput>("GetGroup", "cognito-idp:GetGroup", (call, input) => PoolArn(call, input.UserPoolId), Groups.Get)
        .JsonAsync<GetTokensFromRefreshTokenInput, GetTokensFromRefreshTokenOutput>("GetTokensFromRefreshToken", "", NoResource, GetTokensFromRefreshToken.ExecuteAsync, OperationAccess.Open)
        .Json<AccessTokenInput, GetUserOutput>("GetUser", "", NoResource, GetUser.Execute, OperationAccess.Open)
        .JsonAsync<GetUserAttributeVerificationCodeInput, CodeDeliveryOutput>("GetUserAttributeVerificationCode", "", NoResource, GetUserAttributeVerificationCode.ExecuteAsync, OperationAccess.Open)
        .Json<UserPoolIdInput, UserPoolMfaConfigOutput>("GetUserPoolMfaConfig", "cognito-idp:GetUserPoolMfaConfig", (call, input) => PoolArn(call, input.UserPoolId), UserPoolMfaConfig.Get)
        .JsonAsync<AccessTokenInput, EmptyOutput>("GlobalSignOut", "", NoResource, GlobalSignOut.ExecuteAsync, OperationAccess.Open)
        .JsonAsync<InitiateAuthInput, SignInOutput>("InitiateAuth", "", NoResource, InitiateAuth.ExecuteAsync, OperationAccess.Open)
        .Json<ListGroupsInput, ListGroupsOutput>("ListGroups", "cognito-idp:ListGroups", (call, input) => PoolArn(call, input.UserPoolId), Groups.List)
        .Json<ListTagsForResourceInput, ListTagsForResourceOutput>("ListTagsForResource", "cognito-idp:ListTagsForResource", (_, input) => input.ResourceArn ?? "*", Tags.List)
        .Json<ListUserPoolClientsInput, ListUserPoolClientsOutput>("ListUserPoolClients", "cognito-idp:ListUserPoolClients", (call, input) => PoolArn(call, input.UserPoolId), UserPoolClients.List)
        .Json<ListUserPoolsInput, ListUserPoolsOutput>("ListUserPools", "cognito-idp:ListUserPools", (_, _) => "*", Operations.UserPools.List)
        .Json<ListUsersInput, ListUsersOutput>("ListUsers", "cognito-idp:ListUsers", (call, input) => PoolArn(call, input.UserPoolId), ListUsers.Execute)
        .Json<ListUsersInGroupInput, ListUsersInGroupOutput>("ListUsersInGroup", "cognito-idp:ListUsersInGroup", (call, input) => PoolArn(call, input.UserPoolId), GroupMembers.ListUsers)
        .JsonAsync<ClientUserInput, CodeDeliveryOutput>("ResendConfirmationCode", "", NoResource, ResendConfirmationCode.ExecuteAsync, OperationAccess.Open)
        .JsonAsync<RespondToAuthChallengeInput, SignInOutput>("RespondToAuthChallenge", "", NoResource, RespondToAuthChallenge.ExecuteAsync, OperationAccess.Open)
        .JsonAsync<RevokeTokenInput, EmptyOutput>("RevokeToken", "", NoResource, RevokeToken.ExecuteAsync, OperationAccess.Open)
        .Json<SetUserPoolMfaConfigInput, UserPoolMfaConfigOutput>("SetUserPoolMfaConfig", "cognito-idp:SetUserPoolMfaConfig", (call, input) => PoolArn(call, input.UserPoolId), UserPoolMfaConfig.Set)
        .JsonAsync<SignUpInput, SignUpOutput>("SignUp", "", NoResource, SignUp.ExecuteAsync, OperationAccess.Open)
        .JsonAsync<TagResourceInput, EmptyOutput>("TagResource", "cognito-idp:TagResource", (_, input) => input.ResourceArn ?? "*", Tags.TagAsync)
        .JsonAsync<UntagResourceInput, EmptyOutput>("UntagResource", "cognito-idp:UntagResource", (_, input) => input.ResourceArn ?? "*", Tags.UntagAsync)
        .JsonAsync<GroupInput, GroupOutput>("UpdateGroup", "cognito-idp:UpdateGroup", (call, input) => PoolArn(call, input.UserPoolId), Groups.UpdateAsync)
        .JsonAsync<UpdateUserAttributesInput, UpdateUserAttributesOutput>("UpdateUserAttributes", "", NoResource, UpdateUserAttributes.ExecuteAsync, OperationAccess.Open)
        .JsonAsync<UpdateUserPoolInput, EmptyOutput>("UpdateUserPool", "cognito-idp:UpdateUserPool", (call, input) => PoolArn(call, input.UserPoolId), Operations.UserPools.UpdateAsync)
        .JsonAsync<UpdateUserPoolClientInput, UserPoolClientOutput>("UpdateUserPoolClient", "cognito-idp:UpdateUserPoolClient", (call, input) => PoolArn(call, input.UserPoolId), UserPoolClients.UpdateAsync)
        .JsonAsync<VerifyUserAttributeInput, EmptyOutput>("VerifyUserAttribute", "", NoResource, VerifyUserAttribute.ExecuteAsync, OperationAccess.Open)
        .NotBuilt(
            "AddUserPoolClientSecret", "AdminDisableProviderForUser", "AdminForgetDevice", "AdminGetDevice", "AdminLinkProviderForUser", "AdminListDevices", "AdminListUserAuthEvents",
            "AdminSetUserMFAPreference", "AdminSetUserSettings", "AdminUpdateAuthEventFeedback", "AdminUpdateDeviceStatus", "AssociateSoftwareToken", "CompleteWebAuthnRegistration",
            "ConfirmDevice", "CreateIdentityProvider", "CreateManagedLoginBranding", "CreateResourceServer", "CreateTerms", "CreateUserImportJob", "CreateUserPoolDomain",
            "DeleteIdentityProvider", "DeleteManagedLoginBranding", "DeleteResourceServer", "DeleteTerms", "DeleteUserPoolClientSecret", "DeleteUserPoolDomain", "DeleteWebAuthnCredential",
            "DescribeIdentityProvider", "DescribeManagedLoginBranding", "DescribeManagedLoginBrandingByClient", "DescribeResourceServer", "DescribeRiskConfiguration", "DescribeTerms",
            "DescribeUserImportJob", "DescribeUserPoolDomain", "ForgetDevice", "GetCSVHeader", "GetDevice", "GetIdentityProviderByIdentifier", "GetLogDeliveryConfiguration",
            "GetSigningCertificate", "GetUICustomization", "GetUserAuthFactors", "ListDevices", "ListIdentityProviders", "ListResourceServers", "ListTerms", "ListUserImportJobs",
            "ListUserPoolClientSecrets", "ListWebAuthnCredentials", "SetLogDeliveryConfiguration", "SetRiskConfiguration", "SetUICustomization", "SetUserMFAPreference", "SetUserSettings",
            "StartUserImportJob", "StartWebAuthnRegistration", "StopUserImportJob", "UpdateAuthEventFeedback", "UpdateDeviceStatus", "UpdateIdentityProvider", "UpdateManagedLoginBranding",
            "UpdateResourceServer", "UpdateTerms", "UpdateUserPoolDomain", "VerifySoftwareToken");

    private static string PoolArn(Call call, string? id) => $"arn:aws:cognito-idp:{call.Region}:{call.Account}:userpool/{id}";

    private static string NoResource<T>(Call call, T input) => "";
}

/// <summary>The inputs and outputs on the wire.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AccessTokenInput))]
[JsonSerializable(typeof(AddCustomAttributesInput))]
[JsonSerializable(typeof(AdminCreateUserInput))]
[JsonSerializable(typeof(AdminCreateUserOutput))]
[JsonSerializable(typeof(AdminDeleteUserAttributesInput))]
[JsonSerializable(typeof(AdminGetUserOutput))]
[JsonSerializable(typeof(AdminInitiateAuthInput))]
[JsonSerializable(typeof(AdminListGroupsForUserInput))]
[JsonSerializable(typeof(AdminRespondToAuthChallengeInput))]
[JsonSerializable(typeof(AdminSetUserPasswordInput))]
[JsonSerializable(typeof(AdminUpdateUserAttributesInput))]
[JsonSerializable(typeof(AdminUserInput))]
[JsonSerializable(typeof(ChangePasswordInput))]
[JsonSerializable(typeof(ClientUserInput))]
[JsonSerializable(typeof(CodeDeliveryOutput))]
[JsonSerializable(typeof(ConfirmForgotPasswordInput))]
[JsonSerializable(typeof(ConfirmSignUpInput))]
[JsonSerializable(typeof(CreateUserPoolClientInput))]
[JsonSerializable(typeof(CreateUserPoolInput))]
[JsonSerializable(typeof(DeleteUserAttributesInput))]
[JsonSerializable(typeof(EmptyOutput))]
[JsonSerializable(typeof(GetTokensFromRefreshTokenInput))]
[JsonSerializable(typeof(GetTokensFromRefreshTokenOutput))]
[JsonSerializable(typeof(GetUserAttributeVerificationCodeInput))]
[JsonSerializable(typeof(GetUserOutput))]
[JsonSerializable(typeof(GroupInput))]
[JsonSerializable(typeof(GroupMemberInput))]
[JsonSerializable(typeof(GroupOutput))]
[JsonSerializable(typeof(InitiateAuthInput))]
[JsonSerializable(typeof(ListGroupsInput))]
[JsonSerializable(typeof(ListGroupsOutput))]
[JsonSerializable(typeof(ListTagsForResourceInput))]
[JsonSerializable(typeof(ListTagsForResourceOutput))]
[JsonSerializable(typeof(ListUserPoolClientsInput))]
[JsonSerializable(typeof(ListUserPoolClientsOutput))]
[JsonSerializable(typeof(ListUserPoolsInput))]
[JsonSerializable(typeof(ListUserPoolsOutput))]
[JsonSerializable(typeof(ListUsersInGroupInput))]
[JsonSerializable(typeof(ListUsersInGroupOutput))]
[JsonSerializable(typeof(ListUsersInput))]
[JsonSerializable(typeof(ListUsersOutput))]
[JsonSerializable(typeof(RespondToAuthChallengeInput))]
[JsonSerializable(typeof(RevokeTokenInput))]
[JsonSerializable(typeof(SetUserPoolMfaConfigInput))]
[JsonSerializable(typeof(SignInOutput))]
[JsonSerializable(typeof(SignUpInput))]
[JsonSerializable(typeof(SignUpOutput))]
[JsonSerializable(typeof(TagResourceInput))]
[JsonSerializable(typeof(UntagResourceInput))]
[JsonSerializable(typeof(UpdateUserAttributesInput))]
[JsonSerializable(typeof(UpdateUserAttributesOutput))]
[JsonSerializable(typeof(UpdateUserPoolClientInput))]
[JsonSerializable(typeof(UpdateUserPoolInput))]
[JsonSerializable(typeof(UserPoolClientIdInput))]
[JsonSerializable(typeof(UserPoolClientOutput))]
[JsonSerializable(typeof(UserPoolIdInput))]
[JsonSerializable(typeof(UserPoolMfaConfigOutput))]
[JsonSerializable(typeof(UserPoolOutput))]
[JsonSerializable(typeof(VerifyUserAttributeInput))]
internal sealed partial class CognitoUserPoolJson : JsonSerializerContext;
