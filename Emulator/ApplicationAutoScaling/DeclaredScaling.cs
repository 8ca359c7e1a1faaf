using Emulator.ApplicationAutoScaling.Policies;
using Emulator.ApplicationAutoScaling.Targets;
using Emulator.Configuration;

namespace Emulator.ApplicationAutoScaling;

/// <summary>Registers the targets that emulator.yaml declares with their tables, each with a policy.</summary>
internal static class DeclaredScaling
{
    /// <summary>Makes what is missing; tells what is there with other bounds.</summary>
    public static async ValueTask<IReadOnlyList<string>> ApplyAsync(ApplicationAutoScalingService service, CancellationToken cancelled)
    {
        var differences = new List<string>();
        foreach (var (name, table) in service.Config.Tables)
        {
            cancelled.ThrowIfCancellationRequested();
            if (table.ReadAutoScaling is { } read) await ApplyAsync(service, name, "Read", read, differences);
            if (table.WriteAutoScaling is { } write) await ApplyAsync(service, name, "Write", write, differences);
        }
        return differences;
    }

    private static async ValueTask ApplyAsync(ApplicationAutoScalingService service, string table, string kind, AutoScalingConfig declared, List<string> differences)
    {
        var id = new TargetId(service.Config.Account, service.Config.Region, $"table/{table}", $"{TargetId.TableDimension}{kind}CapacityUnits");
        if (service.Tables.Provisioned(id.Capacity) is null) return; // the table is there in another form, and that has been told
        var (target, isNew) = await service.ChangeAsync(id, (write, present) =>
        {
            if (present is not null) return (present, false);
            var now = service.Clock.GetUtcNow();
            var metric = $"DynamoDB{kind}CapacityUtilization";
            var made = new ScalableTarget { Id = id, MinCapacity = declared.Min, MaxCapacity = declared.Max, Created = now };
            AutoScalingStore.Put(write, made);
            AutoScalingStore.Put(write, new ScalingPolicy
            {
                Target = id,
                Name = $"{metric}:{id.ResourceId}", // as the console and CloudFormation's examples name it
                Tracking = new() { TargetValue = declared.Target, PredefinedMetricSpecification = new(metric, null) },
                Alarms = Alarms.Make(id, scalesIn: true, service.Ids),
                Created = now,
            });
            return (made, true);
        });
        if (isNew) await service.Capacity.KeepBoundsAsync(target);
        if (target.MinCapacity != declared.Min || target.MaxCapacity != declared.Max)
        {
            differences.Add($"The {id.CapacityName} of the table {table} are scaled from {target.MinCapacity} to {target.MaxCapacity}; emulator.yaml declares {declared.Min} to {declared.Max}.");
        }
    }
}
