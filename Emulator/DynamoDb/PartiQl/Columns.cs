using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>An item as SELECT returns it: what is at each path under the last name of the path, without the documents around it.</summary>
internal static class Columns
{
    /// <param name="columns">Null for the whole item.</param>
    public static void Write(JsonOutput json, List<DocumentPath>? columns, AttributeMap item)
    {
        if (columns is null)
        {
            json.Map(item);
            return;
        }
        json.BeginObject();
        for (var i = 0; i < columns.Count; i++)
        {
            var name = PathReader.NameOf(columns[i]);
            var value = columns[i].Resolve(item);
            // Of two columns with one name the last is returned.
            if (value.IsAbsent || columns.FindIndex(i + 1, column => PathReader.NameOf(column) == name) > 0) continue;
            json.MemberText(name);
            json.Value(value);
        }
        json.EndObject();
    }
}
