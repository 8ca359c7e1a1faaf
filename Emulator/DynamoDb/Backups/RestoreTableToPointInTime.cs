using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Iam;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Backups;

/// <summary>Creates a table with the items that another one had at a moment.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html</remarks>
internal static class RestoreTableToPointInTime
{
    public static IReadOnlyList<Permission> Permissions(string action, DynamoDbService service, Call call, RestoreTableToPointInTimeInput input) =>
        RestoredTable.Permissions(action, call, Arns.Table(call, input.Source), input.TargetTableName);

    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, RestoreTableToPointInTimeInput input)
    {
        input.CheckConstraints();
        using var snapshot = service.Store.Snapshot();
        var source = TableStore.Read(snapshot, TableName.Parse(call, input.Source!), call.Now) ?? throw BackupErrors.TableNotFound(input.Source!);
        RestoredTable.RequireFree(snapshot, call.Account, call.Region, input.TargetTableName!, call.Now);
        var recovery = source.PointInTimeRecovery ?? throw BackupErrors.PointInTimeRecoveryUnavailable(source.Name);
        var moment = input.RestoreDateTime ?? call.Now;
        if (!recovery.Covers(moment, call.Now)) throw BackupErrors.InvalidRestoreTime();
        var table = input.TableOf(service, call, source, new(null, source.Arn, moment));
        return await RestoredTable.CreateAsync(service, call, table, ItemHistory.At(snapshot, source, PointInTimeRecovery.EndOf(moment)));
    }
}

internal sealed class RestoreTableToPointInTimeInput : RestoreOverrides
{
    public string? SourceTableArn { get; private set; }
    public string? SourceTableName { get; private set; }
    public bool? UseLatestRestorableTime { get; private set; }
    public DateTimeOffset? RestoreDateTime { get; private set; }

    public string? Source => SourceTableArn ?? SourceTableName;

    public void CheckConstraints()
    {
        var constraints = new Constraints();
        constraints.Length(SourceTableArn, "sourceTableArn", 1, 1024);
        if (SourceTableName is not null) constraints.Name(SourceTableName, "sourceTableName");
        AddTo(ref constraints);
        constraints.Require();
        if (SourceTableArn is null == SourceTableName is null) throw DynamoDbErrors.Invalid("Exactly one of SourceTableArn and SourceTableName must be specified");
        if (RestoreDateTime is null == (UseLatestRestorableTime != true)) throw DynamoDbErrors.Invalid("Exactly one of RestoreDateTime and UseLatestRestorableTime must be specified");
    }

    public static RestoreTableToPointInTimeInput Decode(ref InputReader json)
    {
        var input = new RestoreTableToPointInTimeInput();
        while (json.NextMember())
        {
            if (json.Is("SourceTableArn"u8)) input.SourceTableArn = json.String();
            else if (json.Is("SourceTableName"u8)) input.SourceTableName = json.String();
            else if (json.Is("UseLatestRestorableTime"u8)) input.UseLatestRestorableTime = json.Boolean();
            else if (json.Is("RestoreDateTime"u8)) input.RestoreDateTime = json.Timestamp();
            else if (!input.TryDecode(ref json)) json.Skip();
        }
        return input;
    }
}
