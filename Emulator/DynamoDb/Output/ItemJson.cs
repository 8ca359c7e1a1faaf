using System.Text.Json.Nodes;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Output;

/// <summary>Items as JSON documents, where they are part of an error.</summary>
internal static class ItemJson
{
    public static JsonNode? Node(AttributeMap item)
    {
        using var json = new JsonOutput();
        json.Map(item);
        return JsonNode.Parse(json.ToArray());
    }
}
