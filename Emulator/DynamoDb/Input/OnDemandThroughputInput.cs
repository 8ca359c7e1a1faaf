namespace Emulator.DynamoDb.Input;

/// <summary>OnDemandThroughput of a table or index.</summary>
/// <remarks>Source of the texts: docs/api-quirks/table-throughput-billing.md of aws-controllers-k8s/dynamodb-controller; src/actions/update_table.rs of nubo-db/dynoxide, both taken from AWS in 2026.</remarks>
internal sealed record OnDemandThroughputInput(long? MaxReadRequestUnits, long? MaxWriteRequestUnits)
{
    /// <summary>What takes a limit away.</summary>
    public const long Unlimited = -1;

    public bool IsEmpty => MaxReadRequestUnits is null && MaxWriteRequestUnits is null;

    public static OnDemandThroughputInput Decode(ref InputReader json)
    {
        long? read = null, write = null;
        while (json.NextMember())
        {
            if (json.Is("MaxReadRequestUnits"u8)) read = json.Long();
            else if (json.Is("MaxWriteRequestUnits"u8)) write = json.Long();
            else json.Skip();
        }
        return new(read, write);
    }

    /// <param name="whenProvisioned">How the text ends that refuses it for a provisioned table: creating and updating a table differ.</param>
    /// <param name="takesAway">Whether there may be limits to take away: not when a table is created.</param>
    public void Check(bool onDemand, string whenProvisioned, bool takesAway = true)
    {
        if (!onDemand && !IsEmpty)
        {
            var member = MaxReadRequestUnits is null ? nameof(MaxWriteRequestUnits) : nameof(MaxReadRequestUnits);
            throw DynamoDbErrors.Invalid($"{member} for OnDemandThroughput cannot be specified when {whenProvisioned}");
        }
        RequireInRange(MaxReadRequestUnits, nameof(MaxReadRequestUnits), takesAway);
        RequireInRange(MaxWriteRequestUnits, nameof(MaxWriteRequestUnits), takesAway);
    }

    /// <summary>Limits stay below what an account may have.</summary>
    /// <param name="of">As <c>table</c> or <c>index : gsi1</c>.</param>
    public void RequireWithin(string region, string of = "table")
    {
        if (MaxReadRequestUnits > DynamoDbLimits.TableUnits) throw DynamoDbErrors.LimitExceeded($"Requested {nameof(MaxReadRequestUnits)} for OnDemandThroughput for {of} exceeds TableMaxReadCapacityUnits of the account in region {region}");
        if (MaxWriteRequestUnits > DynamoDbLimits.TableUnits) throw DynamoDbErrors.LimitExceeded($"Requested {nameof(MaxWriteRequestUnits)} for OnDemandThroughput for {of} exceeds TableMaxWriteCapacityUnits of the account in region {region}");
    }

    private static void RequireInRange(long? units, string member, bool takesAway)
    {
        if (units < 1 && !(takesAway && units == Unlimited)) throw DynamoDbErrors.Invalid($"Requested {member} for OnDemandThroughput for table is outside of valid range");
    }
}
