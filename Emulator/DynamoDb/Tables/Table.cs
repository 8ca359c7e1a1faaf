using System.Text.Json.Serialization;
using Emulator.DynamoDb.Backups;
using Emulator.DynamoDb.ContributorInsights;
using Emulator.DynamoDb.GlobalTables;
using Emulator.DynamoDb.KinesisDestinations;
using Emulator.DynamoDb.Statuses;
using Emulator.DynamoDb.Streams;
using Emulator.DynamoDb.TimeToLive;

namespace Emulator.DynamoDb.Tables;

/// <summary>A table as it is stored.</summary>
/// <remarks>Reading sets a member that is not in an older store to null, whatever its initializer says (https://github.com/dotnet/runtime/issues/58770): so a default stands in the getter.</remarks>
internal sealed record Table
{
    public required string Name { get; init; }
    public required string Account { get; init; }
    public required string Region { get; init; }
    public required Guid Id { get; init; }
    public required DateTimeOffset Created { get; init; }
    public required IReadOnlyList<AttributeDefinition> AttributeDefinitions { get; init; }
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }

    /// <summary>Zero where the table is on demand.</summary>
    public long ReadCapacityUnits { get; init; }
    public long WriteCapacityUnits { get; init; }
    public bool OnDemand { get; init; }

    /// <summary>When the table last became on demand; kept when it is provisioned again.</summary>
    public DateTimeOffset? OnDemandSince { get; init; }

    /// <summary>The limits of OnDemandThroughput.</summary>
    public long? MaxReadRequestUnits { get; init; }
    public long? MaxWriteRequestUnits { get; init; }
    public ThroughputHistory Throughput { get => field ?? ThroughputHistory.None; init; }

    /// <summary>Told only where CreateTable named it.</summary>
    public string? TableClass { get; init; }
    public IReadOnlyList<DateTimeOffset> TableClassChanges { get => field ?? []; init; }
    public bool DeletionProtectionEnabled { get; init; }

    /// <summary>What the table can do at once: as much as it ever could.</summary>
    public long? WarmReadUnitsPerSecond { get; init; }
    public long? WarmWriteUnitsPerSecond { get; init; }

    /// <summary>The ARN of the key where the table is encrypted with a key of KMS.</summary>
    public string? KmsKeyArn { get; init; }
    public IReadOnlyList<DateTimeOffset> EncryptionChanges { get => field ?? []; init; }
    public TimeToLiveSetting? TimeToLive { get; init; }
    public IReadOnlyDictionary<string, string> Tags { get => field ?? NoTags; init; }

    /// <summary>The local ones, then the global ones, each in the order in which they were asked for. Null where there are none.</summary>
    public IReadOnlyList<SecondaryIndex>? Indexes { get; init; }

    /// <summary>null where it is disabled.</summary>
    public PointInTimeRecovery? PointInTimeRecovery { get; init; }

    /// <summary>What it was restored from; null where it was created.</summary>
    public RestoreSource? RestoredFrom { get; init; }

    /// <summary>The stream that was enabled last; its records are written as long as it is.</summary>
    public TableStream? LatestStream { get; init; }

    public IReadOnlyList<KinesisDestination> KinesisDestinations { get => field ?? []; init; }
    public InsightsSetting? Insights { get; init; }

    /// <summary>null where it is ACTIVE and nothing else.</summary>
    public Transition? Transition { get; init; }
    public IReadOnlyList<DepartingIndex> DepartingIndexes { get => field ?? []; init; }

    /// <summary>The global table of which it is a replica; null where it is regional.</summary>
    public GlobalTable? GlobalTable { get; init; }

    /// <summary>ENABLED or DISABLED where UpdateTable said so of a regional table.</summary>
    public string? SettingsReplication { get; init; }

    /// <summary>Where its items lie, where that is not its own place: it is, or was, a replica.</summary>
    public ItemPlace? ItemPlace { get; init; }

    private static readonly Dictionary<string, string> NoTags = [];

    /// <summary>The version of the tables' space in which it was read: while that stands, the table does.</summary>
    [JsonIgnore]
    public long ReadAt { get; init; }

    /// <summary>The replicas in other regions, as they were when it was read.</summary>
    [JsonIgnore]
    public IReadOnlyList<Table> Replicas { get => field ?? []; init; }

    /// <summary>For how long the history of its items is kept for it or for a replica, which have it together; null where it is not.</summary>
    [JsonIgnore]
    public int? HistoryDays => GlobalTable is null ? PointInTimeRecovery?.RecoveryPeriodInDays : Replicas.Append(this).Max(replica => replica.PointInTimeRecovery?.RecoveryPeriodInDays);

    [JsonIgnore]
    public long WarmRead => WarmReadUnitsPerSecond ?? (OnDemand ? DynamoDbLimits.OnDemandReadUnits : ReadCapacityUnits);

    [JsonIgnore]
    public long WarmWrite => WarmWriteUnitsPerSecond ?? (OnDemand ? DynamoDbLimits.OnDemandWriteUnits : WriteCapacityUnits);

    [JsonIgnore]
    public string Arn => Arns.Table(Account, Region, Name);

    /// <summary>The key attributes with their types.</summary>
    [JsonIgnore]
    public KeyAttributes Keys => Layout.Keys;

    /// <summary>What the keys of all its entries begin with, and those of the entries of its items.</summary>
    [JsonIgnore]
    public TableSpace Space => Layout.Space;

    /// <summary>Its indexes as reading and writing need them, in the same order; null where there are none.</summary>
    [JsonIgnore]
    public IndexSpace[]? IndexSpaces => Layout.Indexes;

    /// <summary>Whether it has local indexes, which come first.</summary>
    [JsonIgnore]
    public bool HasLocalIndexes => IndexSpaces is [{ Index.IsLocal: true }, ..];

    /// <summary>The index of a name; null where there is none.</summary>
    public IndexSpace? FindIndex(string name) => IndexSpaces is { } indexes ? Array.Find(indexes, index => index.Name == name) : null;

    /// <summary>Made once for a table, and anew for each changed copy of it.</summary>
    private TableLayout Layout => field is { } layout && ReferenceEquals(layout.Table, this) ? layout : field = new(this);

    /// <summary>What follows from a table's members.</summary>
    private sealed class TableLayout(Table table)
    {
        public Table Table => table;

        public KeyAttributes Keys => field ??= KeyAttributes.Of(table.KeySchema, table.AttributeDefinitions);

        public TableSpace Space => field ??= new(table);

        public IndexSpace[]? Indexes => table.Indexes is { Count: > 0 } indexes ? field ??= [.. indexes.Select(index => new IndexSpace(table, index))] : null;
    }
}
