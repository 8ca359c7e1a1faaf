using Emulator.DynamoDb.Input;

namespace Emulator.DynamoDb.ReplicaScaling;

/// <summary>The input of UpdateTableReplicaAutoScaling.</summary>
internal sealed record ReplicaScalingInput(string? TableName, ScalingUpdate? Writes, List<IndexScalingUpdate?>? IndexWrites, List<ReplicaScalingUpdate?>? Replicas)
{
    public static ReplicaScalingInput Decode(ref InputReader json)
    {
        string? table = null;
        ScalingUpdate? writes = null;
        List<IndexScalingUpdate?>? indexes = null;
        List<ReplicaScalingUpdate?>? replicas = null;
        while (json.NextMember())
        {
            if (json.Is("TableName"u8)) table = json.String();
            else if (json.Is("ProvisionedWriteCapacityAutoScalingUpdate"u8)) writes = json.Struct("AutoScalingSettingsUpdate", ScalingUpdate.Decode);
            else if (json.Is("GlobalSecondaryIndexUpdates"u8)) indexes = json.Structs("GlobalSecondaryIndexAutoScalingUpdate", IndexScalingUpdate.Decode);
            else if (json.Is("ReplicaUpdates"u8)) replicas = json.Structs("ReplicaAutoScalingUpdate", ReplicaScalingUpdate.Decode);
            else json.Skip();
        }
        return new(table, writes, indexes, replicas);
    }

    public void AddTo(ref Constraints constraints)
    {
        Writes?.AddTo(ref constraints, "provisionedWriteCapacityAutoScalingUpdate");
        constraints.Count(IndexWrites?.Count, () => "[]", "globalSecondaryIndexUpdates", 1, int.MaxValue);
        for (var i = 0; i < IndexWrites?.Count; i++) IndexWrites[i]!.Settings?.AddTo(ref constraints, $"globalSecondaryIndexUpdates.{i + 1}.member.provisionedWriteCapacityAutoScalingUpdate");
        constraints.Count(Replicas?.Count, () => "[]", "replicaUpdates", 1, int.MaxValue);
        for (var i = 0; i < Replicas?.Count; i++) Replicas[i]!.AddTo(ref constraints, $"replicaUpdates.{i + 1}.member");
    }
}

/// <summary>How reading is scaled in one region.</summary>
internal sealed record ReplicaScalingUpdate(string? RegionName, ScalingUpdate? Reads, List<IndexScalingUpdate?>? IndexReads)
{
    public static ReplicaScalingUpdate Decode(ref InputReader json)
    {
        string? region = null;
        ScalingUpdate? reads = null;
        List<IndexScalingUpdate?>? indexes = null;
        while (json.NextMember())
        {
            if (json.Is("RegionName"u8)) region = json.String();
            else if (json.Is("ReplicaProvisionedReadCapacityAutoScalingUpdate"u8)) reads = json.Struct("AutoScalingSettingsUpdate", ScalingUpdate.Decode);
            else if (json.Is("ReplicaGlobalSecondaryIndexUpdates"u8)) indexes = json.Structs("ReplicaGlobalSecondaryIndexAutoScalingUpdate", IndexScalingUpdate.Decode);
            else json.Skip();
        }
        return new(region, reads, indexes);
    }

    public void AddTo(ref Constraints constraints, string path)
    {
        constraints.NotNull(RegionName, $"{path}.regionName");
        Reads?.AddTo(ref constraints, $"{path}.replicaProvisionedReadCapacityAutoScalingUpdate");
        for (var i = 0; i < IndexReads?.Count; i++) IndexReads[i]!.Settings?.AddTo(ref constraints, $"{path}.replicaGlobalSecondaryIndexUpdates.{i + 1}.member.provisionedReadCapacityAutoScalingUpdate");
    }
}

/// <summary>How an index is scaled: for writing where it is named for all regions, for reading where for one.</summary>
internal sealed record IndexScalingUpdate(string? IndexName, ScalingUpdate? Settings)
{
    public static IndexScalingUpdate Decode(ref InputReader json)
    {
        string? name = null;
        ScalingUpdate? settings = null;
        while (json.NextMember())
        {
            if (json.Is("IndexName"u8)) name = json.String();
            else if (json.Is("ProvisionedWriteCapacityAutoScalingUpdate"u8) || json.Is("ProvisionedReadCapacityAutoScalingUpdate"u8)) settings = json.Struct("AutoScalingSettingsUpdate", ScalingUpdate.Decode);
            else json.Skip();
        }
        return new(name, settings);
    }
}

/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AutoScalingSettingsUpdate.html; a role may be named, the service-linked one is used.</remarks>
internal sealed record ScalingUpdate(long? MinimumUnits, long? MaximumUnits, bool? AutoScalingDisabled, ScalingPolicyUpdate? Policy)
{
    public static ScalingUpdate Decode(ref InputReader json)
    {
        long? minimum = null, maximum = null;
        bool? disabled = null;
        ScalingPolicyUpdate? policy = null;
        while (json.NextMember())
        {
            if (json.Is("MinimumUnits"u8)) minimum = json.Long();
            else if (json.Is("MaximumUnits"u8)) maximum = json.Long();
            else if (json.Is("AutoScalingDisabled"u8)) disabled = json.Boolean();
            else if (json.Is("ScalingPolicyUpdate"u8)) policy = json.Struct("AutoScalingPolicyUpdate", ScalingPolicyUpdate.Decode);
            else json.Skip();
        }
        return new(minimum, maximum, disabled, policy);
    }

    public void AddTo(ref Constraints constraints, string path)
    {
        constraints.Least(MinimumUnits, $"{path}.minimumUnits", 1);
        constraints.Least(MaximumUnits, $"{path}.maximumUnits", 1);
        if (Policy is null) return;
        constraints.Length(Policy.PolicyName, $"{path}.scalingPolicyUpdate.policyName", 1, 256);
        constraints.NotNull(Policy.Tracking, $"{path}.scalingPolicyUpdate.targetTrackingScalingPolicyConfiguration");
        if (Policy.Tracking is { } tracking) constraints.NotNull(tracking.TargetValue, $"{path}.scalingPolicyUpdate.targetTrackingScalingPolicyConfiguration.targetValue");
    }
}

internal sealed record ScalingPolicyUpdate(string? PolicyName, TrackingShape? Tracking)
{
    public static ScalingPolicyUpdate Decode(ref InputReader json)
    {
        string? name = null;
        TrackingShape? tracking = null;
        while (json.NextMember())
        {
            if (json.Is("PolicyName"u8)) name = json.String();
            else if (json.Is("TargetTrackingScalingPolicyConfiguration"u8)) tracking = json.Struct("AutoScalingTargetTrackingScalingPolicyConfigurationUpdate", TrackingShape.Decode);
            else json.Skip();
        }
        return new(name, tracking);
    }
}

/// <summary>As it comes and as it is told.</summary>
internal sealed record TrackingShape(bool? DisableScaleIn, int? ScaleInCooldown, int? ScaleOutCooldown, double? TargetValue)
{
    public static TrackingShape Decode(ref InputReader json)
    {
        bool? disable = null;
        int? scaleIn = null, scaleOut = null;
        double? target = null;
        while (json.NextMember())
        {
            if (json.Is("DisableScaleIn"u8)) disable = json.Boolean();
            else if (json.Is("ScaleInCooldown"u8)) scaleIn = json.Integer();
            else if (json.Is("ScaleOutCooldown"u8)) scaleOut = json.Integer();
            else if (json.Is("TargetValue"u8)) target = json.Double();
            else json.Skip();
        }
        return new(disable, scaleIn, scaleOut, target);
    }
}
