using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>What UpdateTable asks of GlobalSecondaryIndexUpdates, in AWS's order.</summary>
/// <remarks>Source of order and texts: docs/api-quirks of aws-controllers-k8s/dynamodb-controller (DDB-TABLE-128, 152 to 175, 380, 442), test/updateTable.js of architect/dynalite, test_gsi_updatetable.py of scylladb/scylladb test/alternator; all taken from AWS.</remarks>
internal static class IndexUpdateRules
{
    // What is asked beyond this is refused in words of its own.
    private const long MostUnits = 1_000_000_000_000;

    /// <summary>What can be seen without the table.</summary>
    public static void Check(UpdateTableInput input)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var update in input.GlobalSecondaryIndexUpdates ?? [])
        {
            var actions = (update?.Create is null ? 0 : 1) + (update?.Update is null ? 0 : 1) + (update?.Delete is null ? 0 : 1);
            if (actions == 0) throw DynamoDbErrors.Invalid("One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null");
            if (actions > 1) throw DynamoDbErrors.Invalid("Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
            if (!names.Add(update!.IndexName)) throw DynamoDbErrors.Invalid($"Only one global secondary index update per index is allowed simultaneously. Index: {update.IndexName}");
            if (update.Create is { } create) CheckCreate(input, create);
        }
    }

    /// <summary>What depends on the table as it is.</summary>
    /// <param name="onDemand">Whether the table will be on demand.</param>
    public static void Check(UpdateTableInput input, Table table, bool onDemand)
    {
        var updates = input.GlobalSecondaryIndexUpdates ?? [];
        foreach (var update in updates)
        {
            if (update!.Update?.ProvisionedThroughput is { } units && (units.ReadCapacityUnits > MostUnits || units.WriteCapacityUnits > MostUnits))
            {
                throw DynamoDbErrors.Validation("This operation cannot be performed with given input values. Please contact DynamoDB service team for more info: Action Blocked: IndexUpdate");
            }
        }
        if (updates.Count(update => update!.Update is null) > 1) throw DynamoDbErrors.LimitExceeded("Only 1 online index can be created or deleted simultaneously per table");
        if (table.OnDemand && !onDemand) CheckAllProvisioned(table, updates);
        foreach (var update in updates)
        {
            if (update!.Create is { } create) CheckCreate(input, table, create, onDemand);
            else if (update.Update is { } change) CheckUpdate(table, change, onDemand);
            else _ = Find(table, update.IndexName, "delete");
        }
    }

    private static void CheckCreate(UpdateTableInput input, IndexInput create)
    {
        if (input.AttributeDefinitions is not { Count: > 0 } definitions) throw DynamoDbErrors.Invalid($"AttributeDefinitions is not specified for index: {create.IndexName}");
        IndexRules.CheckDefined(create.KeySchema!, definitions.ConvertAll(definition => definition!.AttributeName!));
        IndexRules.CheckGlobalKey(create.KeySchema!);
        IndexRules.CheckProjection(create.Projection!);
    }

    private static void CheckCreate(UpdateTableInput input, Table table, IndexInput create, bool onDemand)
    {
        if (table.FindIndex(create.IndexName!) is not null) throw DynamoDbErrors.Validation("Attempting to create an index which already exists");
        if (table.Indexes?.Count(index => !index.IsLocal) >= DynamoDbLimits.GlobalIndexes) throw DynamoDbErrors.LimitExceeded($"Number of global secondary indexes exceeds per-table limit of {DynamoDbLimits.GlobalIndexes}");
        CheckTypes(input, table, create);
        if (onDemand && create.ProvisionedThroughput is not null) throw DynamoDbErrors.Invalid($"Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: {create.IndexName} when BillingMode is PAY_PER_REQUEST");
        if (!onDemand && create.ProvisionedThroughput is null) throw UnitsRequired(create);
        CheckLimits(create, onDemand, takesAway: false);
        create.WarmThroughput?.CheckLeast(onDemand ? "PAY_PER_REQUEST" : null, create.ProvisionedThroughput, $"index {create.IndexName}");
        IndexRules.CheckNonKeyAttributes((table.Indexes ?? []).Sum(index => index.NonKeyAttributes?.Count ?? 0) + (create.Projection!.NonKeyAttributes?.Count ?? 0));
    }

    /// <summary>An attribute that is part of a key keeps its type.</summary>
    private static void CheckTypes(UpdateTableInput input, Table table, IndexInput create)
    {
        foreach (var element in create.KeySchema!)
        {
            var wanted = input.AttributeDefinitions!.Find(definition => definition!.AttributeName == element!.AttributeName)!;
            var present = table.AttributeDefinitions.FirstOrDefault(definition => definition.AttributeName == wanted.AttributeName);
            if (present is null || present == wanted) continue;
            var schemas = (table.Indexes ?? []).Select(index => index.KeySchema).Prepend(table.KeySchema);
            var existing = schemas.First(schema => schema.Any(one => one.AttributeName == wanted.AttributeName));
            throw DynamoDbErrors.Invalid(
                "Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. " +
                $"Existing schema: {Text(existing, table.AttributeDefinitions)} New schema: {Text(create.KeySchema!, input.AttributeDefinitions!)}");
        }
    }

    private static string Text(IEnumerable<KeySchemaElement?> schema, IEnumerable<AttributeDefinition?> definitions) =>
        $"Schema:[{string.Join(", ", schema.Select(element => $"SchemaElement: key{{{element!.AttributeName}:{definitions.First(one => one!.AttributeName == element.AttributeName)!.AttributeType}:{element.KeyType}}}"))}]";

    private static void CheckUpdate(Table table, IndexInput change, bool onDemand)
    {
        var index = Find(table, change.IndexName!, "update");
        var isEmpty = change is { ProvisionedThroughput: null, OnDemandThroughput: null or { IsEmpty: true }, WarmThroughput: null or { IsEmpty: true } };
        if (onDemand && (change.ProvisionedThroughput is not null || isEmpty))
        {
            throw DynamoDbErrors.Invalid($"The only Updates for index: {index.Name} when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput");
        }
        if (isEmpty) throw UnitsRequired(change);
        CheckLimits(change, onDemand, takesAway: true);
        change.WarmThroughput?.CheckIncrease(index.WarmRead(table.OnDemand), index.WarmWrite(table.OnDemand), $"index {index.Name}");
        if (change.ProvisionedThroughput is not { } wanted || table.OnDemand || wanted.ReadCapacityUnits != index.ReadCapacityUnits || wanted.WriteCapacityUnits != index.WriteCapacityUnits) return;
        throw DynamoDbErrors.Validation(
            $"The provisioned throughput for the index {index.Name} will not change. The requested value equals the current value. " +
            $"Current ReadCapacityUnits provisioned for index {index.Name}: {index.ReadCapacityUnits}. Requested ReadCapacityUnits: {wanted.ReadCapacityUnits}. " +
            $"Current WriteCapacityUnits provisioned for index {index.Name}: {index.WriteCapacityUnits}. Requested WriteCapacityUnits: {wanted.WriteCapacityUnits}. " +
            "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.");
    }

    private static void CheckLimits(IndexInput input, bool onDemand, bool takesAway)
    {
        CheckLimit(input, "MaxReadRequestUnits", input.OnDemandThroughput?.MaxReadRequestUnits, onDemand, takesAway);
        CheckLimit(input, "MaxWriteRequestUnits", input.OnDemandThroughput?.MaxWriteRequestUnits, onDemand, takesAway);
    }

    private static void CheckLimit(IndexInput input, string member, long? units, bool onDemand, bool takesAway)
    {
        if (units is null) return;
        if (!onDemand) throw DynamoDbErrors.Invalid($"{member} for OnDemandThroughput for index : {input.IndexName} cannot be specified when the table BillingMode is PROVISIONED");
        if (units < 1 && !(takesAway && units == Input.OnDemandThroughputInput.Unlimited)) throw DynamoDbErrors.Invalid($"Requested {member} for OnDemandThroughput for index : {input.IndexName} is outside of valid range");
    }

    /// <summary>A table that leaves on demand needs the units of each of its indexes.</summary>
    private static void CheckAllProvisioned(Table table, List<IndexUpdateInput?> updates)
    {
        var missing = (table.Indexes ?? []).Where(index => !index.IsLocal && !updates.Exists(update => update!.IndexName == index.Name && update.Update?.ProvisionedThroughput is not null)).Select(index => index.Name).ToList();
        if (missing.Count > 0) throw DynamoDbErrors.Invalid($"ProvisionedThroughput must be specified for index: {string.Join(',', missing)}");
    }

    private static SecondaryIndex Find(Table table, string name, string action)
    {
        var index = table.FindIndex(name)?.Index ?? throw new AwsException("ResourceNotFoundException", $"Requested resource not found: Index {name} for table {table.Name}");
        return index.IsLocal ? throw DynamoDbErrors.Validation($"Cannot {action} an index that is not a GlobalSecondaryIndex: {name}") : index;
    }

    private static AwsException UnitsRequired(IndexInput index) => DynamoDbErrors.Invalid($"Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: {index.IndexName}");
}
