using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Backups;

/// <summary>Tells whether a table has point-in-time recovery, and to which moments it can be restored.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html</remarks>
internal static class DescribeContinuousBackups
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, TableNameInput input)
    {
        var constraints = new Constraints();
        constraints.Table(input.TableName);
        constraints.Require();
        var table = service.Tables.Find(TableName.Parse(call, input.TableName!)) ?? throw BackupErrors.TableNotFound(input.TableName!);
        return new(AwsJson.Encode(ContinuousBackups.Describe(table, call.Now), BackupJson.Default.ContinuousBackupsOutput));
    }
}
