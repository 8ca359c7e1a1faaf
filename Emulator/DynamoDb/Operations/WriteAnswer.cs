using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Operations;

/// <summary>The answer of a write of one item.</summary>
internal static class WriteAnswer
{
    /// <param name="attributes">What ReturnValues asked for; empty where there is nothing of it.</param>
    public static ReadOnlyMemory<byte> Of(ConditionalWriteInput input, Table table, Item before, Item after, AttributeMap attributes, ItemCollection? collection)
    {
        if (attributes.IsEmpty && collection is null && !Capacity.IsAsked(input.ReturnConsumedCapacity)) return Empty;
        using var json = new JsonOutput(256 + (attributes.Entries.Length * 2));
        json.BeginObject();
        if (!attributes.IsEmpty)
        {
            json.Member("Attributes"u8);
            json.Map(attributes);
        }
        if (Capacity.IsAsked(input.ReturnConsumedCapacity)) Capacity.WriteMember(json, input.ReturnConsumedCapacity, input.TableName!, table, ConsumedUnits.OfWrite(table, before, after));
        if (collection is not null)
        {
            json.Member("ItemCollectionMetrics"u8);
            collection.Write(json);
        }
        json.EndObject();
        return json.ToArray();
    }

    private static ReadOnlyMemory<byte> Empty { get; } = "{}"u8.ToArray();
}
