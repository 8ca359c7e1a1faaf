using Emulator.Protocols;

namespace Emulator.DynamoDb.Backups;

/// <summary>Deletes a backup with its items.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteBackup.html</remarks>
internal static class DeleteBackup
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, BackupArnInput input)
    {
        input.Check();
        var deleted = await service.Store.WriteAsync(transaction =>
        {
            var backup = BackupStore.Require(transaction, call, input.BackupArn!);
            BackupStore.Delete(transaction, backup);
            return backup;
        });
        return DescribeBackup.Answer(deleted, "DELETED");
    }
}
