using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Tags;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>What CreateTable asks of its parameters, in AWS's order.</summary>
/// <remarks>Source of order and texts: the expectations of test/createTable.js of architect/dynalite and tests/tier3/error-messages/createTable.test.ts of nubo-db/dynamodb-conformance, taken from AWS.</remarks>
internal static class CreateTableRules
{
    /// <param name="path">What the paths of parameters begin with where they are part of another one.</param>
    public static void Check(CreateTableInput input, string path = "")
    {
        if (input.TableName is null) throw TableNameRules.Required();
        CheckConstraints(input, path);
        if (input.NotBuilt is { } parameter) throw Errors.NotImplemented("CreateTable", parameter);
        TagRules.CheckTags(input.Tags ?? []);
        TableClassRules.Check(input.TableClass);
        CheckThroughput(input);
        input.OnDemandThroughput?.Check(input.BillingMode == "PAY_PER_REQUEST", "table BillingMode is PROVISIONED.", takesAway: false);
        input.WarmThroughput?.CheckLeast(input.BillingMode, input.ProvisionedThroughput);
        input.SSESpecification?.Check();
        CheckKeys(input);
        input.StreamSpecification?.CheckForCreate();
    }

    /// <summary>The quotas of a table.</summary>
    public static void CheckLimits(CreateTableInput input, string region)
    {
        ThroughputChange.RequireWithin(input.ProvisionedThroughput?.ReadCapacityUnits, nameof(ThroughputInput.ReadCapacityUnits), region);
        ThroughputChange.RequireWithin(input.ProvisionedThroughput?.WriteCapacityUnits, nameof(ThroughputInput.WriteCapacityUnits), region);
        input.OnDemandThroughput?.RequireWithin(region);
    }

    private static void CheckConstraints(CreateTableInput input, string path)
    {
        var constraints = new Constraints { Prefix = path };
        constraints.NotNull(input.AttributeDefinitions, "attributeDefinitions");
        constraints.Definitions(input.AttributeDefinitions);
        constraints.Name(input.TableName, "tableName");
        constraints.OneOf(input.BillingMode, "billingMode", Enums.BillingMode);
        input.ProvisionedThroughput?.AddTo(ref constraints, "provisionedThroughput");
        constraints.KeySchema(input.KeySchema, "keySchema");
        for (var i = 0; i < input.LocalSecondaryIndexes?.Count; i++) IndexInput.AddTo(ref constraints, input.LocalSecondaryIndexes[i], $"localSecondaryIndexes.{i + 1}.member", isLocal: true);
        for (var i = 0; i < input.GlobalSecondaryIndexes?.Count; i++) IndexInput.AddTo(ref constraints, input.GlobalSecondaryIndexes[i], $"globalSecondaryIndexes.{i + 1}.member", isLocal: false);
        input.StreamSpecification?.AddTo(ref constraints);
        input.SSESpecification?.AddTo(ref constraints);
        constraints.Require();
    }

    private static void CheckThroughput(CreateTableInput input)
    {
        if (input.BillingMode == "PAY_PER_REQUEST")
        {
            if (input.ProvisionedThroughput is not null) throw DynamoDbErrors.Invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
            return;
        }
        if (input.ProvisionedThroughput is not { } throughput) throw DynamoDbErrors.Invalid("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
        throughput.RequireInBounds();
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
        if (input.LocalSecondaryIndexes is not null || input.GlobalSecondaryIndexes is not null) IndexRules.Check(input);
        else if (keys.Count != definitions.Count) throw DynamoDbErrors.Invalid("Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions");
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
