namespace Emulator.Integration;

/// <summary>How Application Auto Scaling scales the capacities of tables and indexes, as DynamoDB tells and sets it for replicas.</summary>
internal interface ICapacityScaling
{
    /// <summary>How a capacity is scaled; null where it is not.</summary>
    CapacityScaling? Find(in ScalableCapacity capacity);

    /// <summary>Registers the capacity with a policy, in the place of any other; or with the bounds alone.</summary>
    ValueTask SetAsync(ScalableCapacity capacity, CapacityScaling scaling);

    /// <summary>Forgets the capacity with its policies.</summary>
    ValueTask RemoveAsync(ScalableCapacity capacity);
}

/// <param name="Policy">null where nothing scales within the bounds.</param>
internal sealed record CapacityScaling(int Min, int Max, CapacityPolicy? Policy, string? RoleArn = null);

/// <summary>A target tracking policy for the utilization of a capacity.</summary>
/// <param name="Name">null for the one that AWS gives it.</param>
internal sealed record CapacityPolicy(string? Name, double Target, int? ScaleInCooldown, int? ScaleOutCooldown, bool? DisableScaleIn);
