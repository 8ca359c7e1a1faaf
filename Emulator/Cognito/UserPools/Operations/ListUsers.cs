using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>Lists the users of a pool, all or those of whom a filter holds.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html</remarks>
internal static class ListUsers
{
    public static ListUsersOutput Execute(CognitoUserPoolService service, Call call, ListUsersInput input)
    {
        new ShapeCheck()
            .Required("userPoolId", input.UserPoolId, Shapes.UserPoolId)
            .Range("limit", input.Limit, 0, CognitoLimits.PageSize)
            .Optional("paginationToken", input.PaginationToken, Shapes.PageToken)
            .Optional("filter", input.Filter, Shapes.Filter)
            .Done();
        using var snapshot = service.Store.Snapshot();
        var pool = UserPoolStore.Get(snapshot, call, input.UserPoolId);
        var filter = UserFilter.Parse(pool, input.Filter);
        if (input.AttributesToGet?.Any(name => AttributeSchema.Find(pool, name) is null) == true) throw CognitoErrors.InvalidParameter("One or more requested attributes do not exist.");
        var limit = input.Limit is null or 0 ? CognitoLimits.PageSize : input.Limit.Value;
        var page = Page.Read(snapshot, UserStore.Users, UserPoolStore.PoolKey(pool), input.PaginationToken, limit,
            entry => Rows.Read(entry.Value, CognitoStateJson.Default.User) is var user && filter.Matches(user) ? Describe(user, input.AttributesToGet) : null,
            () => CognitoErrors.InvalidParameter("Invalid pagination token."));
        return new(page.Items, page.NextToken);
    }

    private static UserType Describe(User user, IReadOnlyList<string>? attributesToGet)
    {
        var type = UserType.Of(user);
        return attributesToGet is { Count: > 0 } ? type with { Attributes = [.. type.Attributes.Where(attribute => attributesToGet.Contains(attribute.Name))] } : type;
    }
}

internal sealed record ListUsersInput
{
    public string? UserPoolId { get; init; }
    public IReadOnlyList<string>? AttributesToGet { get; init; }
    public int? Limit { get; init; }
    public string? PaginationToken { get; init; }
    public string? Filter { get; init; }
}

internal sealed record ListUsersOutput(IReadOnlyList<UserType> Users, string? PaginationToken);
