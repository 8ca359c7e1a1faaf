using Emulator.ApplicationAutoScaling.Activities;
using Emulator.ApplicationAutoScaling.Schedules;
using Emulator.Integration;

namespace Emulator.ApplicationAutoScaling.Scaling;

/// <summary>Runs scheduled actions: sets the bounds of their targets, and brings the capacity within them.</summary>
internal sealed class ScheduledScaling(ServiceContext context, IScalableTables tables)
{
    private readonly CapacityChange _capacity = new(context, tables);

    public async ValueTask RunAsync(ScheduledAction action, DateTimeOffset now)
    {
        var target = await context.Store.WriteAsync(write =>
        {
            // Runs that were missed while no host was up are one.
            if (AutoScalingStore.Schedule(write, action.Target, action.Name) is { } stored) AutoScalingStore.Put(write, stored.DueAfter(now));
            if (AutoScalingStore.Target(write, action.Target) is not { Suspended.ScheduledScalingSuspended: not true } found) return null;
            var changed = found with { MinCapacity = action.Action.MinCapacity ?? found.MinCapacity, MaxCapacity = action.Action.MaxCapacity ?? found.MaxCapacity };
            var isPossible = changed.MinCapacity <= changed.MaxCapacity;
            AutoScalingStore.Add(write, ActivityOf(action, now, isPossible));
            if (!isPossible) return null;
            AutoScalingStore.Put(write, changed);
            return changed;
        });
        if (target is not null) await _capacity.KeepBoundsAsync(target);
    }

    private ScalingActivity ActivityOf(ScheduledAction action, DateTimeOffset now, bool isPossible)
    {
        var (min, max) = action.Action;
        var bounds = string.Join(" and ", new[] { min is null ? null : $"min capacity to {min}", max is null ? null : $"max capacity to {max}" }.OfType<string>());
        return new()
        {
            Id = context.Ids.Uuid(),
            Target = action.Target,
            Description = $"Setting {bounds}",
            Cause = $"scheduled action name {action.Name} was triggered",
            Started = now,
            StatusCode = isPossible ? ScalingActivity.Successful : ScalingActivity.Failed,
            StatusMessage = isPossible ? $"Successfully set {bounds}" : $"Failed to set {bounds}. Reason: {ApplicationAutoScalingErrors.MaximumBelowMinimum().Message}",
        };
    }
}
