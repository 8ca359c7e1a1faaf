using System.Text.Json.Serialization;
using Emulator.ApplicationAutoScaling.Targets;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.ApplicationAutoScaling.Operations;

/// <summary>The tags of a target: set, removed, listed.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TagResource.html
/// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_UntagResource.html
/// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ListTagsForResource.html
/// </remarks>
internal static class Tags
{
    public static async ValueTask<EmptyOutput> TagAsync(ApplicationAutoScalingService service, Call call, TagResourceInput input)
    {
        var constraints = new Constraints().Required("resourceARN", input.ResourceArn).Text("resourceARN", input.ResourceArn, 1011).Required("tags", input.Tags);
        foreach (var (key, value) in input.Tags ?? []) Check(constraints, key, value);
        constraints.Done();
        await ChangeAsync(service, call, input.ResourceArn!, tags =>
        {
            foreach (var (key, value) in input.Tags!) tags[key] = value;
        });
        return new();
    }

    public static async ValueTask<EmptyOutput> UntagAsync(ApplicationAutoScalingService service, Call call, UntagResourceInput input)
    {
        var constraints = new Constraints().Required("resourceARN", input.ResourceArn).Text("resourceARN", input.ResourceArn, 1011).Required("tagKeys", input.TagKeys).Count("tagKeys", input.TagKeys, 200);
        foreach (var key in input.TagKeys ?? []) constraints.Required("tagKeys.member", key);
        constraints.Done();
        await ChangeAsync(service, call, input.ResourceArn!, tags =>
        {
            foreach (var key in input.TagKeys!) tags.Remove(key);
        });
        return new();
    }

    public static ListTagsForResourceOutput List(ApplicationAutoScalingService service, Call call, ListTagsForResourceInput input)
    {
        new Constraints().Required("resourceARN", input.ResourceArn).Text("resourceARN", input.ResourceArn, 1011).Done();
        using var snapshot = service.Store.Snapshot();
        return new(Find(snapshot, call, input.ResourceArn!).Tags);
    }

    /// <summary>The tags of a new target.</summary>
    public static void Check(string arn, Dictionary<string, string> tags)
    {
        var constraints = new Constraints();
        foreach (var (key, value) in tags) Check(constraints, key, value);
        constraints.Done();
        if (tags.Count > ApplicationAutoScalingLimits.TagsPerTarget) throw ApplicationAutoScalingErrors.TooManyTags(arn);
    }

    private static void Check(Constraints constraints, string key, string? value) =>
        constraints.Text($"tags.{key}.key", key, 128).Required($"tags.{key}.member", value).Text($"tags.{key}.member", value is "" ? null : value, 256);

    private static ValueTask<bool> ChangeAsync(ApplicationAutoScalingService service, Call call, string arn, Action<Dictionary<string, string>> change) => service.Store.WriteAsync(write =>
    {
        var target = Find(write, call, arn);
        var tags = new Dictionary<string, string>(target.Tags);
        change(tags);
        if (tags.Count > ApplicationAutoScalingLimits.TagsPerTarget) throw ApplicationAutoScalingErrors.TooManyTags(arn);
        AutoScalingStore.Put(write, target with { Tags = tags });
        return true;
    });

    private static ScalableTarget Find(IReader reader, Call call, string arn)
    {
        foreach (var entry in reader.Range(AutoScalingStore.Targets, KeyRange.Prefix(StoreKey.Of(call.Account, call.Region))))
        {
            var target = AutoScalingStore.Read(entry.Value, ApplicationAutoScalingJson.Default.ScalableTarget);
            if (target.Id.Arn == arn) return target;
        }
        throw ApplicationAutoScalingErrors.ResourceNotFound(arn);
    }
}

internal sealed record TagResourceInput([property: JsonPropertyName("ResourceARN")] string? ResourceArn, Dictionary<string, string>? Tags);

internal sealed record UntagResourceInput([property: JsonPropertyName("ResourceARN")] string? ResourceArn, IReadOnlyList<string>? TagKeys);

internal sealed record ListTagsForResourceInput([property: JsonPropertyName("ResourceARN")] string? ResourceArn);

internal sealed record ListTagsForResourceOutput(IReadOnlyDictionary<string, string> Tags);
