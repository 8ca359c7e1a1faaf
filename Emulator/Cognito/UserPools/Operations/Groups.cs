using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>The groups of a pool: created, read, changed, deleted, listed.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetGroup.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateGroup.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteGroup.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListGroups.html
/// </remarks>
internal static class Groups
{
    public static async ValueTask<GroupOutput> CreateAsync(CognitoUserPoolService service, Call call, GroupInput input)
    {
        input.Check();
        var group = await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            if (UserPoolStore.FindGroup(write, pool, input.GroupName!) is not null) throw CognitoErrors.GroupExists();
            var inPool = write.Range(UserPoolStore.Groups, Storage.KeyRange.Prefix(UserPoolStore.PoolKey(pool))).Count();
            if (inPool >= CognitoLimits.GroupsPerPool) throw CognitoErrors.LimitExceeded("The maximum number of groups for the user pool has been reached.");
            var created = new Group
            {
                GroupName = input.GroupName!,
                UserPoolId = pool.Id,
                Description = input.Description,
                RoleArn = input.RoleArn,
                Precedence = input.Precedence,
                CreationDate = call.Now,
                LastModifiedDate = call.Now,
            };
            UserPoolStore.PutGroup(write, pool, created);
            return created;
        });
        return new(GroupType.Of(group));
    }

    public static GroupOutput Get(CognitoUserPoolService service, Call call, GroupInput input)
    {
        input.Check();
        using var snapshot = service.Store.Snapshot();
        return new(GroupType.Of(UserPoolStore.GetGroup(snapshot, UserPoolStore.Get(snapshot, call, input.UserPoolId), input.GroupName)));
    }

    public static async ValueTask<GroupOutput> UpdateAsync(CognitoUserPoolService service, Call call, GroupInput input)
    {
        input.Check();
        var group = await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            var stored = UserPoolStore.GetGroup(write, pool, input.GroupName);
            var updated = stored with
            {
                Description = input.Description ?? stored.Description,
                RoleArn = input.RoleArn ?? stored.RoleArn,
                Precedence = input.Precedence ?? stored.Precedence,
                LastModifiedDate = call.Now,
            };
            UserPoolStore.PutGroup(write, pool, updated);
            return updated;
        });
        return new(GroupType.Of(group));
    }

    public static async ValueTask<EmptyOutput> DeleteAsync(CognitoUserPoolService service, Call call, GroupInput input)
    {
        input.Check();
        await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            UserPoolStore.DeleteGroup(write, pool, UserPoolStore.GetGroup(write, pool, input.GroupName).GroupName);
            return true;
        });
        return new();
    }

    public static ListGroupsOutput List(CognitoUserPoolService service, Call call, ListGroupsInput input)
    {
        new ShapeCheck()
            .Required("userPoolId", input.UserPoolId, Shapes.UserPoolId)
            .Range("limit", input.Limit, 0, CognitoLimits.PageSize)
            .Optional("nextToken", input.NextToken, Shapes.PageToken)
            .Done();
        using var snapshot = service.Store.Snapshot();
        var pool = UserPoolStore.Get(snapshot, call, input.UserPoolId);
        var page = Page.Read(snapshot, UserPoolStore.Groups, UserPoolStore.PoolKey(pool), input.NextToken, input.Limit is null or 0 ? CognitoLimits.PageSize : input.Limit.Value,
            entry => GroupType.Of(Rows.Read(entry.Value, CognitoStateJson.Default.Group)), InvalidToken);
        return new(page.Items, page.NextToken);
    }

    public static AwsException InvalidToken() => CognitoErrors.InvalidParameter("Invalid pagination token.");
}

internal sealed record GroupInput
{
    public string? GroupName { get; init; }
    public string? UserPoolId { get; init; }
    public string? Description { get; init; }
    public string? RoleArn { get; init; }
    public int? Precedence { get; init; }

    public void Check() => new ShapeCheck()
        .Required("groupName", GroupName, Shapes.GroupName)
        .Required("userPoolId", UserPoolId, Shapes.UserPoolId)
        .Optional("description", Description, Shapes.Description)
        .Optional("roleArn", RoleArn, Shapes.Arn)
        .Range("precedence", Precedence, 0, int.MaxValue)
        .Done();
}

internal sealed record GroupOutput(GroupType Group);

internal sealed record ListGroupsInput(string? UserPoolId, int? Limit, string? NextToken);

internal sealed record ListGroupsOutput(IReadOnlyList<GroupType> Groups, string? NextToken);

internal sealed record GroupType
{
    public required string GroupName { get; init; }
    public required string UserPoolId { get; init; }
    public string? Description { get; init; }
    public string? RoleArn { get; init; }
    public int? Precedence { get; init; }
    public required double LastModifiedDate { get; init; }
    public required double CreationDate { get; init; }

    public static GroupType Of(Group group) => new()
    {
        GroupName = group.GroupName,
        UserPoolId = group.UserPoolId,
        Description = group.Description,
        RoleArn = group.RoleArn,
        Precedence = group.Precedence,
        LastModifiedDate = group.LastModifiedDate.ToEpochSeconds(),
        CreationDate = group.CreationDate.ToEpochSeconds(),
    };
}
