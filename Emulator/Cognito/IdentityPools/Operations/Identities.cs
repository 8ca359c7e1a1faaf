using Emulator.Protocols;

namespace Emulator.Cognito.IdentityPools.Operations;

/// <summary>The identities of a pool: described, listed, deleted.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DescribeIdentity.html
/// https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_ListIdentities.html
/// https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DeleteIdentities.html
/// </remarks>
internal static class Identities
{
    public static IdentityDescription Describe(CognitoIdentityService service, Call call, IdentityIdInput input)
    {
        new ShapeCheck().Required("identityId", input.IdentityId, IdentityShapes.IdentityId).Done();
        using var snapshot = service.Store.Snapshot();
        var identity = IdentityStore.Get(snapshot, input.IdentityId);
        return IsOfCaller(snapshot, call, identity) ? IdentityDescription.Of(identity) : throw CognitoIdentityErrors.IdentityNotFound(identity.Id);
    }

    public static ListIdentitiesOutput List(CognitoIdentityService service, Call call, ListIdentitiesInput input)
    {
        new ShapeCheck()
            .Required("identityPoolId", input.IdentityPoolId, IdentityShapes.PoolId)
            .Present("maxResults", input.MaxResults)
            .Range("maxResults", input.MaxResults, 1, CognitoIdentityLimits.PageSize)
            .Optional("nextToken", input.NextToken, IdentityShapes.PageToken)
            .Done();
        using var snapshot = service.Store.Snapshot();
        var pool = IdentityStore.GetPool(snapshot, call, input.IdentityPoolId);
        var page = Page.Read(snapshot, IdentityStore.Identities, IdentityStore.PoolKey(pool), input.NextToken, input.MaxResults!.Value,
            entry => IdentityDescription.Of(Rows.Read(entry.Value, CognitoStateJson.Default.Identity)), () => CognitoIdentityErrors.InvalidParameter("Invalid NextToken."));
        return new(pool.Id, page.Items, page.NextToken);
    }

    public static async ValueTask<DeleteIdentitiesOutput> DeleteAsync(CognitoIdentityService service, Call call, DeleteIdentitiesInput input)
    {
        new ShapeCheck()
            .Present("identityIdsToDelete", input.IdentityIdsToDelete)
            .NoNulls("identityIdsToDelete", input.IdentityIdsToDelete)
            .Range("identityIdsToDelete.size", input.IdentityIdsToDelete?.Count, 1, CognitoIdentityLimits.IdentitiesPerDelete)
            .Done();
        var failed = await service.Store.WriteAsync(write =>
        {
            var unprocessed = new List<UnprocessedIdentityId>();
            foreach (var id in input.IdentityIdsToDelete!)
            {
                if (IdentityStore.Find(write, id) is { } identity && IsOfCaller(write, call, identity)) IdentityStore.Delete(write, IdentityStore.GetPool(write, identity.IdentityPoolId), identity);
                else unprocessed.Add(new(id, "AccessDenied"));
            }
            return unprocessed;
        });
        return new(failed);
    }

    private static bool IsOfCaller(Storage.IReader reader, Call call, Identity identity) =>
        IdentityStore.FindPool(reader, identity.IdentityPoolId) is { } pool && pool.Account == call.Account;
}

internal sealed record IdentityIdInput(string? IdentityId);

internal sealed record ListIdentitiesInput(string? IdentityPoolId, int? MaxResults, string? NextToken, bool? HideDisabled);

internal sealed record ListIdentitiesOutput(string IdentityPoolId, IReadOnlyList<IdentityDescription> Identities, string? NextToken);

internal sealed record DeleteIdentitiesInput(IReadOnlyList<string>? IdentityIdsToDelete);

internal sealed record DeleteIdentitiesOutput(IReadOnlyList<UnprocessedIdentityId> UnprocessedIdentityIds);

internal sealed record UnprocessedIdentityId(string IdentityId, string ErrorCode);

internal sealed record IdentityDescription(string IdentityId, IReadOnlyList<string> Logins, double CreationDate, double LastModifiedDate)
{
    public static IdentityDescription Of(Identity identity) =>
        new(identity.Id, [.. identity.Logins.Keys], identity.CreationDate.ToEpochSeconds(), identity.LastModifiedDate.ToEpochSeconds());
}
