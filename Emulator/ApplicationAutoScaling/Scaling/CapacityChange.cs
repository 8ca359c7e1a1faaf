using Emulator.ApplicationAutoScaling.Activities;
using Emulator.ApplicationAutoScaling.Targets;
using Emulator.Integration;
using Emulator.Protocols;

namespace Emulator.ApplicationAutoScaling.Scaling;

/// <summary>Changes the capacity of a target, and lists what came of it.</summary>
internal sealed class CapacityChange(ServiceContext context, IScalableTables tables)
{
    /// <summary>Brings the capacity within the bounds of its target.</summary>
    public async ValueTask KeepBoundsAsync(ScalableTarget target)
    {
        if (tables.Provisioned(target.Id.Capacity) is not (> 0 and var provisioned)) return;
        if (provisioned < target.MinCapacity) await SetAsync(target.Id, target.MinCapacity, $"minimum capacity was set to {target.MinCapacity}");
        if (provisioned > target.MaxCapacity) await SetAsync(target.Id, target.MaxCapacity, $"maximum capacity was set to {target.MaxCapacity}");
    }

    /// <summary>Sets the capacity; false where the table refuses.</summary>
    public async ValueTask<bool> SetAsync(TargetId target, long units, string cause)
    {
        var now = context.Clock.GetUtcNow();
        var refusal = await TryAsync(target.Capacity, units);
        await ListAsync(new()
        {
            Id = context.Ids.Uuid(),
            Target = target,
            Description = $"Setting {target.CapacityName} to {units}.",
            Cause = cause,
            Started = now,
            Ended = now,
            StatusCode = refusal is null ? ScalingActivity.Successful : ScalingActivity.Failed,
            // Observed: the second, in published logs of a table whose decreases of the day were used up.
            StatusMessage = refusal is null
                ? $"Successfully set {target.CapacityName} to {units}. Change successfully fulfilled by dynamodb."
                : $"Failed to set {target.CapacityName} to {units}. Reason: Failed updating table: {refusal}",
        });
        return refusal is null;
    }

    public ValueTask<bool> ListAsync(ScalingActivity activity) => context.Store.WriteAsync(write =>
    {
        AutoScalingStore.Add(write, activity);
        return true;
    });

    /// <summary>The table's text of refusal; null where it went well.</summary>
    private async ValueTask<string?> TryAsync(ScalableCapacity capacity, long units)
    {
        try
        {
            await tables.ProvisionAsync(capacity, units);
            return null;
        }
        catch (AwsException refusal)
        {
            return refusal.Message;
        }
    }
}
