using System.Text;
using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Who is in which group: added, removed, listed from both sides.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminAddUserToGroup.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRemoveUserFromGroup.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminListGroupsForUser.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsersInGroup.html
/// </remarks>
internal static class GroupMembers
{
    public static async ValueTask<EmptyOutput> AddAsync(CognitoUserPoolService service, Call call, GroupMemberInput input)
    {
        input.Check();
        await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            var user = UserStore.Get(write, pool, input.Username);
            var group = UserPoolStore.GetGroup(write, pool, input.GroupName);
            if (!UserStore.IsInGroup(write, pool, user, group.GroupName) && UserStore.GroupNames(write, pool, user).Count() >= CognitoLimits.GroupsPerUser)
            {
                throw CognitoErrors.LimitExceeded("The maximum number of groups for the user has been reached.");
            }
            UserStore.AddToGroup(write, pool, user, group.GroupName);
            return true;
        });
        return new();
    }

    public static async ValueTask<EmptyOutput> RemoveAsync(CognitoUserPoolService service, Call call, GroupMemberInput input)
    {
        input.Check();
        await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            var user = UserStore.Get(write, pool, input.Username);
            UserStore.RemoveFromGroup(write, pool, user, UserPoolStore.GetGroup(write, pool, input.GroupName).GroupName);
            return true;
        });
        return new();
    }

    public static ListGroupsOutput ListGroups(CognitoUserPoolService service, Call call, AdminListGroupsForUserInput input)
    {
        new ShapeCheck()
            .Required("username", input.Username, Shapes.Username)
            .Required("userPoolId", input.UserPoolId, Shapes.UserPoolId)
            .Range("limit", input.Limit, 0, CognitoLimits.PageSize)
            .Optional("nextToken", input.NextToken, Shapes.PageToken)
            .Done();
        using var snapshot = service.Store.Snapshot();
        var pool = UserPoolStore.Get(snapshot, call, input.UserPoolId);
        var user = UserStore.Get(snapshot, pool, input.Username);
        var page = Page.Read(snapshot, UserStore.Memberships, UserStore.GroupsPrefix(pool, user), input.NextToken, Limit(input.Limit),
            entry => UserPoolStore.FindGroup(snapshot, pool, Encoding.UTF8.GetString(entry.Value.Span)) is { } group ? GroupType.Of(group) : null, Groups.InvalidToken);
        return new(page.Items, page.NextToken);
    }

    public static ListUsersInGroupOutput ListUsers(CognitoUserPoolService service, Call call, ListUsersInGroupInput input)
    {
        new ShapeCheck()
            .Required("userPoolId", input.UserPoolId, Shapes.UserPoolId)
            .Required("groupName", input.GroupName, Shapes.GroupName)
            .Range("limit", input.Limit, 0, CognitoLimits.PageSize)
            .Optional("nextToken", input.NextToken, Shapes.PageToken)
            .Done();
        using var snapshot = service.Store.Snapshot();
        var pool = UserPoolStore.Get(snapshot, call, input.UserPoolId);
        var group = UserPoolStore.GetGroup(snapshot, pool, input.GroupName);
        var page = Page.Read(snapshot, UserStore.Memberships, UserStore.MembersPrefix(pool, group.GroupName), input.NextToken, Limit(input.Limit),
            entry => UserStore.ByUsername(snapshot, pool, Encoding.UTF8.GetString(entry.Value.Span)) is { } user ? UserType.Of(user) : null, Groups.InvalidToken);
        return new(page.Items, page.NextToken);
    }

    private static int Limit(int? limit) => limit is null or 0 ? CognitoLimits.PageSize : limit.Value;
}

internal sealed record GroupMemberInput(string? UserPoolId, string? Username, string? GroupName)
{
    public void Check() => new ShapeCheck()
        .Required("userPoolId", UserPoolId, Shapes.UserPoolId)
        .Required("username", Username, Shapes.Username)
        .Required("groupName", GroupName, Shapes.GroupName)
        .Done();
}

internal sealed record AdminListGroupsForUserInput(string? Username, string? UserPoolId, int? Limit, string? NextToken);

internal sealed record ListUsersInGroupInput(string? UserPoolId, string? GroupName, int? Limit, string? NextToken);

internal sealed record ListUsersInGroupOutput(IReadOnlyList<UserType> Users, string? NextToken);
