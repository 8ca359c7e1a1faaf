using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>App clients: created, described, changed, deleted, listed.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolClient.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolClient.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClients.html
/// </remarks>
internal static class UserPoolClients
{
    public static async ValueTask<UserPoolClientOutput> CreateAsync(CognitoUserPoolService service, Call call, CreateUserPoolClientInput input)
    {
        new ShapeCheck()
            .Required("userPoolId", input.UserPoolId, Shapes.UserPoolId)
            .Required("clientName", input.ClientName, Shapes.ClientName)
            .Optional("clientSecret", input.ClientSecret, Shapes.ClientSecret)
            .Done();
        var bare = new UserPoolClient
        {
            UserPoolId = input.UserPoolId!,
            ClientId = service.Ids.LowerAlphanumeric(26),
            ClientSecret = input.ClientSecret ?? (input.GenerateSecret == true ? service.Ids.LowerAlphanumeric(52) : null),
            CreationDate = call.Now,
            LastModifiedDate = call.Now,
        };
        var client = await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            var created = UserPoolRules.Apply("CreateUserPoolClient", bare, input);
            UserPoolRules.CheckAttributeLists(pool, created);
            var inPool = write.Range(UserPoolStore.Clients, KeyRange.Prefix(UserPoolStore.PoolKey(pool))).Count();
            if (inPool >= CognitoLimits.ClientsPerPool) throw CognitoErrors.LimitExceeded("The maximum number of clients for the user pool has been reached.");
            UserPoolStore.PutClient(write, pool, created);
            return created;
        });
        return new(UserPoolClientType.Of(client));
    }

    public static UserPoolClientOutput Describe(CognitoUserPoolService service, Call call, UserPoolClientIdInput input)
    {
        input.Check();
        using var snapshot = service.Store.Snapshot();
        var pool = UserPoolStore.Get(snapshot, call, input.UserPoolId);
        return new(UserPoolClientType.Of(UserPoolStore.GetClient(snapshot, pool, input.ClientId!)));
    }

    public static async ValueTask<UserPoolClientOutput> UpdateAsync(CognitoUserPoolService service, Call call, UpdateUserPoolClientInput input)
    {
        new UserPoolClientIdInput(input.UserPoolId, input.ClientId).Check();
        var client = await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            var stored = UserPoolStore.GetClient(write, pool, input.ClientId!);
            var updated = UserPoolRules.Apply("UpdateUserPoolClient", stored, input) with { LastModifiedDate = call.Now };
            UserPoolRules.CheckAttributeLists(pool, updated);
            UserPoolStore.PutClient(write, pool, updated);
            return updated;
        });
        return new(UserPoolClientType.Of(client));
    }

    public static async ValueTask<EmptyOutput> DeleteAsync(CognitoUserPoolService service, Call call, UserPoolClientIdInput input)
    {
        input.Check();
        await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, input.UserPoolId);
            UserPoolStore.DeleteClient(write, pool, UserPoolStore.GetClient(write, pool, input.ClientId!).ClientId);
            return true;
        });
        return new();
    }

    public static ListUserPoolClientsOutput List(CognitoUserPoolService service, Call call, ListUserPoolClientsInput input)
    {
        new ShapeCheck()
            .Required("userPoolId", input.UserPoolId, Shapes.UserPoolId)
            .Range("maxResults", input.MaxResults, 1, CognitoLimits.PageSize)
            .Optional("nextToken", input.NextToken, Shapes.PageToken)
            .Done();
        using var snapshot = service.Store.Snapshot();
        var pool = UserPoolStore.Get(snapshot, call, input.UserPoolId);
        var page = Page.Read(snapshot, UserPoolStore.Clients, UserPoolStore.PoolKey(pool), input.NextToken, input.MaxResults ?? CognitoLimits.PageSize,
            entry => Rows.Read(entry.Value, CognitoStateJson.Default.UserPoolClient), Groups.InvalidToken);
        return new([.. page.Items.Select(client => new UserPoolClientDescription(client.ClientId, client.UserPoolId, client.ClientName))], page.NextToken);
    }
}

internal sealed record CreateUserPoolClientInput : UserPoolClientSettings
{
    public string? UserPoolId { get; init; }
    public bool? GenerateSecret { get; init; }
    public string? ClientSecret { get; init; }
}

internal sealed record UpdateUserPoolClientInput : UserPoolClientSettings
{
    public string? UserPoolId { get; init; }
    public string? ClientId { get; init; }
}

internal sealed record UserPoolClientIdInput(string? UserPoolId, string? ClientId)
{
    public void Check() => new ShapeCheck()
        .Required("userPoolId", UserPoolId, Shapes.UserPoolId)
        .Required("clientId", ClientId, Shapes.ClientId)
        .Done();
}

internal sealed record ListUserPoolClientsInput(string? UserPoolId, int? MaxResults, string? NextToken);

internal sealed record ListUserPoolClientsOutput(IReadOnlyList<UserPoolClientDescription> UserPoolClients, string? NextToken);

internal sealed record UserPoolClientDescription(string ClientId, string UserPoolId, string? ClientName);

internal sealed record UserPoolClientOutput(UserPoolClientType UserPoolClient);

/// <summary>A client as it is described.</summary>
internal sealed record UserPoolClientType : UserPoolClientSettings
{
    public UserPoolClientType() { }

    private UserPoolClientType(UserPoolClientSettings settings) : base(settings) { }

    public string? UserPoolId { get; init; }
    public string? ClientId { get; init; }
    public string? ClientSecret { get; init; }
    public double LastModifiedDate { get; init; }
    public double CreationDate { get; init; }

    public static UserPoolClientType Of(UserPoolClient client) => new(client)
    {
        UserPoolId = client.UserPoolId,
        ClientId = client.ClientId,
        ClientSecret = client.ClientSecret,
        LastModifiedDate = client.LastModifiedDate.ToEpochSeconds(),
        CreationDate = client.CreationDate.ToEpochSeconds(),
        // Observed: an empty object where no unit was set.
        TokenValidityUnits = client.TokenValidityUnits ?? new(null, null, null),
    };
}
