using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Emulator.ApplicationAutoScaling.Activities;
using Emulator.ApplicationAutoScaling.Policies;
using Emulator.ApplicationAutoScaling.Schedules;
using Emulator.ApplicationAutoScaling.Targets;
using Emulator.Storage;

namespace Emulator.ApplicationAutoScaling;

/// <summary>Targets, policies, scheduled actions and activities as they lie in the store.</summary>
internal static class AutoScalingStore
{
    public static readonly Space Targets = new("autoscaling.targets");
    public static readonly Space Policies = new("autoscaling.policies");
    public static readonly Space Schedules = new("autoscaling.schedules");
    public static readonly Space Activities = new("autoscaling.activities");

    private static readonly ApplicationAutoScalingJson Json = ApplicationAutoScalingJson.Default;

    public static ScalableTarget? Target(IReader reader, TargetId id) => Find(reader, Targets, id.Key, Json.ScalableTarget);

    public static void Put(IWriteTransaction write, ScalableTarget target) => Put(write, Targets, target.Id.Key, target, Json.ScalableTarget);

    public static ScalingPolicy? Policy(IReader reader, TargetId target, string name) => Find(reader, Policies, PartOf(target, name), Json.ScalingPolicy);

    public static void Put(IWriteTransaction write, ScalingPolicy policy) => Put(write, Policies, PartOf(policy.Target, policy.Name), policy, Json.ScalingPolicy);

    public static ScheduledAction? Schedule(IReader reader, TargetId target, string name) => Find(reader, Schedules, PartOf(target, name), Json.ScheduledAction);

    public static void Put(IWriteTransaction write, ScheduledAction action) => Put(write, Schedules, PartOf(action.Target, action.Name), action, Json.ScheduledAction);

    /// <summary>Removes a target with its policies and scheduled actions; its activities stay.</summary>
    public static void Delete(IWriteTransaction write, TargetId target)
    {
        write.Delete(Targets, target.Key);
        write.DeleteRange(Policies, KeyRange.Prefix(target.Key));
        write.DeleteRange(Schedules, KeyRange.Prefix(target.Key));
    }

    /// <summary>The key of a policy or scheduled action.</summary>
    public static byte[] PartOf(TargetId target, string name) => [.. target.Key, .. StoreKey.Of(name)];

    /// <summary>Adds an activity behind those that are there, and forgets what is too old to be told.</summary>
    public static void Add(IWriteTransaction write, ScalingActivity activity)
    {
        var prefix = StoreKey.Of(activity.Target.Account, activity.Target.Region);
        var time = activity.Started.UtcTicks;
        foreach (var last in write.Range(Activities, KeyRange.Prefix(prefix), descending: true))
        {
            time = Math.Max(time, TimeOf(last.Key.Span) + 1); // two at one moment keep their order
            break;
        }
        write.DeleteRange(Activities, new(prefix, AtTime(prefix, (activity.Started - ApplicationAutoScalingLimits.ActivityRetention).UtcTicks)));
        Put(write, Activities, AtTime(prefix, time), activity, Json.ScalingActivity);
    }

    /// <summary>The activities of an account and region, the latest first.</summary>
    public static IEnumerable<ScalingActivity> LatestActivities(IReader reader, string account, string region) =>
        reader.Range(Activities, KeyRange.Prefix(StoreKey.Of(account, region)), descending: true).Select(entry => Read(entry.Value, Json.ScalingActivity));

    public static IEnumerable<ScalingPolicy> AllPolicies(IReader reader) => reader.Range(Policies, KeyRange.All).Select(entry => Read(entry.Value, Json.ScalingPolicy));

    public static IEnumerable<ScheduledAction> AllSchedules(IReader reader) => reader.Range(Schedules, KeyRange.All).Select(entry => Read(entry.Value, Json.ScheduledAction));

    public static IEnumerable<ScalableTarget> AllTargets(IReader reader) => reader.Range(Targets, KeyRange.All).Select(entry => Read(entry.Value, Json.ScalableTarget));

    public static T Read<T>(ReadOnlyMemory<byte> value, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(value.Span, type) ?? throw new InvalidOperationException($"A row of {typeof(T).Name} is null.");

    private static T? Find<T>(IReader reader, Space space, byte[] key, JsonTypeInfo<T> type) where T : class =>
        reader.TryGet(space, key, out var value) ? Read(value, type) : null;

    private static void Put<T>(IWriteTransaction write, Space space, byte[] key, T row, JsonTypeInfo<T> type) =>
        write.Put(space, key, JsonSerializer.SerializeToUtf8Bytes(row, type));

    private static byte[] AtTime(byte[] prefix, long ticks)
    {
        var key = new byte[prefix.Length + 8];
        prefix.CopyTo(key, 0);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(prefix.Length), ticks);
        return key;
    }

    private static long TimeOf(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadInt64BigEndian(key[^8..]);
}
