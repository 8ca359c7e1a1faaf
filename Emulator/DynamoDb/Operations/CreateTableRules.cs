using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>What CreateTable asks of its parameters, in AWS's order.</summary>
/// <remarks>Source of order and texts: the expectations of test/createTable.js of architect/dynalite and tests/tier3/error-messages/createTable.test.ts of nubo-db/dynamodb-conformance, taken from AWS.</remarks>
internal static class CreateTableRules
{
    private const long MostCapacityUnits = 1_000_000_000_000;

    public static void Check(CreateTableInput input)
    {
        if (input.TableName is null) throw TableNameRules.Required();
        CheckConstraints(input);
        if (input.NotBuilt is { } parameter) throw Errors.NotImplemented("CreateTable", parameter);
        CheckThroughput(input);
        CheckKeys(input);
    }

    private static void CheckConstraints(CreateTableInput input)
    {
        var constraints = new Constraints();
        constraints.NotNull(input.AttributeDefinitions, "attributeDefinitions");
        for (var i = 0; i < input.AttributeDefinitions?.Count; i++) Definition(ref constraints, input.AttributeDefinitions[i], $"attributeDefinitions.{i + 1}.member");
        constraints.Name(input.TableName, "tableName");
        constraints.OneOf(input.BillingMode, "billingMode", Enums.BillingMode);
        if (input.ProvisionedThroughput is { } throughput)
        {
            constraints.NotNull(throughput.WriteCapacityUnits, "provisionedThroughput.writeCapacityUnits");
            constraints.Least(throughput.WriteCapacityUnits, "provisionedThroughput.writeCapacityUnits", 1);
            constraints.NotNull(throughput.ReadCapacityUnits, "provisionedThroughput.readCapacityUnits");
            constraints.Least(throughput.ReadCapacityUnits, "provisionedThroughput.readCapacityUnits", 1);
        }
        constraints.NotNull(input.KeySchema, "keySchema");
        constraints.Count(input.KeySchema?.Count, () => $"[{string.Join(", ", input.KeySchema!)}]", "keySchema", 1, 2);
        for (var i = 0; i < input.KeySchema?.Count; i++) Key(ref constraints, input.KeySchema[i], $"keySchema.{i + 1}.member");
        constraints.OneOf(input.TableClass, "tableClass", Enums.TableClass);
        constraints.OneOf(input.SSESpecification?.SSEType, "sSESpecification.sSEType", Enums.SseType);
        for (var i = 0; i < input.Tags?.Count; i++) Tag(ref constraints, input.Tags[i], $"tags.{i + 1}.member");
        constraints.Require();
    }

    private static void Definition(ref Constraints constraints, AttributeDefinition? definition, string path)
    {
        constraints.NotNull(definition?.AttributeName, $"{path}.attributeName");
        constraints.Length(definition?.AttributeName, $"{path}.attributeName", 1, DynamoDbLimits.KeyNameBytes);
        constraints.NotNull(definition?.AttributeType, $"{path}.attributeType");
        constraints.OneOf(definition?.AttributeType, $"{path}.attributeType", Enums.ScalarType);
    }

    private static void Key(ref Constraints constraints, KeySchemaElement? element, string path)
    {
        constraints.NotNull(element?.AttributeName, $"{path}.attributeName");
        constraints.Length(element?.AttributeName, $"{path}.attributeName", 1, DynamoDbLimits.KeyNameBytes);
        constraints.NotNull(element?.KeyType, $"{path}.keyType");
        constraints.OneOf(element?.KeyType, $"{path}.keyType", Enums.KeyType);
    }

    private static void Tag(ref Constraints constraints, TagInput? tag, string path)
    {
        constraints.NotNull(tag?.Key, $"{path}.key");
        constraints.Length(tag?.Key, $"{path}.key", 1, 128);
        constraints.NotNull(tag?.Value, $"{path}.value");
        constraints.Length(tag?.Value, $"{path}.value", 0, 256);
    }

    private static void CheckThroughput(CreateTableInput input)
    {
        if (input.BillingMode == "PAY_PER_REQUEST")
        {
            if (input.ProvisionedThroughput is not null) throw DynamoDbErrors.Invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
            return;
        }
        if (input.ProvisionedThroughput is not { } throughput) throw DynamoDbErrors.Invalid("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
        if (throughput.ReadCapacityUnits > MostCapacityUnits) throw DynamoDbErrors.Validation($"Given value {throughput.ReadCapacityUnits} for ReadCapacityUnits is out of bounds");
        if (throughput.WriteCapacityUnits > MostCapacityUnits) throw DynamoDbErrors.Validation($"Given value {throughput.WriteCapacityUnits} for WriteCapacityUnits is out of bounds");
    }

    private static void CheckKeys(CreateTableInput input)
    {
        var definitions = input.AttributeDefinitions!.ConvertAll(definition => definition!.AttributeName!);
        var keys = input.KeySchema!.ConvertAll(element => element!.AttributeName!);
        // Observed: https://github.com/scylladb/scylladb/issues/13870.
        if (definitions.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice) throw DynamoDbErrors.Validation($"Attribute Name is duplicated: {twice.Key}");
        if (keys.Count > definitions.Count) throw DynamoDbErrors.Validation("Invalid KeySchema: Some index key attribute have no definition");
        if (!keys.TrueForAll(definitions.Contains))
        {
            throw DynamoDbErrors.Invalid($"Some index key attributes are not defined in AttributeDefinitions. Keys: [{string.Join(", ", keys)}], AttributeDefinitions: [{string.Join(", ", definitions)}]");
        }
        if (keys.Count == 2 && keys[0] == keys[1]) throw DynamoDbErrors.Validation("Both the Hash Key and the Range Key element in the KeySchema have the same name");
        if (input.KeySchema![0]!.KeyType != "HASH") throw DynamoDbErrors.Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        if (keys.Count == 2 && input.KeySchema[1]!.KeyType != "RANGE") throw DynamoDbErrors.Validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        if (keys.Count != definitions.Count) throw DynamoDbErrors.Invalid("Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions");
    }
}

/// <summary>What operations on one table ask of its name.</summary>
internal static class TableNameRules
{
    public static AwsException Required() => DynamoDbErrors.Validation("The parameter 'TableName' is required but was not present in the request");

    /// <summary>A name or an ARN.</summary>
    public static void Check(string? name)
    {
        if (name is null) throw Required();
        var constraints = new Constraints();
        constraints.Table(name);
        constraints.Require();
    }
}
