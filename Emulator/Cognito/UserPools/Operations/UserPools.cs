using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Pools: described, changed, deleted, listed.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPool.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPool.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPools.html
/// </remarks>
internal static class UserPools
{
    public static UserPoolOutput Describe(CognitoUserPoolService service, Call call, UserPoolIdInput input)
    {
        input.Check();
        using var snapshot = service.Store.Snapshot();
        var pool = UserPoolStore.Get(snapshot, call, input.UserPoolId);
        return new(UserPoolType.Of(pool, UserStore.Count(snapshot, pool)));
    }

    public static async ValueTask<EmptyOutput> UpdateAsync(CognitoUserPoolService service, Call call, UpdateUserPoolInput input)
    {
        new ShapeCheck()
            .Required("userPoolId", input.UserPoolId, Shapes.UserPoolId)
            .Optional("poolName", input.PoolName, Shapes.PoolName)
            .Done();
        await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            var updated = UserPoolRules.Apply("UpdateUserPool", pool, input) with { Name = input.PoolName ?? pool.Name, LastModifiedDate = call.Now };
            // Observed: the protection stays as it is where the request does not speak of it.
            UserPoolStore.Put(write, updated with { DeletionProtection = input.DeletionProtection ?? pool.DeletionProtection });
            return true;
        });
        return new();
    }

    public static async ValueTask<EmptyOutput> DeleteAsync(CognitoUserPoolService service, Call call, UserPoolIdInput input)
    {
        input.Check();
        await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            if (pool.DeletionProtection == "ACTIVE")
            {
                throw CognitoErrors.InvalidParameter("The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.");
            }
            UserPoolStore.Delete(write, pool);
            return true;
        });
        return new();
    }

    public static ListUserPoolsOutput List(CognitoUserPoolService service, Call call, ListUserPoolsInput input)
    {
        new ShapeCheck()
            .Present("maxResults", input.MaxResults)
            .Range("maxResults", input.MaxResults, 1, CognitoLimits.PageSize)
            .Optional("nextToken", input.NextToken, Shapes.PageToken)
            .Done();
        using var snapshot = service.Store.Snapshot();
        var page = Page.Read(snapshot, UserPoolStore.Pools, StoreKey.Of(call.Account, call.Region), input.NextToken, input.MaxResults!.Value,
            entry => Rows.Read(entry.Value, CognitoStateJson.Default.UserPool), Groups.InvalidToken);
        return new([.. page.Items.Select(pool => new UserPoolDescription(pool.Id, pool.Name, [], pool.LastModifiedDate.ToEpochSeconds(), pool.CreationDate.ToEpochSeconds()))], page.NextToken);
    }
}

internal sealed record UserPoolIdInput(string? UserPoolId)
{
    public void Check() => new ShapeCheck().Required("userPoolId", UserPoolId, Shapes.UserPoolId).Done();
}

internal sealed record UpdateUserPoolInput : UserPoolSettings
{
    public string? UserPoolId { get; init; }
    public string? PoolName { get; init; }
}

internal sealed record ListUserPoolsInput(string? NextToken, int? MaxResults);

internal sealed record ListUserPoolsOutput(IReadOnlyList<UserPoolDescription> UserPools, string? NextToken);

internal sealed record UserPoolDescription(string Id, string Name, Dictionary<string, string> LambdaConfig, double LastModifiedDate, double CreationDate);
