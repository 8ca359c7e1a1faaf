using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Creates a user pool.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html</remarks>
internal static class CreateUserPool
{
    public static async ValueTask<UserPoolOutput> ExecuteAsync(CognitoUserPoolService service, Call call, CreateUserPoolInput input)
    {
        new ShapeCheck()
            .Required("poolName", input.PoolName, Shapes.PoolName)
            .NoNulls("schema", input.Schema)
            .EachOneOf("aliasAttributes", input.AliasAttributes, "phone_number", "email", "preferred_username")
            .EachOneOf("usernameAttributes", input.UsernameAttributes, "phone_number", "email")
            .Done();
        if (input.AliasAttributes is { Count: > 0 } && input.UsernameAttributes is { Count: > 0 }) throw CognitoErrors.InvalidParameter("Only one of the aliasAttributes or usernameAttributes can be set in a user pool.");
        var bare = new UserPool
        {
            Account = call.Account,
            Region = call.Region,
            Id = $"{call.Region}_{service.Ids.Alphanumeric(9)}",
            Name = input.PoolName!,
            CreationDate = call.Now,
            LastModifiedDate = call.Now,
            SessionKey = service.Ids.Bytes(32),
            Schema = [.. (input.Schema ?? []).Select(AttributeSchema.Declare)],
            AliasAttributes = input.AliasAttributes is { Count: > 0 } aliases ? aliases : null,
            UsernameAttributes = input.UsernameAttributes is { Count: > 0 } names ? names : null,
            UsernameConfiguration = input.UsernameConfiguration,
        };
        AddCustomAttributes.CheckNames(bare.Schema);
        var pool = UserPoolRules.Apply("CreateUserPool", bare, input);
        await service.Store.WriteAsync(write =>
        {
            var inRegion = write.Range(UserPoolStore.Pools, KeyRange.Prefix(StoreKey.Of(call.Account, call.Region))).Count();
            if (inRegion >= CognitoLimits.PoolsPerRegion) throw CognitoErrors.LimitExceeded("The maximum number of user pools has been reached.");
            UserPoolStore.Put(write, pool);
            return true;
        });
        return new(UserPoolType.Of(pool, users: 0));
    }
}

internal sealed record CreateUserPoolInput : UserPoolSettings
{
    public string? PoolName { get; init; }
    public IReadOnlyList<SchemaAttribute>? Schema { get; init; }
    public IReadOnlyList<string>? AliasAttributes { get; init; }
    public IReadOnlyList<string>? UsernameAttributes { get; init; }
    public UsernameConfiguration? UsernameConfiguration { get; init; }
}

internal sealed record UserPoolOutput(UserPoolType UserPool);

/// <summary>A pool as it is described.</summary>
internal sealed record UserPoolType : UserPoolSettings
{
    public UserPoolType() { }

    private UserPoolType(UserPoolSettings settings) : base(settings) { }

    public string? Id { get; init; }
    public string? Name { get; init; }
    public double LastModifiedDate { get; init; }
    public double CreationDate { get; init; }
    public IReadOnlyList<SchemaAttribute>? SchemaAttributes { get; init; }
    public IReadOnlyList<string>? AliasAttributes { get; init; }
    public IReadOnlyList<string>? UsernameAttributes { get; init; }
    public long EstimatedNumberOfUsers { get; init; }
    public UsernameConfiguration? UsernameConfiguration { get; init; }
    public string? Arn { get; init; }

    public static UserPoolType Of(UserPool pool, long users) => new(pool)
    {
        Id = pool.Id,
        Name = pool.Name,
        LastModifiedDate = pool.LastModifiedDate.ToEpochSeconds(),
        CreationDate = pool.CreationDate.ToEpochSeconds(),
        SchemaAttributes = [.. AttributeSchema.All(pool)],
        AliasAttributes = pool.AliasAttributes,
        UsernameAttributes = pool.UsernameAttributes,
        EstimatedNumberOfUsers = users,
        UsernameConfiguration = pool.UsernameConfiguration,
        Arn = pool.Arn,
    };
}
