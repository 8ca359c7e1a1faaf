using System.Text.Json.Serialization;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Backups;

/// <summary>A backup as it is stored: it is there with all its items, or not at all.</summary>
internal sealed record Backup
{
    public const string User = "USER";
    public const string System = "SYSTEM";

    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>USER, or SYSTEM where deleting a table made it.</summary>
    public required string Type { get; init; }
    public required DateTimeOffset Created { get; init; }
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The table as it was, but for its id: under this one lie the items of the backup.</summary>
    public required Table Table { get; init; }
    public required Guid SourceTableId { get; init; }
    public required long ItemCount { get; init; }
    public required long SizeBytes { get; init; }

    [JsonIgnore]
    public string Arn => $"{Table.Arn}/backup/{Id}";

    [JsonIgnore]
    public TablePart Part => new(new(Table.Account, Table.Region, Table.Name), Id);

    public bool IsExpiredAt(DateTimeOffset now) => Expires <= now;
}
