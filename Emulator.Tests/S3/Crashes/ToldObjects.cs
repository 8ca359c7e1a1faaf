namespace Emulator.Tests.S3.Crashes;

/// <summary>A version: of an object, or a delete marker where there is no hash. "?" is what nobody told.</summary>
internal sealed record ToldVersion(string Id, string? Hash, string? ETag)
{
    public bool Agrees(ToldVersion actual) => Same(Id, actual.Id) && (Hash is null) == (actual.Hash is null) && Same(Hash, actual.Hash) && Same(ETag, actual.ETag);

    private static bool Same(string? told, string? actual) => told is "?" or null || told == actual;
}

/// <summary>A change that a writer has asked for.</summary>
internal sealed record Change(string Kind, string Bucket, string[] Keys, string Hash, string Id, int Part)
{
    public static Change Of(string[] words) => new(words[0], words[2], words[3].Split(','), words[4], words.Length > 5 ? words[5] : "", words.Length > 6 ? int.Parse(words[6]) : 0);

    /// <summary>What a key's versions become by it, the newest first.</summary>
    public IReadOnlyList<ToldVersion> After(IReadOnlyList<ToldVersion> versions, string etag, string id) => Kind switch
    {
        "put" or "copy" or "complete" => Added(versions, new(id, Hash, etag)),
        "delete" when Bucket == ObjectWriter.Plain => [],
        "delete" => Added(versions, new(id, null, null)),
        "forget" => [.. versions.Where(version => version.Id != Id)],
        _ => versions,
    };

    private IReadOnlyList<ToldVersion> Added(IReadOnlyList<ToldVersion> versions, ToldVersion made) => Bucket == ObjectWriter.Plain ? [made with { Id = "null" }] : [made, .. versions];
}

/// <summary>An upload in progress and the hashes of its parts.</summary>
internal sealed record ToldUpload(string Bucket, string Key, Dictionary<int, string> Parts);

/// <summary>What the writers were told, which must be there, and what they were not told yet, which may be there, whole.</summary>
internal sealed class ToldObjects
{
    private readonly Dictionary<int, Change> _asked = [];

    public Dictionary<(string Bucket, string Key), IReadOnlyList<ToldVersion>> Versions { get; } = [];

    public Dictionary<string, ToldUpload> Uploads { get; } = [];

    /// <summary>The changes without an answer.</summary>
    public IEnumerable<Change> Unanswered => _asked.Values;

    public int Acknowledged { get; private set; }

    public void Hear(string line)
    {
        var words = line.Split(' ');
        var writer = int.Parse(words[1]);
        if (words[0] is not ("done" or "failed"))
        {
            _asked[writer] = Change.Of(words);
            return;
        }
        _asked.Remove(writer, out var change);
        if (words[0] == "failed") return;
        Acknowledged++;
        Happened(change!, words[2], words[3]);
    }

    /// <summary>What a key's versions may be: as they were told, or with a change that nobody was told of.</summary>
    public IEnumerable<IReadOnlyList<ToldVersion>> Possible(string bucket, string key)
    {
        var told = Versions.GetValueOrDefault((bucket, key)) ?? [];
        yield return told;
        foreach (var change in Unanswered)
        {
            if (change.Bucket == bucket && change.Keys.Contains(key)) yield return change.After(told, "?", "?");
        }
    }

    /// <summary>What is there is what everybody knows from now on.</summary>
    public void Settle() => _asked.Clear();

    private void Happened(Change change, string etag, string id)
    {
        var ids = id.Split(',');
        for (var i = 0; i < change.Keys.Length; i++)
        {
            var place = (change.Bucket, change.Keys[i]);
            Versions[place] = change.After(Versions.GetValueOrDefault(place) ?? [], etag, ids.Length > i ? ids[i] : id);
        }
        switch (change.Kind)
        {
            case "create": Uploads[id] = new(change.Bucket, change.Keys[0], []); break;
            case "part": Uploads[change.Id].Parts[change.Part] = change.Hash; break;
            case "complete" or "abort": Uploads.Remove(change.Id); break;
        }
    }
}
