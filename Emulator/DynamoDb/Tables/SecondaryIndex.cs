using System.Text.Json.Serialization;
using Emulator.DynamoDb.ContributorInsights;
using Emulator.DynamoDb.Statuses;

namespace Emulator.DynamoDb.Tables;

/// <summary>An index of a table as it is stored with the table.</summary>
internal sealed record SecondaryIndex
{
    public required string Name { get; init; }

    /// <summary>Whether it shares the table's partition key, and its throughput.</summary>
    public required bool IsLocal { get; init; }

    /// <summary>The kind in the keys of its entries: from 1 on, different from that of the table's other indexes.</summary>
    public required byte Number { get; init; }

    /// <summary>One or two attributes; of a global index up to four HASH and then up to four RANGE.</summary>
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }

    /// <summary>ALL, INCLUDE or KEYS_ONLY.</summary>
    public required string ProjectionType { get; init; }

    /// <summary>What INCLUDE adds to the keys, in the order of the names.</summary>
    public IReadOnlyList<string>? NonKeyAttributes { get; init; }

    /// <summary>Zero where the table is on demand, and of a local index.</summary>
    public long ReadCapacityUnits { get; init; }
    public long WriteCapacityUnits { get; init; }
    public ThroughputHistory Throughput { get => field ?? ThroughputHistory.None; init; }

    /// <summary>The limits of OnDemandThroughput.</summary>
    public long? MaxReadRequestUnits { get; init; }
    public long? MaxWriteRequestUnits { get; init; }

    /// <summary>What a global index can do at once: as much as it ever could.</summary>
    public long? WarmReadUnitsPerSecond { get; init; }
    public long? WarmWriteUnitsPerSecond { get; init; }

    /// <summary>null where it is ACTIVE and nothing else.</summary>
    public Transition? Transition { get; init; }

    public InsightsSetting? Insights { get; init; }

    public long WarmRead(bool onDemand) => WarmReadUnitsPerSecond ?? (onDemand ? DynamoDbLimits.OnDemandReadUnits : ReadCapacityUnits);

    public long WarmWrite(bool onDemand) => WarmWriteUnitsPerSecond ?? (onDemand ? DynamoDbLimits.OnDemandWriteUnits : WriteCapacityUnits);

    [JsonIgnore]
    public bool ProjectsAll => ProjectionType == "ALL";
}
