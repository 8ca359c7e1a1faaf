using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;
using Emulator.Integration;
using Emulator.Protocols;

namespace Emulator.DynamoDb.ReplicaScaling;

/// <summary>Sets how the capacities of replicas are scaled: for writing in all regions alike, for reading in each. The answer tells what was before.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTableReplicaAutoScaling.html; DDB-TABLE-238 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller.</remarks>
internal static class UpdateTableReplicaAutoScaling
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ReplicaScalingInput input)
    {
        if (input.TableName is null) throw TableNameRules.Required();
        var constraints = new Constraints();
        constraints.Table(input.TableName);
        input.AddTo(ref constraints);
        constraints.Require();

        var table = ReplicaScalingRules.Require(service, call, input.TableName);
        ReplicaScalingRules.Check(table, input);
        var changes = Wanted(table, input).Select(wanted => (wanted.Capacity, Settings: ReplicaScalingRules.Settings(table, wanted.Capacity, wanted.Update, service.Scaling?.Find(wanted.Capacity), service.Ids.Uuid))).ToList();
        var before = DescribeTableReplicaAutoScaling.Describe(service, table, call.Now, "UPDATING");
        foreach (var (capacity, settings) in changes) await ApplyAsync(service, capacity, settings);
        return AwsJson.Encode(new DescribeTableReplicaAutoScalingOutput(before), ControlJson.Default.DescribeTableReplicaAutoScalingOutput);
    }

    private static async ValueTask ApplyAsync(DynamoDbService service, ScalableCapacity capacity, CapacityScaling? settings)
    {
        if (service.Scaling is not { } scaling) return;
        if (settings is not null) await scaling.SetAsync(capacity, settings);
        else if (scaling.Find(capacity) is not null) await scaling.RemoveAsync(capacity);
    }

    private static IEnumerable<(ScalableCapacity Capacity, ScalingUpdate Update)> Wanted(Table table, ReplicaScalingInput input)
    {
        foreach (var region in table.Replicas.Append(table).Select(replica => replica.Region))
        {
            if (input.Writes is { } writes) yield return (new(table.Account, region, table.Name, null, IsWrite: true), writes);
            foreach (var index in input.IndexWrites ?? [])
            {
                if (index!.Settings is { } settings) yield return (new(table.Account, region, table.Name, index.IndexName, IsWrite: true), settings);
            }
        }
        foreach (var replica in input.Replicas ?? [])
        {
            if (replica!.Reads is { } reads) yield return (new(table.Account, replica.RegionName!, table.Name, null, IsWrite: false), reads);
            foreach (var index in replica.IndexReads ?? [])
            {
                if (index!.Settings is { } settings) yield return (new(table.Account, replica.RegionName!, table.Name, index.IndexName, IsWrite: false), settings);
            }
        }
    }
}
