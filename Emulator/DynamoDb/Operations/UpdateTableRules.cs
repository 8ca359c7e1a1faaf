using Emulator.DynamoDb.GlobalTables;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>What UpdateTable asks of its parameters and of the table, in AWS's order.</summary>
/// <remarks>Source of order and texts: docs/api-quirks of aws-controllers-k8s/dynamodb-controller (DDB-TABLE-047, 056, 057, 382, 433, 437, 442) and test/updateTable.js of architect/dynalite, both taken from AWS.</remarks>
internal static class UpdateTableRules
{
    /// <summary>What can be seen without the table.</summary>
    public static void Check(UpdateTableInput input)
    {
        TableNameRules.Check(input.TableName);
        CheckConstraints(input);
        if (input.NotBuilt is { } parameter) throw Errors.NotImplemented("UpdateTable", parameter);
        CheckOneMatter(input);
        TableClassRules.Check(input.TableClass);
        input.SSESpecification?.Check();
        if (input is { BillingMode: "PAY_PER_REQUEST", ProvisionedThroughput: not null }) throw DynamoDbErrors.Invalid("ProvisionedThroughput cannot be specified when BillingMode is PAY_PER_REQUEST");
        if (input is { BillingMode: "PROVISIONED", ProvisionedThroughput: null }) throw DynamoDbErrors.Invalid("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
        input.ProvisionedThroughput?.RequireInBounds();
        input.StreamSpecification?.CheckForUpdate();
        IndexUpdateRules.Check(input);
        if (input.ReplicaUpdates is { } replicas) ReplicaRules.Check(replicas);
        if (input.GlobalTableSettingsReplicationMode is not (null or "ENABLED" or "DISABLED"))
        {
            throw DynamoDbErrors.Validation($"Value '{input.GlobalTableSettingsReplicationMode}' at 'GlobalTableSettingsReplicationMode' failed to satisfy constraint: Only ENABLED and DISABLED settings replication are supported for a Regional Table.");
        }
    }

    /// <summary>What depends on the table as it is.</summary>
    public static void Check(UpdateTableInput input, Table table)
    {
        var onDemand = input.BillingMode is { } mode ? mode == "PAY_PER_REQUEST" : table.OnDemand;
        if (onDemand && input.ProvisionedThroughput is not null) throw DynamoDbErrors.Invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
        input.OnDemandThroughput?.Check(onDemand, "the table BillingMode is PROVISIONED", takesAway: true);
        input.WarmThroughput?.CheckIncrease(table.WarmRead, table.WarmWrite);
        if (input.ProvisionedThroughput is { } wanted && !table.OnDemand && wanted.ReadCapacityUnits == table.ReadCapacityUnits && wanted.WriteCapacityUnits == table.WriteCapacityUnits)
        {
            throw DynamoDbErrors.Validation(
                "The provisioned throughput for the table will not change. The requested value equals the current value. " +
                $"Current ReadCapacityUnits provisioned for the table: {table.ReadCapacityUnits}. Requested ReadCapacityUnits: {wanted.ReadCapacityUnits}. " +
                $"Current WriteCapacityUnits provisioned for the table: {table.WriteCapacityUnits}. Requested WriteCapacityUnits: {wanted.WriteCapacityUnits}. " +
                "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.");
        }
        if (table.GlobalTable is not null && input.StreamSpecification is { StreamEnabled: not true }) throw DynamoDbErrors.Invalid("Disabling Stream is not allowed for a Global Table replica.");
        if (table.GlobalTable is not null && input.GlobalTableSettingsReplicationMode is not null) throw Errors.NotImplemented("UpdateTable", "GlobalTableSettingsReplicationMode of a table with replicas");
        IndexUpdateRules.Check(input, table, onDemand);
    }

    private static void CheckConstraints(UpdateTableInput input)
    {
        var constraints = new Constraints();
        constraints.Definitions(input.AttributeDefinitions);
        constraints.OneOf(input.BillingMode, "billingMode", Enums.BillingMode);
        input.ProvisionedThroughput?.AddTo(ref constraints, "provisionedThroughput");
        input.StreamSpecification?.AddTo(ref constraints);
        IndexUpdateInput.AddTo(ref constraints, input.GlobalSecondaryIndexUpdates);
        input.SSESpecification?.AddTo(ref constraints);
        ReplicaUpdateInput.AddTo(ref constraints, input.ReplicaUpdates);
        constraints.Require();
    }

    /// <summary>Only what belongs to the billing mode may be changed together.</summary>
    private static void CheckOneMatter(UpdateTableInput input)
    {
        ReadOnlySpan<bool> given =
        [
            input.BillingMode is not null, input.ProvisionedThroughput is not null, input.StreamSpecification is not null, input.SSESpecification is not null, input.TableClass is not null,
            input.DeletionProtectionEnabled is not null, input.OnDemandThroughput is { IsEmpty: false }, input.WarmThroughput is { IsEmpty: false },
            input.GlobalSecondaryIndexUpdates is { Count: > 0 }, input.ReplicaUpdates is not null, input.GlobalTableSettingsReplicationMode is not null,
        ];
        var matters = given.Count(true);
        if (matters == 0) throw DynamoDbErrors.Validation("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required");
        if (input.GlobalSecondaryIndexUpdates is { Count: 0 }) throw DynamoDbErrors.Invalid("List of GlobalSecondaryIndexUpdates is empty");
        if (matters == 1) return;
        if (input.ReplicaUpdates is not null) throw OnlyOperation("Replica modification");
        if (input.SSESpecification is not null) throw OnlyOperation("Server-Side Encryption modification");
        if (input.TableClass is not null) throw OnlyOperation("TableClass modification");
        if (input.DeletionProtectionEnabled is not null) throw OnlyOperation("DeletionProtection modification");
        if (input.WarmThroughput is { IsEmpty: false } && input.GlobalSecondaryIndexUpdates?.Exists(update => update?.Create is not null) == true) throw DynamoDbErrors.Invalid("Create global secondary index cannot be specified when updating WarmThroughput");
        if (input.WarmThroughput is { IsEmpty: false }) throw OnlyOperation("WarmThroughput");
        if (input.OnDemandThroughput is { IsEmpty: false } && (matters > 2 || input.BillingMode is null)) throw DynamoDbErrors.Invalid("OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
        if (input.StreamSpecification is not null && (input.ProvisionedThroughput is not null || input.BillingMode == "PROVISIONED")) throw DynamoDbErrors.Invalid("You cannot modify stream status while updating table IOPS");
        if (input.GlobalSecondaryIndexUpdates?.Exists(update => update?.Create is not null || update?.Delete is not null) != true) return;
        if (input.ProvisionedThroughput is not null) throw DynamoDbErrors.Invalid("You cannot create or delete index while updating table IOPS");
        if (input.StreamSpecification is not null) throw DynamoDbErrors.Invalid("You cannot create or delete index while changing stream status");
    }

    private static AwsException OnlyOperation(string what) => DynamoDbErrors.Invalid($"{what} must be the only operation in the request");
}
