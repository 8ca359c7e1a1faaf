using Emulator.DynamoDb.Backups;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Exports;

/// <summary>Exports the items that a table had at a moment to S3, or those that changed between two.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html</remarks>
internal static class ExportTableToPointInTime
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ExportTableToPointInTimeInput input)
    {
        input.Check();
        var snapshot = service.Store.Snapshot();
        Task? exporting = null;
        try
        {
            var table = TableStore.Read(snapshot, TableName.Parse(call, input.TableArn!), call.Now) ?? throw BackupErrors.TableNotFound(input.TableArn!);
            var recovery = table.PointInTimeRecovery ?? throw BackupErrors.PointInTimeRecoveryUnavailable(table.Name);
            var request = input.ToRequest();
            CheckTimes(request, recovery, call.Now);
            var wanted = new Export
            {
                Id = TablePart.NewId(service, call.Now),
                Table = new(table.Account, table.Region, table.Name),
                TableId = table.Id,
                Request = request,
                ClientToken = input.ClientToken,
                Status = Export.InProgress,
                Started = call.Now,
            };
            var export = await service.Store.WriteAsync(transaction => ExportStore.Add(service, transaction, wanted));
            // The task owns the snapshot from here on.
            if (export == wanted) await service.Background.RunAsync(export.Arn, cancelled => exporting = new TableExport(service, call.Detached(cancelled), table, export).RunAsync(snapshot));
            return DescribeExport.Answer(export);
        }
        finally
        {
            if (exporting is null) snapshot.Dispose();
        }
    }

    private static void CheckTimes(ExportRequest request, PointInTimeRecovery recovery, DateTimeOffset now)
    {
        if (!request.IsIncremental)
        {
            if (request.ExportTime is { } moment && !recovery.Covers(moment, now)) throw ExportErrors.InvalidExportTime();
            return;
        }
        var (from, to) = (request.From!.Value, request.To ?? now);
        if (!recovery.Covers(from, now) || !recovery.Covers(to, now)) throw ExportErrors.InvalidExportTime();
        if (to - from < DynamoDbLimits.LeastIncrementalExport || to - from > DynamoDbLimits.MostIncrementalExport)
        {
            throw DynamoDbErrors.Validation("The difference between ExportFromTime and ExportToTime must be at least 15 minutes and at most 24 hours");
        }
    }
}

internal sealed class ExportTableToPointInTimeInput
{
    public string? TableArn { get; private set; }
    public DateTimeOffset? ExportTime { get; private set; }
    public string? ClientToken { get; private set; }
    public string? S3Bucket { get; private set; }
    public string? S3BucketOwner { get; private set; }
    public string? S3Prefix { get; private set; }
    public string? S3SseAlgorithm { get; private set; }
    public string? S3SseKmsKeyId { get; private set; }
    public string? ExportFormat { get; private set; }
    public string? ExportType { get; private set; }
    public IncrementalExportInput? IncrementalExportSpecification { get; private set; }

    public void Check()
    {
        var constraints = new Constraints();
        constraints.NotNull(TableArn, "tableArn");
        constraints.Length(TableArn, "tableArn", 1, 1024);
        constraints.NotNull(S3Bucket, "s3Bucket");
        constraints.Length(S3Bucket, "s3Bucket", 0, 255);
        constraints.Length(S3Prefix, "s3Prefix", 0, 1024);
        constraints.OneOf(S3SseAlgorithm, "s3SseAlgorithm", "AES256, KMS");
        // Observed: the order of the formats (alternator/executor_export.cc of scylladb/scylladb tells it of AWS).
        constraints.OneOf(ExportFormat, "exportFormat", "ION, DYNAMODB_JSON");
        constraints.OneOf(ExportType, "exportType", "FULL_EXPORT, INCREMENTAL_EXPORT");
        constraints.OneOf(IncrementalExportSpecification?.ExportViewType, "incrementalExportSpecification.exportViewType", "NEW_IMAGE, NEW_AND_OLD_IMAGES");
        constraints.Require();
        if (ExportFormat == "ION") throw Errors.NotImplemented("ExportTableToPointInTime", "ExportFormat: ION");
        if (S3SseAlgorithm == "KMS" || S3SseKmsKeyId is not null) throw Errors.NotImplemented("ExportTableToPointInTime", "S3SseAlgorithm: KMS");
        if (ExportType == ExportRequest.Incremental && IncrementalExportSpecification?.ExportFromTime is null) throw DynamoDbErrors.Validation("IncrementalExportSpecification with ExportFromTime must be specified when ExportType is INCREMENTAL_EXPORT");
        if (ExportType != ExportRequest.Incremental && IncrementalExportSpecification is not null) throw DynamoDbErrors.Validation("IncrementalExportSpecification can only be specified when ExportType is INCREMENTAL_EXPORT");
    }

    public ExportRequest ToRequest() => ExportType == ExportRequest.Incremental
        ? new(TableArn!, null, S3Bucket!, S3BucketOwner, S3Prefix, ExportType, IncrementalExportSpecification!.ExportFromTime, IncrementalExportSpecification.ExportToTime,
            IncrementalExportSpecification.ExportViewType ?? ExportRequest.NewAndOldImages)
        : new(TableArn!, ExportTime, S3Bucket!, S3BucketOwner, S3Prefix, ExportRequest.Full, null, null, null);

    public static ExportTableToPointInTimeInput Decode(ref InputReader json)
    {
        var input = new ExportTableToPointInTimeInput();
        while (json.NextMember())
        {
            if (json.Is("TableArn"u8)) input.TableArn = json.String();
            else if (json.Is("ExportTime"u8)) input.ExportTime = json.Timestamp();
            else if (json.Is("ClientToken"u8)) input.ClientToken = json.String();
            else if (json.Is("S3Bucket"u8)) input.S3Bucket = json.String();
            else if (json.Is("S3BucketOwner"u8)) input.S3BucketOwner = json.String();
            else if (json.Is("S3Prefix"u8)) input.S3Prefix = json.String();
            else if (json.Is("S3SseAlgorithm"u8)) input.S3SseAlgorithm = json.String();
            else if (json.Is("S3SseKmsKeyId"u8)) input.S3SseKmsKeyId = json.String();
            else if (json.Is("ExportFormat"u8)) input.ExportFormat = json.String();
            else if (json.Is("ExportType"u8)) input.ExportType = json.String();
            else if (json.Is("IncrementalExportSpecification"u8)) input.IncrementalExportSpecification = json.Struct("IncrementalExportSpecification", IncrementalExportInput.Decode);
            else json.Skip();
        }
        return input;
    }
}

internal sealed record IncrementalExportInput(DateTimeOffset? ExportFromTime, DateTimeOffset? ExportToTime, string? ExportViewType)
{
    public static IncrementalExportInput Decode(ref InputReader json)
    {
        DateTimeOffset? from = null, to = null;
        string? view = null;
        while (json.NextMember())
        {
            if (json.Is("ExportFromTime"u8)) from = json.Timestamp();
            else if (json.Is("ExportToTime"u8)) to = json.Timestamp();
            else if (json.Is("ExportViewType"u8)) view = json.String();
            else json.Skip();
        }
        return new(from, to, view);
    }
}
