using System.Text.Json.Serialization;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Exports;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportDescription.html</summary>
internal sealed record ExportDescription
{
    public required string ExportArn { get; init; }
    public required string ExportStatus { get; init; }
    public required double StartTime { get; init; }
    public double? EndTime { get; init; }
    public string? ExportManifest { get; init; }
    public required string TableArn { get; init; }
    public required string TableId { get; init; }
    public double? ExportTime { get; init; }
    public string? ClientToken { get; init; }
    public required string S3Bucket { get; init; }
    public string? S3BucketOwner { get; init; }
    public string? S3Prefix { get; init; }
    public required string S3SseAlgorithm { get; init; }
    public string? FailureCode { get; init; }
    public string? FailureMessage { get; init; }
    public required string ExportFormat { get; init; }
    public long? BilledSizeBytes { get; init; }
    public long? ItemCount { get; init; }
    public required string ExportType { get; init; }
    public IncrementalExportSpecification? IncrementalExportSpecification { get; init; }

    public static ExportDescription Of(Export export) => new()
    {
        ExportArn = export.Arn,
        ExportStatus = export.Status,
        StartTime = export.Started.EpochSeconds(),
        EndTime = export.Ended?.EpochSeconds(),
        ExportManifest = export.Status == Export.Completed ? export.ManifestKey : null,
        TableArn = export.TableArn,
        TableId = export.TableId.ToString(),
        ExportTime = export.Request.IsIncremental ? null : (export.Request.ExportTime ?? export.Started).EpochSeconds(),
        ClientToken = export.ClientToken,
        S3Bucket = export.Request.Bucket,
        S3BucketOwner = export.Request.BucketOwner,
        S3Prefix = export.Request.Prefix,
        S3SseAlgorithm = "AES256",
        FailureCode = export.FailureCode,
        FailureMessage = export.FailureMessage,
        ExportFormat = "DYNAMODB_JSON",
        BilledSizeBytes = export.SizeBytes,
        ItemCount = export.ItemCount,
        ExportType = export.Request.Type,
        IncrementalExportSpecification = export.Request is { IsIncremental: true, From: { } from } request ? new(from.EpochSeconds(), (request.To ?? export.Started).EpochSeconds(), request.View!) : null,
    };
}

internal sealed record IncrementalExportSpecification(double ExportFromTime, double ExportToTime, string ExportViewType);

internal sealed record ExportSummary(string ExportArn, string ExportStatus, string ExportType);

internal sealed record ExportDescriptionOutput(ExportDescription ExportDescription);

internal sealed record ListExportsOutput(IReadOnlyList<ExportSummary> ExportSummaries, string? NextToken);

/// <summary>The files manifest has one of these a line.</summary>
internal sealed record ExportedFile([property: JsonPropertyName("itemCount")] long ItemCount, [property: JsonPropertyName("md5Checksum")] string Md5Checksum,
    [property: JsonPropertyName("etag")] string ETag, [property: JsonPropertyName("dataFileS3Key")] string DataFileS3Key);

/// <summary>How exports are stored, and how operations on them answer.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Export))]
[JsonSerializable(typeof(ExportDescriptionOutput))]
[JsonSerializable(typeof(ListExportsOutput))]
[JsonSerializable(typeof(ExportedFile))]
internal sealed partial class ExportJson : JsonSerializerContext;
