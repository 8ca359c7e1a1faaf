using System.Text.Json;
using System.Text.Json.Serialization;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Imports;

/// <summary>An import as it is stored.</summary>
internal sealed record Import
{
    public const string InProgress = "IN_PROGRESS";
    public const string Completed = "COMPLETED";
    public const string Failed = "FAILED";

    public required string Id { get; init; }
    public required TableName Table { get; init; }
    public required Guid TableId { get; init; }
    public required ImportRequest Request { get; init; }
    public string? ClientToken { get; init; }
    public required string Status { get; init; }
    public required DateTimeOffset Started { get; init; }
    public DateTimeOffset? Ended { get; init; }
    public ImportCounts Counts { get; init; }
    public string? FailureCode { get; init; }
    public string? FailureMessage { get; init; }

    [JsonIgnore]
    public TablePart Part => new(Table, Id);

    [JsonIgnore]
    public string TableArn => Arns.Table(Table.Account, Table.Region, Table.Name);

    [JsonIgnore]
    public string Arn => $"{TableArn}/import/{Id}";

    public Import Fail(string code, string message, DateTimeOffset now) => this with { Status = Failed, Ended = now, FailureCode = code, FailureMessage = message };
}

/// <summary>What was read so far.</summary>
/// <param name="SizeBytes">Of the sources, when they are decompressed.</param>
internal readonly record struct ImportCounts(long SizeBytes, long Processed, long Imported, long Errors);

/// <summary>What was asked: the same with the same token is the same import.</summary>
internal sealed record ImportRequest(S3BucketSource S3BucketSource, string InputFormat, InputFormatOptions? InputFormatOptions, string InputCompressionType, TableCreationParameters TableCreationParameters)
{
    public bool IsSameAs(ImportRequest other) => Text(this) == Text(other);

    private static string Text(ImportRequest request) => JsonSerializer.Serialize(request, ImportJson.Default.ImportRequest);
}

internal sealed record S3BucketSource(string S3Bucket, string? S3BucketOwner, string? S3KeyPrefix);

internal sealed record InputFormatOptions(CsvOptions? Csv);

internal sealed record CsvOptions(string? Delimiter, IReadOnlyList<string>? HeaderList);
