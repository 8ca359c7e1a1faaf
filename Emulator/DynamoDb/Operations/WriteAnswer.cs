using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Operations;

/// <summary>The answer of a write of one item.</summary>
internal static class WriteAnswer
{
    /// <param name="attributes">What ReturnValues asked for; empty where there is nothing of it.</param>
    /// <param name="after">The new item's size.</param>
    public static ReadOnlyMemory<byte> Of(ConditionalWriteInput input, Item before, AttributeMap attributes, int after)
    {
        if (attributes.IsEmpty && !Capacity.IsAsked(input.ReturnConsumedCapacity)) return Empty;
        using var json = new JsonOutput(256 + (attributes.Entries.Length * 2));
        json.BeginObject();
        if (!attributes.IsEmpty)
        {
            json.Member("Attributes"u8);
            json.Map(attributes);
        }
        Capacity.WriteMember(json, input.ReturnConsumedCapacity, input.TableName!, Capacity.Write(before.Size, after));
        json.EndObject();
        return json.ToArray();
    }

    private static ReadOnlyMemory<byte> Empty { get; } = "{}"u8.ToArray();
}
