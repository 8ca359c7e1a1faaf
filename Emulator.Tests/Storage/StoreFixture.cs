using System.Text;
using Emulator.Storage;
using NUnit.Framework;

namespace Emulator.Tests.Storage;

/// <summary>A store of an engine for each test.</summary>
internal abstract class StoreFixture(StoreEngine engine)
{
    private readonly TemporaryFolder _folder = new();

    protected static Space Notes { get; } = new("notes");
    protected static Space Others { get; } = new("others");

    protected IStore Store { get; private set; } = null!;

    [SetUp]
    public void Open() => Store = engine.Open(_folder.Path);

    [TearDown]
    public async Task CloseAsync()
    {
        await Store.DisposeAsync();
        _folder.Dispose();
    }

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    protected async Task PutAsync(Space space, params string[] keys) => await Store.WriteAsync(write => Put(write, space, keys));

    protected static bool Put(IWriteTransaction write, Space space, params string[] keys)
    {
        foreach (var key in keys) write.Put(space, Bytes(key), Bytes($"value of {key}"));
        return true;
    }

    protected string? Get(Space space, string key)
    {
        using var snapshot = Store.Snapshot();
        return Get(snapshot, space, key);
    }

    protected static string? Get(IReader reader, Space space, string key) => reader.TryGet(space, Bytes(key), out var value) ? Text(value) : null;

    protected string Keys(Space space, KeyRange? range = null, bool descending = false)
    {
        using var snapshot = Store.Snapshot();
        return Keys(snapshot, space, range, descending);
    }

    protected static string Keys(IReader reader, Space space, KeyRange? range = null, bool descending = false) =>
        string.Join(' ', reader.Range(space, range ?? KeyRange.All, descending).Select(entry => Text(entry.Key)));

    protected static KeyRange From(string from, string? to) => new(Bytes(from), to is null ? default(ReadOnlyMemory<byte>?) : Bytes(to));
}
