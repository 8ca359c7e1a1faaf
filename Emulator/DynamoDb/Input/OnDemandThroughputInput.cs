namespace Emulator.DynamoDb.Input;

/// <summary>OnDemandThroughput of a table or index.</summary>
/// <remarks>Source of the texts: src/actions/update_table.rs and tests/create_table_params.rs of nubo-db/dynoxide, taken from AWS in July 2026.</remarks>
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
    public void Check(bool onDemand, string whenProvisioned)
    {
        if (!onDemand && !IsEmpty)
        {
            var member = MaxReadRequestUnits is null ? nameof(MaxWriteRequestUnits) : nameof(MaxReadRequestUnits);
            throw DynamoDbErrors.Invalid($"{member} for OnDemandThroughput cannot be specified when {whenProvisioned}");
        }
        RequireInRange(MaxReadRequestUnits, nameof(MaxReadRequestUnits));
        RequireInRange(MaxWriteRequestUnits, nameof(MaxWriteRequestUnits));
    }

    private static void RequireInRange(long? units, string member)
    {
        if (units is 0 or < Unlimited) throw DynamoDbErrors.Invalid($"Requested {member} for OnDemandThroughput for table is outside of valid range");
    }
}
