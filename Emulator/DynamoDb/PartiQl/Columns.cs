using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>What SELECT returns of an item: what is at each path under the last name of the path, without the documents around it.</summary>
internal sealed class Columns
{
    private readonly Dictionary<string, DocumentPath> _byName = new(StringComparer.Ordinal);

    /// <param name="paths">Of two with one name the last is returned.</param>
    public Columns(List<DocumentPath> paths)
    {
        Paths = paths;
        foreach (var path in paths) _byName[NameOf(path)] = path;
    }

    public List<DocumentPath> Paths { get; }

    public void Write(JsonOutput json, AttributeMap item)
    {
        json.BeginObject();
        foreach (var (name, path) in _byName)
        {
            var value = path.Resolve(item);
            if (value.IsAbsent) continue;
            json.MemberText(name);
            json.Value(value);
        }
        json.EndObject();
    }

    /// <summary>The last name of a path, with the indexes that follow.</summary>
    /// <remarks>Observed: DynamoDbPartiQLEdgeCaseIntegrationTest of floci-io/floci, recorded on AWS: SELECT m.k[0] answers k[0].</remarks>
    private static string NameOf(DocumentPath path)
    {
        var last = path.Steps.FindLastIndex(step => !step.IsIndex);
        return string.Concat(path.Steps.Skip(last).Select(step => step.ToString()));
    }
}
