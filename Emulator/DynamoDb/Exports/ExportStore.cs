using Emulator.DynamoDb.Tables;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Exports;

/// <summary>The exports of all accounts and regions, for as long as AWS tells of them.</summary>
internal static class ExportStore
{
    private static readonly TableParts<Export> Exports = new("dynamodb.exports", ExportJson.Default.Export, export => export.Part);

    /// <summary>The export of an ARN; else AWS's error that there is none.</summary>
    public static Export Require(DynamoDbService service, IReader reader, Call call, string arn) =>
        TablePart.Parse(call, arn, "export") is { } part && Exports.Find(reader, part) is { } export && IsKept(export, call.Now) ? Present(service, export, call.Now) : throw ExportErrors.ExportNotFound(arn);

    /// <summary>Those of an account and region, or of one table of it, the last first.</summary>
    public static IEnumerable<Export> List(DynamoDbService service, IReader reader, TableName table, TablePart? after, DateTimeOffset now) =>
        Exports.List(reader, table, after, descending: true).Where(export => IsKept(export, now)).Select(export => Present(service, export, now));

    /// <summary>Adds a new one, unless its token names one that is there; what AWS no longer tells of goes.</summary>
    public static Export Add(DynamoDbService service, IWriteTransaction transaction, Export export)
    {
        var now = export.Started;
        foreach (var other in Exports.List(transaction, export.Table with { Name = "" }).ToList())
        {
            if (!IsKept(other, now)) Exports.Delete(transaction, other);
            else if (export.ClientToken is not null && other.ClientToken == export.ClientToken && (other.Ended ?? now) + DynamoDbLimits.ClientTokenValidity > now)
            {
                return other.Request == export.Request ? Present(service, other, now) : throw ExportErrors.ExportConflict();
            }
        }
        Exports.Put(transaction, export);
        return export;
    }

    /// <summary>Ends one, unless it is gone.</summary>
    public static ValueTask<bool> EndAsync(DynamoDbService service, Export ended) => service.Store.WriteAsync(transaction =>
    {
        if (Exports.Find(transaction, ended.Part) is null) return false;
        Exports.Put(transaction, ended);
        return true;
    });

    private static bool IsKept(Export export, DateTimeOffset now) => now < export.Started + DynamoDbLimits.ExportsListed;

    /// <summary>One that is in progress, but not in this process, was interrupted.</summary>
    private static Export Present(DynamoDbService service, Export export, DateTimeOffset now) =>
        export.Status == Export.InProgress && !service.Background.IsRunning(export.Arn) ? export.Fail("InternalServerError", "The emulator was stopped before the export was complete.", now) : export;
}
