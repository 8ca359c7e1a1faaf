namespace Emulator.DynamoDb.Input;

/// <summary>WarmThroughput of a table or index.</summary>
internal sealed record WarmThroughputInput(long? ReadUnitsPerSecond, long? WriteUnitsPerSecond)
{
    public static WarmThroughputInput Decode(ref InputReader json)
    {
        long? read = null, write = null;
        while (json.NextMember())
        {
            if (json.Is("ReadUnitsPerSecond"u8)) read = json.Long();
            else if (json.Is("WriteUnitsPerSecond"u8)) write = json.Long();
            else json.Skip();
        }
        return new(read, write);
    }
}
