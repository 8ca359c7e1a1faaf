using System.Text.Json.Serialization;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Imports;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ImportTableDescription.html</summary>
internal sealed record ImportTableDescription
{
    public required string ImportArn { get; init; }
    public required string ImportStatus { get; init; }
    public required string TableArn { get; init; }
    public required string TableId { get; init; }
    public string? ClientToken { get; init; }
    public required S3BucketSource S3BucketSource { get; init; }
    public required long ErrorCount { get; init; }
    public required string CloudWatchLogGroupArn { get; init; }
    public required string InputFormat { get; init; }
    public InputFormatOptions? InputFormatOptions { get; init; }
    public required string InputCompressionType { get; init; }
    public required TableCreationParameters TableCreationParameters { get; init; }
    public required double StartTime { get; init; }
    public double? EndTime { get; init; }
    public required long ProcessedSizeBytes { get; init; }
    public required long ProcessedItemCount { get; init; }
    public required long ImportedItemCount { get; init; }
    public string? FailureCode { get; init; }
    public string? FailureMessage { get; init; }

    public static ImportTableDescription Of(Import import) => new()
    {
        ImportArn = import.Arn,
        ImportStatus = import.Status,
        TableArn = import.TableArn,
        TableId = import.TableId.ToString(),
        ClientToken = import.ClientToken,
        S3BucketSource = import.Request.S3BucketSource,
        ErrorCount = import.Counts.Errors,
        CloudWatchLogGroupArn = LogGroupArn(import),
        InputFormat = import.Request.InputFormat,
        InputFormatOptions = import.Request.InputFormatOptions,
        InputCompressionType = import.Request.InputCompressionType,
        TableCreationParameters = import.Request.TableCreationParameters,
        StartTime = import.Started.EpochSeconds(),
        EndTime = import.Ended?.EpochSeconds(),
        ProcessedSizeBytes = import.Counts.SizeBytes,
        ProcessedItemCount = import.Counts.Processed,
        ImportedItemCount = import.Counts.Imported,
        FailureCode = import.FailureCode,
        FailureMessage = import.FailureMessage,
    };

    public static string LogGroupArn(Import import) => $"arn:aws:logs:{import.Table.Region}:{import.Table.Account}:log-group:/aws-dynamodb/imports:*";
}

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ImportSummary.html</summary>
internal sealed record ImportSummary
{
    public required string ImportArn { get; init; }
    public required string ImportStatus { get; init; }
    public required string TableArn { get; init; }
    public required S3BucketSource S3BucketSource { get; init; }
    public required string CloudWatchLogGroupArn { get; init; }
    public required string InputFormat { get; init; }
    public required double StartTime { get; init; }
    public double? EndTime { get; init; }

    public static ImportSummary Of(Import import) => new()
    {
        ImportArn = import.Arn,
        ImportStatus = import.Status,
        TableArn = import.TableArn,
        S3BucketSource = import.Request.S3BucketSource,
        CloudWatchLogGroupArn = ImportTableDescription.LogGroupArn(import),
        InputFormat = import.Request.InputFormat,
        StartTime = import.Started.EpochSeconds(),
        EndTime = import.Ended?.EpochSeconds(),
    };
}

internal sealed record ImportTableOutput(ImportTableDescription ImportTableDescription);

internal sealed record ListImportsOutput(IReadOnlyList<ImportSummary> ImportSummaryList, string? NextToken);

/// <summary>How imports are stored, and how operations on them answer.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Import))]
[JsonSerializable(typeof(ImportTableOutput))]
[JsonSerializable(typeof(ListImportsOutput))]
internal sealed partial class ImportJson : JsonSerializerContext;
