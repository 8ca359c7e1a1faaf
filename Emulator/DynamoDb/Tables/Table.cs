using System.Text.Json.Serialization;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Tables;

/// <summary>A table as it is stored.</summary>
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
    public ThroughputHistory Throughput { get; init; } = ThroughputHistory.None;

    /// <summary>Told only where CreateTable named it.</summary>
    public string? TableClass { get; init; }
    public DateTimeOffset? TableClassUpdated { get; init; }
    public bool DeletionProtectionEnabled { get; init; }
    public long? WarmReadUnitsPerSecond { get; init; }
    public long? WarmWriteUnitsPerSecond { get; init; }

    /// <summary>The ARN of the key where the table is encrypted with a key of KMS.</summary>
    public string? KmsKeyArn { get; init; }
    public IReadOnlyDictionary<string, string> Tags { get; init; } = NoTags;

    private static readonly Dictionary<string, string> NoTags = [];

    /// <summary>The version of the tables' space in which it was read: while that stands, the table does.</summary>
    [JsonIgnore]
    public long ReadAt { get; init; }

    [JsonIgnore]
    public string Arn => Arns.Table(Account, Region, Name);

    /// <summary>The key attributes with their types.</summary>
    [JsonIgnore]
    public KeyAttributes Keys => field ??= KeyAttributes.Of(KeySchema, AttributeDefinitions);

    /// <summary>What the keys of all its entries begin with, and those of the entries of its items.</summary>
    [JsonIgnore]
    public TableSpace Space => field ??= new(this);
}

/// <summary>The key attributes of a table; of an index later.</summary>
internal sealed record KeyAttributes(KeyAttribute Partition, KeyAttribute? Sort)
{
    public int Count => Sort is null ? 1 : 2;

    public bool Contains(AttributeName name) => Partition.Name.Equals(name) || Sort?.Name.Equals(name) == true;

    public static KeyAttributes Of(IReadOnlyList<KeySchemaElement> schema, IReadOnlyList<AttributeDefinition> definitions)
    {
        KeyAttribute Attribute(string name) =>
            new(new(name), Enum.Parse<AttributeType>(definitions.First(definition => definition.AttributeName == name).AttributeType!));
        return new(Attribute(schema[0].AttributeName!), schema.Count > 1 ? Attribute(schema[1].AttributeName!) : null);
    }
}

internal sealed record KeyAttribute(AttributeName Name, AttributeType Type);
