using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Statuses;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.ReplicaScaling;

/// <summary>Tells how the capacities of all replicas of a table are scaled, the table's own region among them, in the order of the regions' names.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTableReplicaAutoScaling.html; which members stand where: DDB-TABLE-189, 195, 232, 289 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller.</remarks>
internal static class DescribeTableReplicaAutoScaling
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, TableNameInput input)
    {
        TableNameRules.Check(input.TableName);
        var table = ReplicaScalingRules.Require(service, call, input.TableName!);
        return new(AwsJson.Encode(new DescribeTableReplicaAutoScalingOutput(Describe(service, table, call.Now, table.Transition.StatusAt(call.Now))), ControlJson.Default.DescribeTableReplicaAutoScalingOutput));
    }

    public static TableScalingShape Describe(DynamoDbService service, Table table, DateTimeOffset now, string status) =>
        new(table.Name, status, [.. table.Replicas.Append(table).OrderBy(replica => replica.Region, StringComparer.Ordinal).Select(replica => Describe(service, replica, now))]);

    private static ReplicaScalingShape Describe(DynamoDbService service, Table replica, DateTimeOffset now) => new(
        replica.Region,
        [.. (replica.Indexes ?? []).Where(index => !index.IsLocal).Select(index => Describe(service, replica, index, now))],
        Settings(service, replica, null, isWrite: false),
        Settings(service, replica, null, isWrite: true),
        replica.Transition.StatusAt(now));

    private static IndexScalingShape Describe(DynamoDbService service, Table replica, SecondaryIndex index, DateTimeOffset now) => new(
        index.Name,
        index.Transition.StatusAt(now),
        Settings(service, replica, index.Name, isWrite: false),
        Settings(service, replica, index.Name, isWrite: true));

    /// <summary>A capacity that no policy scales is told as one that is not scaled at all.</summary>
    private static ScalingShape Settings(DynamoDbService service, Table replica, string? index, bool isWrite) =>
        service.Scaling?.Find(new(replica.Account, replica.Region, replica.Name, index, isWrite)) is { Policy: { } policy } scaling
            ? new(scaling.Min, scaling.Max, null, scaling.RoleArn, [new(policy.Name!, new(policy.DisableScaleIn, policy.ScaleInCooldown, policy.ScaleOutCooldown, policy.Target))])
            : new(null, null, true, null, []);
}

internal sealed record DescribeTableReplicaAutoScalingOutput(TableScalingShape TableAutoScalingDescription);

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableAutoScalingDescription.html</summary>
internal sealed record TableScalingShape(string TableName, string TableStatus, IReadOnlyList<ReplicaScalingShape> Replicas);

internal sealed record ReplicaScalingShape(
    string RegionName,
    IReadOnlyList<IndexScalingShape> GlobalSecondaryIndexes,
    ScalingShape ReplicaProvisionedReadCapacityAutoScalingSettings,
    ScalingShape ReplicaProvisionedWriteCapacityAutoScalingSettings,
    string ReplicaStatus);

internal sealed record IndexScalingShape(string IndexName, string IndexStatus, ScalingShape ProvisionedReadCapacityAutoScalingSettings, ScalingShape ProvisionedWriteCapacityAutoScalingSettings);

internal sealed record ScalingShape(int? MinimumUnits, int? MaximumUnits, bool? AutoScalingDisabled, string? AutoScalingRoleArn, IReadOnlyList<PolicyShape> ScalingPolicies);

internal sealed record PolicyShape(string PolicyName, TrackingShape TargetTrackingScalingPolicyConfiguration);
