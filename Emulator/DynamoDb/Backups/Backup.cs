using System.Text.Json.Serialization;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

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

    public bool IsExpiredAt(DateTimeOffset now) => Expires <= now;
}

/// <summary>What an ARN names below a table: a backup, an export, an import, as <c>arn:aws:dynamodb:eu-west-1:000000000000:table/Notes/backup/01489602797149-73d8d5bc</c>.</summary>
internal readonly record struct TablePart(TableName Table, string Id)
{
    /// <summary>null where the text is no such ARN.</summary>
    public static TablePart? Parse(Call call, string arn, string kind)
    {
        var parts = arn.Split('/');
        if (parts.Length != 4 || parts[2] != kind || !arn.StartsWith("arn:aws:dynamodb:", StringComparison.Ordinal)) return null;
        return new(TableName.Parse(call, $"{parts[0]}/{parts[1]}"), parts[3]);
    }

    /// <summary>An id as AWS makes them: fourteen digits of the moment, eight of chance.</summary>
    public static string NewId(DynamoDbService service, DateTimeOffset now) => $"{now.ToUnixTimeMilliseconds():D14}-{service.Ids.Hex(8)}";
}
