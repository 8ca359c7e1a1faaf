using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>What CreateTable asks of its indexes, in AWS's order; UpdateTable asks the same of one that it adds.</summary>
/// <remarks>
/// Source of order and texts: the expectations of test/createTable.js of architect/dynalite, taken from AWS; what is newer (several attributes in a key, warm and on-demand throughput, definitions that
/// are not used): DDB-TABLE-123 to 129 and 442 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, observed on AWS in October 2026.
/// </remarks>
internal static class IndexRules
{
    public static void Check(CreateTableInput input)
    {
        var (local, global) = (input.LocalSecondaryIndexes ?? [], input.GlobalSecondaryIndexes ?? []);
        if (input.LocalSecondaryIndexes is { Count: 0 }) throw DynamoDbErrors.Invalid("List of LocalSecondaryIndexes is empty");
        if (local.Count > 0 && input.KeySchema!.Count < 2) throw DynamoDbErrors.Invalid("Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
        if (input.GlobalSecondaryIndexes is { Count: 0 }) throw DynamoDbErrors.Invalid("List of GlobalSecondaryIndexes is empty");
        var definitions = input.AttributeDefinitions!.ConvertAll(definition => definition!.AttributeName!);
        foreach (var index in local)
        {
            CheckDefined(index!.KeySchema!, definitions);
            CheckLocalKey(index.KeySchema!);
        }
        foreach (var index in global)
        {
            CheckDefined(index!.KeySchema!, definitions);
            CheckGlobalKey(index.KeySchema!);
        }
        CheckUsed(definitions, [.. input.KeySchema!, .. local.Concat(global).SelectMany(index => index!.KeySchema!)]);

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var index in local)
        {
            CheckLocal(index!, tableHash: input.KeySchema![0]!.AttributeName!);
            CheckName(names, index!);
        }
        if (local.Count > DynamoDbLimits.LocalIndexes) throw DynamoDbErrors.Invalid($"Number of LocalSecondaryIndexes exceeds per-table limit of {DynamoDbLimits.LocalIndexes}");
        foreach (var index in global)
        {
            CheckProjection(index!.Projection!);
            CheckThroughput(index, onDemand: input.BillingMode == "PAY_PER_REQUEST");
            CheckName(names, index);
        }
        if (global.Count > DynamoDbLimits.GlobalIndexes) throw DynamoDbErrors.Invalid($"GlobalSecondaryIndex count exceeds the per-table limit of {DynamoDbLimits.GlobalIndexes}");
        CheckNonKeyAttributes(local.Concat(global).Sum(index => index!.Projection!.NonKeyAttributes?.Count ?? 0));
    }

    public static void CheckDefined(List<KeySchemaElement?> schema, List<string> definitions)
    {
        if (schema.TrueForAll(element => definitions.Contains(element!.AttributeName!))) return;
        throw DynamoDbErrors.Invalid(
            $"Some index key attributes are not defined in AttributeDefinitions. Keys: [{string.Join(", ", schema.Select(element => element!.AttributeName).Distinct())}], AttributeDefinitions: [{string.Join(", ", definitions)}]");
    }

    /// <summary>The key of a global index: up to four attributes that make its partition, then up to four that order it.</summary>
    public static void CheckGlobalKey(List<KeySchemaElement?> schema)
    {
        if (schema.DistinctBy(element => element!.AttributeName).Count() < schema.Count) throw DynamoDbErrors.Validation("The KeySchema contains multiple key attributes with the same name");
        CheckFirst(schema);
        var hash = schema.TakeWhile(element => element!.KeyType == "HASH").Count();
        if (schema.Skip(hash).Any(element => element!.KeyType == "HASH")) throw DynamoDbErrors.Invalid("All HASH key attributes must precede RANGE key attributes in the KeySchema");
        if (hash > DynamoDbLimits.IndexKeyAttributes) throw TooManyKeyAttributes("HASH");
        if (schema.Count - hash > DynamoDbLimits.IndexKeyAttributes) throw TooManyKeyAttributes("RANGE");
    }

    public static void CheckProjection(ProjectionInput projection)
    {
        var (type, attributes) = (projection.ProjectionType, projection.NonKeyAttributes);
        if (type is null) throw DynamoDbErrors.Invalid("Unknown ProjectionType: null");
        if (type != "INCLUDE" && attributes is not null) throw DynamoDbErrors.Invalid($"ProjectionType is {type}, but NonKeyAttributes is specified");
        if (type == "INCLUDE" && attributes is null) throw DynamoDbErrors.Invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
        var seen = new HashSet<string?>(StringComparer.Ordinal);
        foreach (var name in attributes ?? [])
        {
            if (!seen.Add(name)) throw DynamoDbErrors.Invalid($"Duplicate element in NonKeyAttributes: {name}");
        }
    }

    /// <param name="count">Of all indexes of the table.</param>
    public static void CheckNonKeyAttributes(int count)
    {
        // The text is not known; it follows those of the other limits.
        if (count > DynamoDbLimits.NonKeyAttributesPerTable) throw DynamoDbErrors.Invalid($"Number of NonKeyAttributes exceeds per-table limit of {DynamoDbLimits.NonKeyAttributesPerTable}");
    }

    /// <summary>Limits on demand and warm throughput of a global index that is made.</summary>
    public static void CheckLimits(IndexInput index, bool onDemand)
    {
        if (index.OnDemandThroughput is { } limits)
        {
            CheckOnDemand(index, "MaxReadRequestUnits", limits.MaxReadRequestUnits, onDemand);
            CheckOnDemand(index, "MaxWriteRequestUnits", limits.MaxWriteRequestUnits, onDemand);
        }
        index.WarmThroughput?.CheckLeast(onDemand ? "PAY_PER_REQUEST" : null, index.ProvisionedThroughput, $"index {index.IndexName}");
    }

    private static void CheckUsed(List<string> definitions, List<KeySchemaElement?> keys)
    {
        if (definitions.TrueForAll(name => keys.Exists(element => element!.AttributeName == name))) return;
        throw DynamoDbErrors.Invalid(
            $"Some AttributeDefinitions are not used. AttributeDefinitions: [{string.Join(", ", definitions)}], keys used: [{string.Join(", ", keys.Select(element => element!.AttributeName).Distinct())}]");
    }

    private static void CheckLocalKey(List<KeySchemaElement?> schema)
    {
        if (schema.Count == 2 && schema[0]!.AttributeName == schema[1]!.AttributeName) throw DynamoDbErrors.Validation("Both the Hash Key and the Range Key element in the KeySchema have the same name");
        CheckFirst(schema);
        if (schema.Count == 2 && schema[1]!.KeyType != "RANGE") throw DynamoDbErrors.Validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }

    private static void CheckLocal(IndexInput index, string tableHash)
    {
        var schema = index.KeySchema!;
        if (schema.Count < 2) throw DynamoDbErrors.Invalid($"Index KeySchema does not have a range key for index: {index.IndexName}");
        var hash = schema[0]!.AttributeName;
        if (hash != tableHash)
        {
            throw DynamoDbErrors.Invalid($"Index KeySchema does not have the same leading hash key as table KeySchema for index: {index.IndexName}. index hash key: {hash}, table hash key: {tableHash}");
        }
        CheckProjection(index.Projection!);
    }

    public static void CheckThroughput(IndexInput index, bool onDemand)
    {
        if (onDemand && index.ProvisionedThroughput is not null) throw DynamoDbErrors.Invalid($"ProvisionedThroughput should not be specified for index: {index.IndexName} when BillingMode is PAY_PER_REQUEST");
        if (!onDemand && index.ProvisionedThroughput is null) throw DynamoDbErrors.Invalid($"ProvisionedThroughput is not specified for index: {index.IndexName}");
        CheckLimits(index, onDemand);
    }

    private static void CheckOnDemand(IndexInput index, string member, long? units, bool onDemand)
    {
        if (units is null) return;
        if (!onDemand) throw DynamoDbErrors.Invalid($"{member} for OnDemandThroughput for index: {index.IndexName} cannot be specified when table BillingMode is PROVISIONED.");
        if (units < 1) throw DynamoDbErrors.Invalid($"Requested {member} for OnDemandThroughput for index : {index.IndexName} is outside of valid range");
    }

    private static void CheckFirst(List<KeySchemaElement?> schema)
    {
        if (schema[0]!.KeyType != "HASH") throw DynamoDbErrors.Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }

    private static void CheckName(HashSet<string> names, IndexInput index)
    {
        if (!names.Add(index.IndexName!)) throw DynamoDbErrors.Invalid($"Duplicate index name: {index.IndexName}");
    }

    private static AwsException TooManyKeyAttributes(string keyType) =>
        DynamoDbErrors.Invalid($"The KeySchema exceeds the maximum allowed number of {keyType} key attributes");
}
