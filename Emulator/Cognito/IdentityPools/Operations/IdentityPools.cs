using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.Cognito.IdentityPools.Operations;

/// <summary>Identity pools: created, described, changed, deleted, listed.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_CreateIdentityPool.html
/// https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DescribeIdentityPool.html
/// https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_UpdateIdentityPool.html
/// https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DeleteIdentityPool.html
/// https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_ListIdentityPools.html
/// </remarks>
internal static class IdentityPools
{
    public static async ValueTask<IdentityPoolOutput> CreateAsync(CognitoIdentityService service, Call call, IdentityPoolInput input)
    {
        Check(input, new ShapeCheck());
        Refuse("CreateIdentityPool", input);
        var pool = With(new IdentityPool { Account = call.Account, Region = call.Region, Id = $"{call.Region}:{service.Ids.Uuid()}" }, input);
        await service.Store.WriteAsync(write =>
        {
            var inRegion = write.Range(IdentityStore.Pools, KeyRange.Prefix(StoreKey.Of(call.Account, call.Region))).Count();
            if (inRegion >= CognitoIdentityLimits.PoolsPerRegion) throw new AwsException("LimitExceededException", "The maximum number of identity pools has been reached.");
            IdentityStore.PutPool(write, pool);
            return true;
        });
        return IdentityPoolOutput.Of(pool);
    }

    public static IdentityPoolOutput Describe(CognitoIdentityService service, Call call, IdentityPoolIdInput input)
    {
        input.Check();
        using var snapshot = service.Store.Snapshot();
        return IdentityPoolOutput.Of(IdentityStore.GetPool(snapshot, call, input.IdentityPoolId));
    }

    public static async ValueTask<IdentityPoolOutput> UpdateAsync(CognitoIdentityService service, Call call, IdentityPoolInput input)
    {
        Check(input, new ShapeCheck().Required("identityPoolId", input.IdentityPoolId, IdentityShapes.PoolId));
        Refuse("UpdateIdentityPool", input);
        var pool = await service.Store.WriteAsync(write =>
        {
            var updated = With(IdentityStore.GetPool(write, call, input.IdentityPoolId), input);
            IdentityStore.PutPool(write, updated);
            return updated;
        });
        return IdentityPoolOutput.Of(pool);
    }

    public static async ValueTask<EmptyOutput> DeleteAsync(CognitoIdentityService service, Call call, IdentityPoolIdInput input)
    {
        input.Check();
        await service.Store.WriteAsync(write =>
        {
            IdentityStore.DeletePool(write, IdentityStore.GetPool(write, call, input.IdentityPoolId));
            return true;
        });
        return new();
    }

    public static ListIdentityPoolsOutput List(CognitoIdentityService service, Call call, ListIdentityPoolsInput input)
    {
        new ShapeCheck()
            .Present("maxResults", input.MaxResults)
            .Range("maxResults", input.MaxResults, 1, CognitoIdentityLimits.PageSize)
            .Optional("nextToken", input.NextToken, IdentityShapes.PageToken)
            .Done();
        using var snapshot = service.Store.Snapshot();
        var page = Page.Read(snapshot, IdentityStore.Pools, StoreKey.Of(call.Account, call.Region), input.NextToken, input.MaxResults!.Value,
            entry => Rows.Read(entry.Value, CognitoStateJson.Default.IdentityPool), () => CognitoIdentityErrors.InvalidParameter("Invalid NextToken."));
        return new([.. page.Items.Select(pool => new IdentityPoolShortDescription(pool.Id, pool.IdentityPoolName))], page.NextToken);
    }

    private static void Check(IdentityPoolInput input, ShapeCheck check)
    {
        check
            .Required("identityPoolName", input.IdentityPoolName, IdentityShapes.PoolName)
            .Present("allowUnauthenticatedIdentities", input.AllowUnauthenticatedIdentities)
            .NoNulls("cognitoIdentityProviders", input.CognitoIdentityProviders);
        for (var i = 0; i < input.CognitoIdentityProviders?.Count; i++)
        {
            check.Optional($"cognitoIdentityProviders.{i + 1}.member.providerName", input.CognitoIdentityProviders[i]?.ProviderName, IdentityShapes.ProviderName);
            check.Optional($"cognitoIdentityProviders.{i + 1}.member.clientId", input.CognitoIdentityProviders[i]?.ClientId, IdentityShapes.ClientId);
        }
        check.Done();
    }

    /// <summary>Providers other than user pools.</summary>
    private static void Refuse(string operation, IdentityPoolSettings settings)
    {
        if (settings.SupportedLoginProviders is { Count: > 0 }) throw Errors.NotImplemented(operation, "SupportedLoginProviders");
        if (settings.DeveloperProviderName is not null) throw Errors.NotImplemented(operation, "DeveloperProviderName");
        if (settings.OpenIdConnectProviderArns is { Count: > 0 }) throw Errors.NotImplemented(operation, "OpenIdConnectProviderARNs");
        if (settings.SamlProviderArns is { Count: > 0 }) throw Errors.NotImplemented(operation, "SamlProviderARNs");
    }

    private static IdentityPool With(IdentityPool pool, IdentityPoolSettings settings) => pool with
    {
        IdentityPoolName = settings.IdentityPoolName,
        AllowUnauthenticatedIdentities = settings.AllowUnauthenticatedIdentities,
        AllowClassicFlow = settings.AllowClassicFlow,
        CognitoIdentityProviders = settings.CognitoIdentityProviders,
        IdentityPoolTags = settings.IdentityPoolTags ?? pool.IdentityPoolTags,
    };
}

internal sealed record IdentityPoolInput : IdentityPoolSettings
{
    public string? IdentityPoolId { get; init; }
}

internal sealed record IdentityPoolOutput : IdentityPoolSettings
{
    public IdentityPoolOutput() { }

    private IdentityPoolOutput(IdentityPoolSettings settings) : base(settings) { }

    public string? IdentityPoolId { get; init; }

    public static IdentityPoolOutput Of(IdentityPool pool) => new(pool) { IdentityPoolId = pool.Id, IdentityPoolTags = pool.IdentityPoolTags ?? [] };
}

internal sealed record IdentityPoolIdInput(string? IdentityPoolId)
{
    public void Check() => new ShapeCheck().Required("identityPoolId", IdentityPoolId, IdentityShapes.PoolId).Done();
}

internal sealed record ListIdentityPoolsInput(int? MaxResults, string? NextToken);

internal sealed record ListIdentityPoolsOutput(IReadOnlyList<IdentityPoolShortDescription> IdentityPools, string? NextToken);

internal sealed record IdentityPoolShortDescription(string IdentityPoolId, string? IdentityPoolName);

/// <summary>An answer without members.</summary>
internal sealed record EmptyOutput;
