using Emulator.Protocols;

namespace Emulator.Cognito.UserPools.Operations;

/// <summary>The tags of a pool: set, removed, listed.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_TagResource.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UntagResource.html
/// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListTagsForResource.html
/// </remarks>
internal static class Tags
{
    public static async ValueTask<EmptyOutput> TagAsync(CognitoUserPoolService service, Call call, TagResourceInput input)
    {
        new ShapeCheck().Required("resourceArn", input.ResourceArn, Shapes.Arn).Present("tags", input.Tags).NoNulls("tags", input.Tags?.Values).Done();
        await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, PoolId(input.ResourceArn!));
            var tags = new Dictionary<string, string>(pool.UserPoolTags ?? []);
            foreach (var (key, value) in input.Tags!) tags[key] = value;
            UserPoolStore.Put(write, pool with { UserPoolTags = tags });
            return true;
        });
        return new();
    }

    public static async ValueTask<EmptyOutput> UntagAsync(CognitoUserPoolService service, Call call, UntagResourceInput input)
    {
        new ShapeCheck().Required("resourceArn", input.ResourceArn, Shapes.Arn).Present("tagKeys", input.TagKeys).NoNulls("tagKeys", input.TagKeys).Done();
        await service.Store.WriteAsync(write =>
        {
            var pool = UserPoolStore.Get(write, call, PoolId(input.ResourceArn!));
            var tags = new Dictionary<string, string>(pool.UserPoolTags ?? []);
            foreach (var key in input.TagKeys!) tags.Remove(key);
            UserPoolStore.Put(write, pool with { UserPoolTags = tags });
            return true;
        });
        return new();
    }

    public static ListTagsForResourceOutput List(CognitoUserPoolService service, Call call, ListTagsForResourceInput input)
    {
        new ShapeCheck().Required("resourceArn", input.ResourceArn, Shapes.Arn).Done();
        using var snapshot = service.Store.Snapshot();
        return new(UserPoolStore.Get(snapshot, call, PoolId(input.ResourceArn!)).UserPoolTags ?? []);
    }

    private static string PoolId(string arn) => arn[(arn.LastIndexOf('/') + 1)..];
}

internal sealed record TagResourceInput(string? ResourceArn, Dictionary<string, string>? Tags);

internal sealed record UntagResourceInput(string? ResourceArn, IReadOnlyList<string>? TagKeys);

internal sealed record ListTagsForResourceInput(string? ResourceArn);

internal sealed record ListTagsForResourceOutput(Dictionary<string, string> Tags);
