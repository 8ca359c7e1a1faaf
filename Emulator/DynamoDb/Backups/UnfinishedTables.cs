using System.Text;
using Emulator.DynamoDb.Tables;
using Emulator.Storage;

namespace Emulator.DynamoDb.Backups;

/// <summary>Tables and backups that are being filled: many transactions, of which none shows until the last one.</summary>
/// <remarks>A row marks each as long as it is unfinished, so that what an end of the process left half done is removed at the next start.</remarks>
internal static class UnfinishedTables
{
    private static readonly Space Space = new("dynamodb.unfinished");

    /// <summary>Fills a table with items, then does what makes it known; removes what it wrote where that fails.</summary>
    /// <param name="put">Writes one item into it.</param>
    public static async ValueTask<T> FillAsync<T>(DynamoDbService service, Table table, IEnumerable<StoredItem> items, Action<IWriteTransaction, StoredItem> put, Func<IWriteTransaction, T> finish)
    {
        var finished = false;
        await BeginAsync(service, table);
        try
        {
            foreach (var batch in StoredItem.Batches(items))
            {
                await service.Store.WriteAsync(transaction =>
                {
                    foreach (var item in batch) put(transaction, item);
                    return batch.Count;
                });
            }
            var result = await service.Store.WriteAsync(transaction =>
            {
                // Its mark is gone where all state was reset meanwhile.
                if (!End(transaction, table)) throw DynamoDbErrors.ResourceNotFound();
                return finish(transaction);
            });
            finished = true;
            return result;
        }
        finally
        {
            if (!finished) await RemoveAsync(service, table);
        }
    }

    public static ValueTask<bool> BeginAsync(DynamoDbService service, Table table) => service.Store.WriteAsync(transaction =>
    {
        transaction.Put(Space, table.Space.Whole, Encoding.UTF8.GetBytes(table.Name));
        return true;
    });

    public static bool End(IWriteTransaction transaction, Table table) => transaction.Delete(Space, table.Space.Whole);

    public static ValueTask<bool> RemoveAsync(DynamoDbService service, Table table) => service.Store.WriteAsync(transaction =>
    {
        End(transaction, table);
        TableStore.DeleteEntries(transaction, table.Space.Whole);
        return true;
    });

    /// <summary>Removes what was left half done.</summary>
    public static async ValueTask RemoveAllAsync(DynamoDbService service)
    {
        using (var snapshot = service.Store.Snapshot())
        {
            if (!snapshot.Range(Space, KeyRange.All).Any()) return;
        }
        await service.Store.WriteAsync(transaction =>
        {
            foreach (var entry in transaction.Range(Space, KeyRange.All).ToList())
            {
                TableStore.DeleteEntries(transaction, entry.Key.Span);
                transaction.Delete(Space, entry.Key.Span);
            }
            return true;
        });
    }
}
