using System.Collections.Concurrent;

namespace Emulator.Iam.Policies;

/// <summary>Documents already read, by their text.</summary>
internal sealed class PolicyCache
{
    /// <summary>Beyond this many the cache starts anew: session policies may differ with every session.</summary>
    private const int Capacity = 1024;

    private readonly ConcurrentDictionary<string, PolicyDocument> _documents = new(StringComparer.Ordinal);

    public PolicyDocument Get(string json)
    {
        if (_documents.TryGetValue(json, out var document)) return document;
        document = PolicyDocument.Parse(json);
        if (_documents.Count >= Capacity) _documents.Clear();
        _documents[json] = document;
        return document;
    }
}
