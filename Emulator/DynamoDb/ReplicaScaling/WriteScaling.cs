using Emulator.DynamoDb.Tables;
using Emulator.Integration;

namespace Emulator.DynamoDb.ReplicaScaling;

/// <summary>The scaling of writing, without which a provisioned table has no replicas, and which a new replica has from the table.</summary>
/// <remarks>Observed: DDB-TABLE-188, 194, 288 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller.</remarks>
internal static class WriteScaling
{
    public static void Require(DynamoDbService service, Table table)
    {
        if (table.OnDemand) return;
        if (!IsScaled(service, table, null)) throw DynamoDbErrors.Validation("Table write capacity should either be Pay-Per-Request or AutoScaled.");
        if (Indexes(table).Any(index => !IsScaled(service, table, index))) throw DynamoDbErrors.Validation("GSI write capacity should either be Pay-Per-Request or AutoScaled.");
    }

    /// <summary>Gives a new replica the scaling of the table.</summary>
    public static async ValueTask CopyAsync(DynamoDbService service, Table table, string region)
    {
        if (table.OnDemand || service.Scaling is not { } scaling) return;
        foreach (var index in Indexes(table).Cast<string?>().Prepend(null))
        {
            if (scaling.Find(Capacity(table, table.Region, index)) is { } settings) await scaling.SetAsync(Capacity(table, region, index), settings);
        }
    }

    private static bool IsScaled(DynamoDbService service, Table table, string? index) => service.Scaling?.Find(Capacity(table, table.Region, index)) is { Policy: not null };

    private static IEnumerable<string> Indexes(Table table) => (table.Indexes ?? []).Where(index => !index.IsLocal).Select(index => index.Name);

    private static ScalableCapacity Capacity(Table table, string region, string? index) => new(table.Account, region, table.Name, index, IsWrite: true);
}
