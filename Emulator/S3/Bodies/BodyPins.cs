using Emulator.Storage;

namespace Emulator.S3.Bodies;

/// <summary>Keeps the files of a body of many parts while it is being read: they are opened one after another, and the object may be deleted meanwhile.</summary>
internal sealed class BodyPins(BodyFiles files)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _pins = new(StringComparer.Ordinal);
    private readonly HashSet<string> _doomed = new(StringComparer.Ordinal);

    public void Pin(IEnumerable<string> bodyIds)
    {
        lock (_lock)
        {
            foreach (var id in bodyIds) _pins[id] = _pins.GetValueOrDefault(id) + 1;
        }
    }

    public void Unpin(IEnumerable<string> bodyIds)
    {
        List<string>? gone = null;
        lock (_lock)
        {
            foreach (var id in bodyIds)
            {
                if (--_pins[id] > 0) continue;
                _pins.Remove(id);
                if (_doomed.Remove(id)) (gone ??= []).Add(id);
            }
        }
        gone?.ForEach(files.Delete);
    }

    /// <summary>Deletes the file, or has it deleted when nobody reads it any more.</summary>
    public void Delete(string bodyId)
    {
        lock (_lock)
        {
            if (_pins.ContainsKey(bodyId))
            {
                _doomed.Add(bodyId);
                return;
            }
        }
        files.Delete(bodyId);
    }
}
