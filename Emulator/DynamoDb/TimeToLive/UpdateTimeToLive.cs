using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.TimeToLive;

/// <summary>Lets the items of a table expire, or no longer.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html; texts and order: DDB-TABLE-143, 146, 147, 442 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, taken from AWS.</remarks>
internal static class UpdateTimeToLive
{
    private const int ItemsPerWrite = 1000;

    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, UpdateTimeToLiveInput input)
    {
        CheckConstraints(input);
        var name = TableName.Parse(call, input.TableName!);
        var specification = input.TimeToLiveSpecification!;
        var table = await service.Store.WriteAsync(transaction =>
        {
            var table = TableStore.Read(transaction, name, call.Now) ?? throw DynamoDbErrors.TableNotFound(name.Name);
            Check(table.TimeToLive, specification, call.Now);
            ExpiryEntries.Forget(transaction, table);
            if (specification.Enabled == true) ExpiryEntries.Begin(transaction, table);
            table = table with { TimeToLive = new(specification.Enabled == true ? specification.AttributeName : null, call.Now, IsBackfilling: specification.Enabled == true) };
            TableStore.Put(transaction, table);
            return table;
        });
        if (table.TimeToLive!.IsBackfilling) await BackfillAsync(service, table);
        return AwsJson.Encode(new UpdateTimeToLiveOutput(specification), ControlJson.Default.UpdateTimeToLiveOutput);
    }

    /// <summary>Goes on where an end of the process broke off.</summary>
    public static async ValueTask ResumeAsync(DynamoDbService service)
    {
        foreach (var table in Unfinished(service)) await BackfillAsync(service, table);
    }

    private static List<Table> Unfinished(DynamoDbService service)
    {
        using var snapshot = service.Store.Snapshot();
        return [.. ExpiryEntries.TablesOf(snapshot).Where(table => table.TimeToLive!.IsBackfilling)];
    }

    private static async ValueTask BackfillAsync(DynamoDbService service, Table found)
    {
        var rest = KeyRange.Prefix(found.Space.ItemPrefix);
        for (var isDone = false; !isDone;)
        {
            isDone = await service.Store.WriteAsync(transaction =>
            {
                // Who disabled it, or deleted the table, has removed the entries.
                if (TableStore.ReadAny(transaction, new(found.Account, found.Region, found.Name)) is not { TimeToLive.IsBackfilling: true } table || table.Id != found.Id) return true;
                var items = 0;
                foreach (var (key, value) in transaction.Range(TableSpace.Items, rest))
                {
                    if (items++ == ItemsPerWrite)
                    {
                        rest = rest with { From = key };
                        return false;
                    }
                    ExpiryEntries.Add(transaction, table, key.Span, Item.Read(value));
                }
                TableStore.Put(transaction, table with { TimeToLive = table.TimeToLive with { IsBackfilling = false } });
                return true;
            });
        }
    }

    private static void CheckConstraints(UpdateTimeToLiveInput input)
    {
        if (input.TableName is null) throw TableNameRules.Required();
        var constraints = new Constraints();
        constraints.Table(input.TableName);
        constraints.NotNull(input.TimeToLiveSpecification, "timeToLiveSpecification");
        if (input.TimeToLiveSpecification is { } specification)
        {
            constraints.NotNull(specification.AttributeName, "timeToLiveSpecification.attributeName");
            constraints.Length(specification.AttributeName, "timeToLiveSpecification.attributeName", 1, DynamoDbLimits.KeyNameBytes);
            constraints.NotNull(specification.Enabled, "timeToLiveSpecification.enabled");
        }
        constraints.Require();
    }

    private static void Check(TimeToLiveSetting? present, TimeToLiveSpecification specification, DateTimeOffset now)
    {
        if (present?.AttributeName is { } attribute)
        {
            if (attribute != specification.AttributeName) throw DynamoDbErrors.Validation($"TimeToLive is active on a different AttributeName: current AttributeName is {attribute}");
            if (specification.Enabled == true) throw DynamoDbErrors.Validation("TimeToLive is already enabled");
        }
        else if (specification.Enabled == false) throw DynamoDbErrors.Validation("TimeToLive is already disabled");
        if (present is not null && now < present.ChangedAt + DynamoDbLimits.TimeToLiveInterval) throw DynamoDbErrors.Validation("Time to live has been modified multiple times within a fixed interval");
    }
}

internal sealed record TimeToLiveSpecification(bool? Enabled, string? AttributeName)
{
    public static TimeToLiveSpecification Decode(ref InputReader json)
    {
        bool? enabled = null;
        string? attribute = null;
        while (json.NextMember())
        {
            if (json.Is("Enabled"u8)) enabled = json.Boolean();
            else if (json.Is("AttributeName"u8)) attribute = json.String();
            else json.Skip();
        }
        return new(enabled, attribute);
    }
}

internal sealed record UpdateTimeToLiveInput(string? TableName, TimeToLiveSpecification? TimeToLiveSpecification)
{
    public static UpdateTimeToLiveInput Decode(ref InputReader json)
    {
        string? table = null;
        TimeToLiveSpecification? specification = null;
        while (json.NextMember())
        {
            if (json.Is("TableName"u8)) table = json.String();
            else if (json.Is("TimeToLiveSpecification"u8)) specification = json.Struct("TimeToLiveSpecification", DynamoDb.TimeToLive.TimeToLiveSpecification.Decode);
            else json.Skip();
        }
        return new(table, specification);
    }
}

internal sealed record UpdateTimeToLiveOutput(TimeToLiveSpecification TimeToLiveSpecification);
