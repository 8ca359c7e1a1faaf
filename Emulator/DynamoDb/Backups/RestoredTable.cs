using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Backups;

/// <summary>Creates a table with items; it is there with all of them, or not at all.</summary>
internal static class RestoredTable
{
    /// <summary>What DynamoDB does with the table that it makes, on behalf of who restores it.</summary>
    /// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html: the dependent actions of RestoreTableFromBackup and RestoreTableToPointInTime.</remarks>
    private static readonly string[] DependentActions = ["BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem"];

    /// <param name="source">The ARN of the backup, or of the table.</param>
    public static IReadOnlyList<Permission> Permissions(string action, Call call, string source, string? target)
    {
        var table = Arns.Table(call, target);
        return [new(action, source), new(action, table), .. DependentActions.Select(dependent => new Permission($"dynamodb:{dependent}", table))];
    }

    public static async ValueTask<ReadOnlyMemory<byte>> CreateAsync(DynamoDbService service, Call call, Table table, IEnumerable<StoredItem> items)
    {
        await UnfinishedTables.FillAsync(service, table, items,
            (transaction, item) => TableItems.Replace(transaction, table, item.KeyIn(table), default, Item.Read(item.Record), new(call.Now)),
            transaction =>
            {
                RequireFree(transaction, table.Account, table.Region, table.Name, call.Now);
                TableStore.Put(transaction, service.Transitions.Created(table, call.Now));
                return true;
            });
        return AwsJson.Encode(new TableDescriptionOutput(table.DescribeCreating()), DynamoDbJson.Default.TableDescriptionOutput);
    }

    public static void RequireFree(IReader reader, string account, string region, string name, DateTimeOffset now)
    {
        if (TableStore.IsTaken(reader, new(account, region, name), now)) throw BackupErrors.TableAlreadyExists(name);
    }
}
