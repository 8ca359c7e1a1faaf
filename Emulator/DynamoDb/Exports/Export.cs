using System.Text.Json.Serialization;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Exports;

/// <summary>An export as it is stored.</summary>
internal sealed record Export
{
    public const string InProgress = "IN_PROGRESS";
    public const string Completed = "COMPLETED";
    public const string Failed = "FAILED";

    public required string Id { get; init; }
    public required TableName Table { get; init; }
    public required Guid TableId { get; init; }
    public required ExportRequest Request { get; init; }
    public string? ClientToken { get; init; }
    public required string Status { get; init; }
    public required DateTimeOffset Started { get; init; }
    public DateTimeOffset? Ended { get; init; }
    public long? ItemCount { get; init; }
    public long? SizeBytes { get; init; }
    public string? FailureCode { get; init; }
    public string? FailureMessage { get; init; }

    [JsonIgnore]
    public TablePart Part => new(Table, Id);

    [JsonIgnore]
    public string TableArn => Arns.Table(Table.Account, Table.Region, Table.Name);

    [JsonIgnore]
    public string Arn => $"{TableArn}/export/{Id}";

    /// <summary>The folder of its manifests.</summary>
    [JsonIgnore]
    public string Folder => $"{Root}/{Id}";

    /// <summary>The folder of its data; incremental exports share one.</summary>
    [JsonIgnore]
    public string DataFolder => Request.IsIncremental ? $"{Root}/data" : $"{Folder}/data";

    [JsonIgnore]
    public string ManifestKey => $"{Folder}/manifest-summary.json";

    private string Root => Request.Prefix is { Length: > 0 } prefix ? $"{prefix.TrimEnd('/')}/AWSDynamoDB" : "AWSDynamoDB";

    public Export Fail(string code, string message, DateTimeOffset now) => this with { Status = Failed, Ended = now, FailureCode = code, FailureMessage = message };
}

/// <summary>What was asked: the same with the same token is the same export.</summary>
/// <param name="ExportTime">Of a full export; null where the request named none.</param>
internal sealed record ExportRequest(
    string TableArn, DateTimeOffset? ExportTime, string Bucket, string? BucketOwner, string? Prefix, string Type, DateTimeOffset? From, DateTimeOffset? To, string? View)
{
    public const string Full = "FULL_EXPORT";
    public const string Incremental = "INCREMENTAL_EXPORT";
    public const string NewImage = "NEW_IMAGE";
    public const string NewAndOldImages = "NEW_AND_OLD_IMAGES";

    [JsonIgnore]
    public bool IsIncremental => Type == Incremental;
}
