using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>What UpdateTable asks of its parameters and of the table, in AWS's order.</summary>
/// <remarks>Source of order and texts: test/updateTable.js of architect/dynalite and src/actions/update_table.rs of nubo-db/dynoxide, both taken from AWS.</remarks>
internal static class UpdateTableRules
{
    /// <summary>What can be seen without the table.</summary>
    public static void Check(UpdateTableInput input)
    {
        TableNameRules.Check(input.TableName);
        CheckConstraints(input);
        if (input.NotBuilt is { } parameter) throw Errors.NotImplemented("UpdateTable", parameter);
        if (input is { BillingMode: "PAY_PER_REQUEST", ProvisionedThroughput: not null }) throw NoUnitsOnDemand();
        input.ProvisionedThroughput?.RequireInBounds();
        input.StreamSpecification?.CheckForUpdate();
        if (ChangesNothing(input))
        {
            throw DynamoDbErrors.Validation("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
        }
    }

    /// <summary>What depends on the table as it is.</summary>
    public static void Check(UpdateTableInput input, Table table)
    {
        var onDemand = input.BillingMode is { } mode ? mode == "PAY_PER_REQUEST" : table.OnDemand;
        if (onDemand && input.ProvisionedThroughput is not null) throw NoUnitsOnDemand();
        if (input is { BillingMode: "PROVISIONED", ProvisionedThroughput: null } && table.OnDemand) throw DynamoDbErrors.Invalid("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
        input.OnDemandThroughput?.Check(onDemand, "the table BillingMode is PROVISIONED");
        if (input.ProvisionedThroughput is { } wanted && !table.OnDemand && wanted.ReadCapacityUnits == table.ReadCapacityUnits && wanted.WriteCapacityUnits == table.WriteCapacityUnits)
        {
            throw DynamoDbErrors.Validation(
                "The provisioned throughput for the table will not change. The requested value equals the current value. " +
                $"Current ReadCapacityUnits provisioned for the table: {table.ReadCapacityUnits}. Requested ReadCapacityUnits: {wanted.ReadCapacityUnits}. " +
                $"Current WriteCapacityUnits provisioned for the table: {table.WriteCapacityUnits}. Requested WriteCapacityUnits: {wanted.WriteCapacityUnits}. " +
                "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.");
        }
    }

    private static void CheckConstraints(UpdateTableInput input)
    {
        var constraints = new Constraints();
        constraints.Definitions(input.AttributeDefinitions);
        constraints.OneOf(input.BillingMode, "billingMode", Enums.BillingMode);
        input.ProvisionedThroughput?.AddTo(ref constraints, "provisionedThroughput");
        input.StreamSpecification?.AddTo(ref constraints);
        input.SSESpecification?.AddTo(ref constraints);
        constraints.OneOf(input.TableClass, "tableClass", Enums.TableClass);
        constraints.Require();
    }

    private static bool ChangesNothing(UpdateTableInput input) => input is
    {
        BillingMode: null, ProvisionedThroughput: null, WarmThroughput: null, OnDemandThroughput: null or { IsEmpty: true }, StreamSpecification: null, SSESpecification: null, TableClass: null,
        DeletionProtectionEnabled: null,
    };

    private static AwsException NoUnitsOnDemand() => DynamoDbErrors.Invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
}
