using Emulator.ApplicationAutoScaling.Policies;
using Emulator.ApplicationAutoScaling.Targets;
using Emulator.Integration;
using Emulator.Storage;

namespace Emulator.ApplicationAutoScaling;

/// <summary>The targets and policies of tables and indexes as DynamoDB tells and sets them for replicas.</summary>
internal sealed class ReplicaScaling(ApplicationAutoScalingService service) : ICapacityScaling
{
    /// <inheritdoc/>
    public CapacityScaling? Find(in ScalableCapacity capacity)
    {
        var id = TargetOf(capacity);
        using var snapshot = service.Store.Snapshot();
        if (AutoScalingStore.Target(snapshot, id) is not { } target) return null;
        var policy = Policies(snapshot, id).FirstOrDefault();
        return new(target.MinCapacity, target.MaxCapacity, policy is null ? null : Told(policy), target.RoleArn);
    }

    /// <inheritdoc/>
    public async ValueTask SetAsync(ScalableCapacity capacity, CapacityScaling scaling)
    {
        var id = TargetOf(capacity);
        var target = await service.ChangeAsync(id, (write, present) =>
        {
            var now = service.Clock.GetUtcNow();
            var target = (present ?? new() { Id = id, MinCapacity = 0, MaxCapacity = 0, Created = now }) with { MinCapacity = scaling.Min, MaxCapacity = scaling.Max };
            AutoScalingStore.Put(write, target);
            if (scaling.Policy is { } policy) Put(write, id, policy, now);
            return target;
        });
        await service.Capacity.KeepBoundsAsync(target);
        service.Scaler.Arm();
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(ScalableCapacity capacity)
    {
        var id = TargetOf(capacity);
        await service.ChangeAsync(id, (write, _) =>
        {
            AutoScalingStore.Delete(write, id);
            return true;
        });
        service.Scaler.Arm();
    }

    /// <summary>A policy of another name takes the place of the one that was there.</summary>
    /// <remarks>Observed: DDB-TABLE-240 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller.</remarks>
    private void Put(IWriteTransaction write, TargetId id, CapacityPolicy policy, DateTimeOffset now)
    {
        var metric = $"DynamoDB{(id.Capacity.IsWrite ? "Write" : "Read")}CapacityUtilization";
        var name = policy.Name ?? $"{metric}:{id.ResourceId}";
        var tracking = new TargetTrackingConfiguration
        {
            TargetValue = policy.Target,
            PredefinedMetricSpecification = new(metric, null),
            ScaleInCooldown = policy.ScaleInCooldown,
            ScaleOutCooldown = policy.ScaleOutCooldown,
            DisableScaleIn = policy.DisableScaleIn,
        };
        var present = AutoScalingStore.Policy(write, id, name);
        if (present?.Tracking == tracking) return;
        write.DeleteRange(AutoScalingStore.Policies, KeyRange.Prefix(id.Key));
        AutoScalingStore.Put(write, new ScalingPolicy
        {
            Target = id,
            Name = name,
            Tracking = tracking,
            Alarms = Alarms.Make(id, scalesIn: policy.DisableScaleIn != true, service.Ids),
            Created = present?.Created ?? now,
        });
    }

    private static CapacityPolicy Told(ScalingPolicy policy) =>
        new(policy.Name, policy.Tracking.TargetValue ?? 0, policy.Tracking.ScaleInCooldown, policy.Tracking.ScaleOutCooldown, policy.Tracking.DisableScaleIn);

    private static IEnumerable<ScalingPolicy> Policies(IReader reader, TargetId id) =>
        reader.Range(AutoScalingStore.Policies, KeyRange.Prefix(id.Key)).Select(entry => AutoScalingStore.Read(entry.Value, ApplicationAutoScalingJson.Default.ScalingPolicy));

    private static TargetId TargetOf(in ScalableCapacity capacity) => new(
        capacity.Account,
        capacity.Region,
        capacity.Index is null ? $"table/{capacity.Table}" : $"table/{capacity.Table}/index/{capacity.Index}",
        $"{(capacity.Index is null ? TargetId.TableDimension : TargetId.IndexDimension)}{(capacity.IsWrite ? "Write" : "Read")}CapacityUnits");
}
