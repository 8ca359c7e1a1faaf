using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Backups;

/// <summary>Enables or disables point-in-time recovery of a table; disabling forgets its history.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html</remarks>
internal static class UpdateContinuousBackups
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, UpdateContinuousBackupsInput input)
    {
        var constraints = new Constraints();
        constraints.Table(input.TableName);
        constraints.NotNull(input.Specification, "pointInTimeRecoverySpecification");
        if (input.Specification is { } given)
        {
            constraints.NotNull(given.PointInTimeRecoveryEnabled, "pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled");
            constraints.Least(given.RecoveryPeriodInDays, "pointInTimeRecoverySpecification.recoveryPeriodInDays", 1);
            constraints.Most(given.RecoveryPeriodInDays, "pointInTimeRecoverySpecification.recoveryPeriodInDays", DynamoDbLimits.RecoveryPeriodDays);
        }
        constraints.Require();

        var name = TableName.Parse(call, input.TableName!);
        var table = await service.Store.WriteAsync(transaction =>
        {
            var present = TableStore.Read(transaction, name, call.Now) ?? throw BackupErrors.TableNotFound(input.TableName!);
            var changed = present with { PointInTimeRecovery = Changed(present.PointInTimeRecovery, input.Specification!, call.Now) };
            if (changed.HistoryDays is null) ItemHistory.Forget(transaction, present);
            TableStore.Put(transaction, changed);
            return changed;
        });
        return AwsJson.Encode(ContinuousBackups.Describe(table, call.Now), BackupJson.Default.ContinuousBackupsOutput);
    }

    private static PointInTimeRecovery? Changed(PointInTimeRecovery? present, PointInTimeRecoveryInput specification, DateTimeOffset now)
    {
        if (specification.PointInTimeRecoveryEnabled == false) return null;
        var days = specification.RecoveryPeriodInDays ?? DynamoDbLimits.RecoveryPeriodDays;
        return present?.WithPeriod(days, now) ?? new(now, days);
    }
}

internal sealed record PointInTimeRecoveryInput(bool? PointInTimeRecoveryEnabled, int? RecoveryPeriodInDays)
{
    public static PointInTimeRecoveryInput Decode(ref InputReader json)
    {
        bool? enabled = null;
        int? days = null;
        while (json.NextMember())
        {
            if (json.Is("PointInTimeRecoveryEnabled"u8)) enabled = json.Boolean();
            else if (json.Is("RecoveryPeriodInDays"u8)) days = json.Integer();
            else json.Skip();
        }
        return new(enabled, days);
    }
}

internal sealed record UpdateContinuousBackupsInput(string? TableName, PointInTimeRecoveryInput? Specification)
{
    public static UpdateContinuousBackupsInput Decode(ref InputReader json)
    {
        string? table = null;
        PointInTimeRecoveryInput? specification = null;
        while (json.NextMember())
        {
            if (json.Is("TableName"u8)) table = json.String();
            else if (json.Is("PointInTimeRecoverySpecification"u8)) specification = json.Struct("PointInTimeRecoverySpecification", PointInTimeRecoveryInput.Decode);
            else json.Skip();
        }
        return new(table, specification);
    }
}
