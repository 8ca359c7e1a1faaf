namespace Emulator.DynamoDb.Input;

/// <summary>ProvisionedThroughput of a table or index.</summary>
internal sealed record ThroughputInput(long? ReadCapacityUnits, long? WriteCapacityUnits)
{
    private const long MostCapacityUnits = 1_000_000_000_000;

    public static ThroughputInput Decode(ref InputReader json)
    {
        long? read = null, write = null;
        while (json.NextMember())
        {
            if (json.Is("ReadCapacityUnits"u8)) read = json.Long();
            else if (json.Is("WriteCapacityUnits"u8)) write = json.Long();
            else json.Skip();
        }
        return new(read, write);
    }

    /// <param name="path">As <c>provisionedThroughput</c>.</param>
    public void AddTo(ref Constraints constraints, string path)
    {
        constraints.NotNull(WriteCapacityUnits, $"{path}.writeCapacityUnits");
        constraints.Least(WriteCapacityUnits, $"{path}.writeCapacityUnits", 1);
        constraints.NotNull(ReadCapacityUnits, $"{path}.readCapacityUnits");
        constraints.Least(ReadCapacityUnits, $"{path}.readCapacityUnits", 1);
    }

    public void RequireInBounds()
    {
        if (ReadCapacityUnits > MostCapacityUnits) throw DynamoDbErrors.Validation($"Given value {ReadCapacityUnits} for ReadCapacityUnits is out of bounds");
        if (WriteCapacityUnits > MostCapacityUnits) throw DynamoDbErrors.Validation($"Given value {WriteCapacityUnits} for WriteCapacityUnits is out of bounds");
    }
}
