using Emulator.DynamoDb.Tables;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Imports;

/// <summary>The imports of all accounts and regions, for as long as AWS tells of them.</summary>
internal static class ImportStore
{
    private static readonly TableParts<Import> Imports = new("dynamodb.imports", ImportJson.Default.Import, import => import.Part);

    /// <summary>The import of an ARN; else AWS's error that there is none.</summary>
    public static Import Require(DynamoDbService service, IReader reader, Call call, string arn) =>
        TablePart.Parse(call, arn, "import") is { } part && Imports.Find(reader, part) is { } import && IsKept(import, call.Now) ? Present(service, import, call.Now) : throw ImportErrors.ImportNotFound(arn);

    /// <summary>Those of an account and region, or of one table of it, the last first.</summary>
    public static IEnumerable<Import> List(DynamoDbService service, IReader reader, TableName table, TablePart? after, DateTimeOffset now) =>
        Imports.List(reader, table, after, descending: true).Where(import => IsKept(import, now)).Select(import => Present(service, import, now));

    /// <summary>Adds a new one, unless its token names one that is there; what AWS no longer tells of goes.</summary>
    /// <param name="check">What is asked of one that is new.</param>
    public static Import Add(DynamoDbService service, IWriteTransaction transaction, Import import, Action check)
    {
        var now = import.Started;
        foreach (var other in Imports.List(transaction, import.Table with { Name = "" }).ToList())
        {
            if (!IsKept(other, now)) Imports.Delete(transaction, other);
            else if (import.ClientToken is not null && other.ClientToken == import.ClientToken && (other.Ended ?? now) + DynamoDbLimits.ClientTokenValidity > now)
            {
                return other.Request.IsSameAs(import.Request) ? Present(service, other, now) : throw ImportErrors.ImportConflict();
            }
        }
        check();
        Imports.Put(transaction, import);
        return import;
    }

    /// <summary>Keeps how far one is, or how it ended, unless it is gone.</summary>
    public static void Update(IWriteTransaction transaction, Import import)
    {
        if (Imports.Find(transaction, import.Part) is not null) Imports.Put(transaction, import);
    }

    private static bool IsKept(Import import, DateTimeOffset now) => now < import.Started + DynamoDbLimits.ExportsListed;

    /// <summary>One that is in progress, but not in this process, was interrupted.</summary>
    private static Import Present(DynamoDbService service, Import import, DateTimeOffset now) =>
        import.Status == Import.InProgress && !service.Background.IsRunning(import.Arn) ? import.Fail("InternalServerError", "The emulator was stopped before the import was complete.", now) : import;
}
