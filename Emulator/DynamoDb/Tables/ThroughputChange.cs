using System.Globalization;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Operations;

namespace Emulator.DynamoDb.Tables;

/// <summary>Changes a table's billing mode and units, keeps when that was, and refuses what is too much for a day.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html</remarks>
internal static class ThroughputChange
{
    public static Table Apply(Table table, UpdateTableInput input, DateTimeOffset now)
    {
        if (input.BillingMode == "PAY_PER_REQUEST" && !table.OnDemand) table = ToOnDemand(table, now);
        if (input.ProvisionedThroughput is { } units)
        {
            RequireWithin(units.ReadCapacityUnits, nameof(units.ReadCapacityUnits), table.Region);
            RequireWithin(units.WriteCapacityUnits, nameof(units.WriteCapacityUnits), table.Region);
            table = ToUnits(table, units.ReadCapacityUnits!.Value, units.WriteCapacityUnits!.Value, now);
        }
        return input.OnDemandThroughput is { } limits ? ToLimits(table, limits) : table;
    }

    private static Table ToOnDemand(Table table, DateTimeOffset now) => table with
    {
        OnDemand = true,
        OnDemandSince = now,
        ReadCapacityUnits = 0,
        WriteCapacityUnits = 0,
        WarmReadUnitsPerSecond = Math.Max(table.WarmRead, DynamoDbLimits.OnDemandReadUnits),
        WarmWriteUnitsPerSecond = Math.Max(table.WarmWrite, DynamoDbLimits.OnDemandWriteUnits),
    };

    private static Table ToUnits(Table table, long read, long write, DateTimeOffset now) => table with
    {
        OnDemand = false,
        MaxReadRequestUnits = null,
        MaxWriteRequestUnits = null,
        ReadCapacityUnits = read,
        WriteCapacityUnits = write,
        WarmReadUnitsPerSecond = Math.Max(table.WarmRead, read),
        WarmWriteUnitsPerSecond = Math.Max(table.WarmWrite, write),
        // Leaving on demand is no increase of units that there were not.
        Throughput = table.OnDemand ? table.Throughput : table.Throughput.Changed(read - table.ReadCapacityUnits, write - table.WriteCapacityUnits, now),
    };

    public static SecondaryIndex ToUnits(SecondaryIndex index, long read, long write, DateTimeOffset now) => index with
    {
        ReadCapacityUnits = read,
        WriteCapacityUnits = write,
        WarmReadUnitsPerSecond = Math.Max(index.WarmReadUnitsPerSecond ?? index.ReadCapacityUnits, read),
        WarmWriteUnitsPerSecond = Math.Max(index.WarmWriteUnitsPerSecond ?? index.WriteCapacityUnits, write),
        Throughput = index.Throughput.Changed(read - index.ReadCapacityUnits, write - index.WriteCapacityUnits, now),
    };

    /// <param name="of">As <c>ReadCapacityUnits</c>.</param>
    public static void RequireWithin(long? units, string of, string region)
    {
        if (units > DynamoDbLimits.TableUnits)
        {
            throw new Protocols.AwsException("LimitExceededException", $"The requested {of}, {units}, is above the per table maximum for the account in {region}. Per table maximum: {DynamoDbLimits.TableUnits}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.");
        }
    }

    private static Table ToLimits(Table table, OnDemandThroughputInput limits)
    {
        limits.RequireWithin(table.Region);
        return table with
        {
            MaxReadRequestUnits = Limit(limits.MaxReadRequestUnits ?? table.MaxReadRequestUnits),
            MaxWriteRequestUnits = Limit(limits.MaxWriteRequestUnits ?? table.MaxWriteRequestUnits),
        };
    }

    public static long? Limit(long? units) => units == OnDemandThroughputInput.Unlimited ? null : units;
}

/// <summary>When the units of a table or index were changed.</summary>
internal sealed record ThroughputHistory
{
    public static ThroughputHistory None { get; } = new();

    public DateTimeOffset? LastIncrease { get; init; }
    public DateTimeOffset? LastDecrease { get; init; }

    /// <summary>The decreases of the day of the last one.</summary>
    public int Decreases { get; init; }

    /// <summary>The decreases of a day in UTC.</summary>
    public int DecreasesOn(DateTimeOffset now) => LastDecrease?.UtcDateTime.Date == now.UtcDateTime.Date ? Decreases : 0;

    /// <summary>The history with a change by so many units; refused where it is a decrease too many.</summary>
    public ThroughputHistory Changed(long read, long write, DateTimeOffset now)
    {
        if (read < 0 || write < 0) RequireDecrease(now);
        var history = read < 0 || write < 0 ? Decreased(now) : this;
        return read > 0 || write > 0 ? history with { LastIncrease = now } : history;
    }

    public ThroughputHistory Decreased(DateTimeOffset now) => this with { LastDecrease = now, Decreases = DecreasesOn(now) + 1 };

    /// <remarks>Source of the text: DDB-TABLE-184, 185, 326 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, taken from AWS: the budget is whole again at midnight.</remarks>
    private void RequireDecrease(DateTimeOffset now)
    {
        var today = DecreasesOn(now);
        if (today < DynamoDbLimits.DecreasesPerDay || now >= LastDecrease + DynamoDbLimits.DecreaseInterval) return;
        var midnight = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        var next = LastDecrease!.Value + DynamoDbLimits.DecreaseInterval < midnight ? LastDecrease.Value + DynamoDbLimits.DecreaseInterval : midnight;
        throw DynamoDbErrors.LimitExceeded(
            $"Provisioned throughput decreases are limited within a given UTC day. After the first {DynamoDbLimits.DecreasesPerDay} decreases, each subsequent decrease in the same UTC day can be performed at most once every {DynamoDbLimits.DecreaseInterval.TotalSeconds} seconds. " +
            $"Number of decreases today: {today}. Last decrease at {Text(LastDecrease.Value)}. Next decrease can be made at {Text(next)}");
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("dddd, MMMM d, yyyy 'at' h:mm:ss tt 'Coordinated Universal Time'", CultureInfo.InvariantCulture);
}
