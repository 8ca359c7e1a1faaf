namespace Emulator.DynamoDb.Input;

/// <summary>WarmThroughput of a table or index.</summary>
/// <remarks>Source of the texts: docs/api-quirks/table-throughput-billing.md of aws-controllers-k8s/dynamodb-controller, taken from AWS.</remarks>
internal sealed record WarmThroughputInput(long? ReadUnitsPerSecond, long? WriteUnitsPerSecond)
{
    public bool IsEmpty => ReadUnitsPerSecond is null && WriteUnitsPerSecond is null;

    public static WarmThroughputInput Decode(ref InputReader json)
    {
        long? read = null, write = null;
        while (json.NextMember())
        {
            if (json.Is("ReadUnitsPerSecond"u8)) read = json.Long();
            else if (json.Is("WriteUnitsPerSecond"u8)) write = json.Long();
            else json.Skip();
        }
        return new(read, write);
    }

    /// <summary>What a new table can do at once, in reads a second.</summary>
    public static long LeastRead(string? billingMode, ThroughputInput? provisioned) =>
        billingMode == "PAY_PER_REQUEST" ? DynamoDbLimits.OnDemandReadUnits : provisioned?.ReadCapacityUnits ?? 0;

    public static long LeastWrite(string? billingMode, ThroughputInput? provisioned) =>
        billingMode == "PAY_PER_REQUEST" ? DynamoDbLimits.OnDemandWriteUnits : provisioned?.WriteCapacityUnits ?? 0;

    /// <summary>A new table is at least as warm as its capacity.</summary>
    /// <param name="of">As <c>table</c> or <c>index gsi1</c>.</param>
    public void CheckLeast(string? billingMode, ThroughputInput? provisioned, string of = "table")
    {
        var onDemand = billingMode == "PAY_PER_REQUEST";
        if (ReadUnitsPerSecond < LeastRead(billingMode, provisioned)) throw TooLow(nameof(ReadUnitsPerSecond), onDemand ? OnDemandStart : "lower than ReadCapacityUnits of ProvisionedThroughput", of);
        if (WriteUnitsPerSecond < LeastWrite(billingMode, provisioned)) throw TooLow(nameof(WriteUnitsPerSecond), onDemand ? OnDemandStart : "lower than WriteCapacityUnits of ProvisionedThroughput", of);
    }

    /// <summary>Warmth only grows.</summary>
    public void CheckIncrease(long read, long write, string of = "table")
    {
        if (ReadUnitsPerSecond < read) throw TooLow(nameof(ReadUnitsPerSecond), Decrease, of);
        if (WriteUnitsPerSecond < write) throw TooLow(nameof(WriteUnitsPerSecond), Decrease, of);
    }

    private const string OnDemandStart = "lower than initial throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial";
    private const string Decrease = "lower than current WarmThroughput, decreasing WarmThroughput is not supported";

    private static Protocols.AwsException TooLow(string member, string why, string of) => DynamoDbErrors.Invalid($"Requested {member} for WarmThroughput for {of} is {why}");
}
