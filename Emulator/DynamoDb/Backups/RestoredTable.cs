using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Backups;

/// <summary>Creates a table with items; it is there with all of them, or not at all.</summary>
internal static class RestoredTable
{
    public static async ValueTask<ReadOnlyMemory<byte>> CreateAsync(DynamoDbService service, Call call, Table table, IEnumerable<StoredItem> items)
    {
        await UnfinishedTables.FillAsync(service, table, items,
            (transaction, item) => TableItems.Replace(transaction, table, item.KeyIn(table), default, Item.Read(item.Record), new(call.Now)),
            transaction =>
            {
                RequireFree(transaction, table.Account, table.Region, table.Name);
                TableStore.Put(transaction, table);
                return true;
            });
        return AwsJson.Encode(new TableDescriptionOutput(table.DescribeCreating()), DynamoDbJson.Default.TableDescriptionOutput);
    }

    public static void RequireFree(IReader reader, string account, string region, string name)
    {
        if (TableStore.Read(reader, new(account, region, name)) is not null) throw BackupErrors.TableAlreadyExists(name);
    }
}
