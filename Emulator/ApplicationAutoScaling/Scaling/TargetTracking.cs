using Emulator.ApplicationAutoScaling.Activities;
using Emulator.ApplicationAutoScaling.Policies;
using Emulator.ApplicationAutoScaling.Targets;
using Emulator.Integration;

namespace Emulator.ApplicationAutoScaling.Scaling;

/// <summary>Follows a policy: where its alarm goes off, the capacity becomes what makes the use of the last minutes the policy's target.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html</remarks>
internal sealed class TargetTracking(ServiceContext context, IScalableTables tables)
{
    private readonly CapacityChange _capacity = new(context, tables);
    private readonly double[] _minutes = new double[ApplicationAutoScalingLimits.MinutesLow];

    /// <param name="minute">The full minute up to which consumption counts.</param>
    public ValueTask FollowAsync(ScalingPolicy policy, DateTimeOffset minute)
    {
        var capacity = policy.Target.Capacity;
        if (tables.Provisioned(capacity) is not (> 0 and var provisioned)) return default;
        var known = tables.Consumed(capacity, minute, _minutes);
        return Alarms.Check(policy.Tracking, provisioned, _minutes.AsSpan(0, known)) is var (alarm, used) ? ScaleAsync(policy, alarm, used, provisioned) : default;
    }

    private async ValueTask ScaleAsync(ScalingPolicy policy, string alarm, double used, long provisioned)
    {
        if (FindTarget(policy.Target) is not { } target) return;
        var now = context.Clock.GetUtcNow();
        var isOut = alarm == Alarms.High;
        if ((isOut ? target.Suspended.DynamicScalingOutSuspended : target.Suspended.DynamicScalingInSuspended) == true) return;
        var wanted = (long)Math.Min(Math.Ceiling(used * 100 / policy.Tracking.TargetValue!.Value), int.MaxValue);
        if (IsCooling(policy, isOut, now))
        {
            if (!isOut) return;
            // What the last scaling added counts towards the next while it cools down.
            wanted -= policy.Last!.To - policy.Last.From;
        }
        var cause = $"monitor alarm {policy.AlarmOf(alarm)?.AlarmName} in state ALARM triggered policy {policy.Name}";
        var bounded = target.Bound(wanted);
        if (isOut ? bounded <= provisioned : bounded >= provisioned) await TellNotScaledAsync(target, cause, isOut, provisioned);
        else if (await _capacity.SetAsync(target.Id, bounded, cause)) await RememberAsync(policy, new(now, provisioned, bounded));
    }

    /// <summary>Whether a cooldown of the same direction lasts: scaling out ends that of scaling in.</summary>
    private static bool IsCooling(ScalingPolicy policy, bool isOut, DateTimeOffset now)
    {
        var seconds = (isOut ? policy.Tracking.ScaleOutCooldown : policy.Tracking.ScaleInCooldown) ?? 0;
        return policy.Last is { } last && isOut == last.To > last.From && now < last.At.AddSeconds(seconds);
    }

    /// <summary>Lists that nothing was changed, where that is not what was listed last.</summary>
    private async ValueTask TellNotScaledAsync(ScalableTarget target, string cause, bool isOut, long provisioned)
    {
        var reason = isOut && provisioned >= target.MaxCapacity ? new NotScaledReason("AlreadyAtMaxCapacity") { MaxCapacity = target.MaxCapacity }
            : !isOut && provisioned <= target.MinCapacity ? new NotScaledReason("AlreadyAtMinCapacity") { MinCapacity = target.MinCapacity }
            : new NotScaledReason("AlreadyAtDesiredCapacity") { CurrentCapacity = (int)Math.Min(provisioned, int.MaxValue) };
        if (LastReason(target.Id) == reason) return;
        await _capacity.ListAsync(new()
        {
            Id = context.Ids.Uuid(),
            Target = target.Id,
            Description = "Attempting to scale due to alarm triggered",
            Cause = cause,
            Started = context.Clock.GetUtcNow(),
            StatusCode = reason.IsFailure ? ScalingActivity.Failed : ScalingActivity.Successful,
            NotScaled = reason,
        });
    }

    private ScalableTarget? FindTarget(TargetId id)
    {
        using var snapshot = context.Store.Snapshot();
        return AutoScalingStore.Target(snapshot, id);
    }

    private NotScaledReason? LastReason(TargetId target)
    {
        using var snapshot = context.Store.Snapshot();
        return AutoScalingStore.LatestActivities(snapshot, target.Account, target.Region).FirstOrDefault(activity => activity.Target == target)?.NotScaled;
    }

    private ValueTask<bool> RememberAsync(ScalingPolicy policy, LastScaling last) => context.Store.WriteAsync(write =>
    {
        if (AutoScalingStore.Policy(write, policy.Target, policy.Name) is { } stored) AutoScalingStore.Put(write, stored with { Last = last });
        return true;
    });
}
