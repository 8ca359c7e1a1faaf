using Emulator.ApplicationAutoScaling.Scaling;
using Emulator.ApplicationAutoScaling.Targets;
using Emulator.Configuration;
using Emulator.Identifiers;
using Emulator.Integration;
using Emulator.Storage;

namespace Emulator.ApplicationAutoScaling;

/// <summary>Application Auto Scaling: its state and its one door.</summary>
internal sealed class ApplicationAutoScalingService(ServiceContext context, IScalableTables tables) : IServiceSlice, IAsyncDisposable
{
    public IStore Store => context.Store;

    public IdSource Ids => context.Ids;

    public EmulatorConfig Config => context.Config;

    public EmulatorClock Clock => context.Clock;

    public IScalableTables Tables => tables;

    /// <summary>What happens by the clock.</summary>
    public Scaler Scaler { get; } = new(context, tables);

    public CapacityChange Capacity { get; } = new(context, tables);

    /// <summary>How DynamoDB's own operations see and set it.</summary>
    public ICapacityScaling Replicas => new ReplicaScaling(this);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ApplyAsync(CancellationToken cancelled)
    {
        var differences = await DeclaredScaling.ApplyAsync(this, cancelled);
        Scaler.Arm();
        return differences;
    }

    /// <inheritdoc/>
    public void Resume() => Scaler.Arm();

    /// <inheritdoc/>
    public IEnumerable<ResourceSummary> Resources()
    {
        using var snapshot = Store.Snapshot();
        foreach (var target in AutoScalingStore.AllTargets(snapshot).ToList())
        {
            yield return new("application-autoscaling", "ScalableTarget", $"{target.Id.ResourceId} {target.Id.Dimension}", target.Id.Uuid.ToString(), target.Id.Arn);
        }
    }

    public ValueTask DisposeAsync() => Scaler.DisposeAsync();

    /// <summary>Changes a target's row, or what hangs from it.</summary>
    /// <param name="change">Given the target; null where it is not registered.</param>
    public ValueTask<T> ChangeAsync<T>(TargetId id, Func<IWriteTransaction, ScalableTarget?, T> change) =>
        Store.WriteAsync(write => change(write, AutoScalingStore.Target(write, id)));
}
