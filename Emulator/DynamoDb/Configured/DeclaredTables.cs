using System.Text;
using System.Text.Json;
using Emulator.Configuration;
using Emulator.DynamoDb.Backups;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.ResourcePolicies;
using Emulator.DynamoDb.Statuses;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.TimeToLive;
using Emulator.Iam;
using Emulator.Identifiers;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Configured;

/// <summary>Makes the tables that emulator.yaml declares.</summary>
internal static class DeclaredTables
{
    /// <summary>Creates what is missing, with its items; tells what is there in another form, and what cannot be made.</summary>
    public static async ValueTask<IReadOnlyList<string>> ApplyAsync(DynamoDbService service, CancellationToken cancelled)
    {
        var differences = new List<string>();
        foreach (var (name, declared) in service.Config.Tables)
        {
            cancelled.ThrowIfCancellationRequested();
            try
            {
                var input = TableRequest.Of(name, declared);
                CreateTableRules.Check(input);
                var wanted = TableOf(service, name, declared, input);
                if (service.Tables.FindAny(new(wanted.Account, wanted.Region, name)) is { } present) differences.AddRange(Differences(present, wanted, declared));
                else await CreateAsync(service, wanted, declared, input);
                foreach (var region in declared.Replicas) await ReplicateAsync(service, wanted, region);
            }
            catch (AwsException refused)
            {
                differences.Add($"The table {name} is not made: {refused.Message}");
            }
        }
        return differences;
    }

    /// <summary>A call in the name of the account that emulator.yaml is about.</summary>
    private static Call CallOf(DynamoDbService service) => new()
    {
        Caller = Caller.RootOf(service.Config.Account),
        Account = service.Config.Account,
        Region = service.Config.Region,
        Now = service.Clock.GetUtcNow(),
        RequestId = "",
        Scheme = "http",
        Host = "localhost",
    };

    /// <summary>Adds the replica of a region where it is missing.</summary>
    private static async ValueTask ReplicateAsync(DynamoDbService service, Table table, string region)
    {
        var present = service.Tables.Require(new(table.Account, table.Region, table.Name));
        if (present.GlobalTable is not null && present.Replicas.Any(replica => replica.Region == region)) return;
        var request = $$$"""{"TableName":{{{Quoted(table.Name)}}},"ReplicaUpdates":[{"Create":{"RegionName":{{{Quoted(region)}}}}}]}""";
        await UpdateTable.ExecuteAsync(service, CallOf(service), InputReader.Decode(Encoding.UTF8.GetBytes(request), UpdateTableInput.Decode), Transitions.None);

        static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
    }

    private static Table TableOf(DynamoDbService service, string name, TableConfig declared, CreateTableInput input)
    {
        var config = service.Config;
        var call = CallOf(service);
        return CreateTable.NewTable(service, call, input) with
        {
            Id = StableId.Uuid("table", config.Account, config.Region, name),
            TimeToLive = declared.TimeToLive is { } attribute ? new TimeToLiveSetting(attribute, call.Now) : null,
            PointInTimeRecovery = declared.PointInTimeRecovery ? new PointInTimeRecovery(call.Now, DynamoDbLimits.RecoveryPeriodDays) : null,
        };
    }

    /// <summary>The table and its items, in one transaction: a table without its items would pass for one whose items were deleted.</summary>
    private static async ValueTask CreateAsync(DynamoDbService service, Table table, TableConfig declared, CreateTableInput input)
    {
        var items = SeedItems.Read(table, declared.Items, declared.ItemFiles, service.Config.Folder);
        var streamId = service.Ids.Uuid();
        await service.Store.WriteAsync(transaction =>
        {
            var made = input.StreamSpecification is { } stream ? stream.ApplyToNew(transaction, table, streamId, table.Created) : table;
            TableStore.Put(transaction, made);
            if (made.TimeToLive is not null) ExpiryEntries.Begin(transaction, made);
            if (declared.Policy is { } policy) PolicyStore.Put(transaction, made.Arn, new TablePolicy(PolicyForm.Of(policy), PutResourcePolicy.NextRevision(null, made.Created)));
            foreach (var item in items)
            {
                var key = ItemKey.Of(made, item.Attributes);
                TableItems.Replace(transaction, made, key, TableItems.Get(transaction, key), item, new(made.Created));
            }
            return items.Count;
        });
    }

    private static IEnumerable<string> Differences(Table present, Table wanted, TableConfig declared)
    {
        if (!present.KeySchema.SequenceEqual(wanted.KeySchema)) yield return Differs("the key", Keys(present), Keys(wanted));
        // Units that are scaled are what scaling made of them.
        if (present.OnDemand != wanted.OnDemand || (declared.ReadAutoScaling is null && present.ReadCapacityUnits != wanted.ReadCapacityUnits) || (declared.WriteAutoScaling is null && present.WriteCapacityUnits != wanted.WriteCapacityUnits))
        {
            yield return Differs("", Throughput(present), Throughput(wanted));
        }
        if (Indexes(present) != Indexes(wanted)) yield return Differs("the indexes", Indexes(present), Indexes(wanted));
        if (Stream(present) != (declared.Stream ?? "none")) yield return Differs("the stream", Stream(present), declared.Stream ?? "none");
        if (present.TimeToLive?.AttributeName != declared.TimeToLive) yield return Differs("time to live by", present.TimeToLive?.AttributeName ?? "nothing", declared.TimeToLive ?? "nothing");

        string Differs(string what, string found, string asked) => $"The table {present.Name} is there with {(what.Length == 0 ? "" : what + " ")}{found}; emulator.yaml declares {asked}.";
    }

    private static string Keys(Table table) => string.Join(", ", table.KeySchema.Select(element =>
        $"{element.AttributeName}:{table.AttributeDefinitions.FirstOrDefault(definition => definition.AttributeName == element.AttributeName)?.AttributeType}"));

    private static string Throughput(Table table) =>
        table.OnDemand ? "on-demand capacity" : $"{table.ReadCapacityUnits} read and {table.WriteCapacityUnits} write capacity units";

    private static string Indexes(Table table) =>
        table.Indexes is { Count: > 0 } indexes ? string.Join(", ", indexes.Select(index => $"{index.Name} ({string.Join(", ", index.KeySchema.Select(element => element.AttributeName))})").Order(StringComparer.Ordinal)) : "none";

    private static string Stream(Table table) => table.LatestStream is { IsEnabled: true } stream ? stream.ViewType : "none";
}
