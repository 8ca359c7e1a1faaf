using System.Text;
using Emulator.Configuration;
using Emulator.Storage;
using NUnit.Framework;

namespace Emulator.Tests.Storage;

[TestFixtureSource(typeof(StoreEngine), nameof(StoreEngine.All))]
internal sealed class StoreSnapshotTests(StoreEngine engine)
{
    private static readonly Space Notes = new("notes");
    private readonly TemporaryFolder _folder = new();
    private readonly List<IAsyncDisposable> _opened = [];

    [TearDown]
    public async Task CloseAsync()
    {
        foreach (var opened in _opened) await opened.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task What_is_loaded_is_what_was_saved_in_either_engine()
    {
        var (store, bodies) = Open("from", engine);
        await FillAsync(store, bodies);
        var saved = await SaveAsync(store, bodies);
        Assert.That((await SaveAsync(store, bodies)).AsSpan().SequenceEqual(saved), Is.True, "the same state is the same bytes");
        foreach (var other in StoreEngine.All)
        {
            var (copy, copiedBodies) = Open($"to {other}", other);
            await StoreSnapshot.LoadAsync(copy, copiedBodies, new MemoryStream(saved));
            Assert.That(Describe(copy, copiedBodies), Is.EqualTo(Describe(store, bodies)));
            Assert.That((await SaveAsync(copy, copiedBodies)).AsSpan().SequenceEqual(saved), Is.True);
        }
    }

    [Test]
    public async Task It_is_read_from_a_stream_that_cannot_seek_and_from_the_middle_of_one()
    {
        var saved = await FilledAsync();
        var (first, firstBodies) = Open("first", engine);
        await StoreSnapshot.LoadAsync(first, firstBodies, new OneWayStream(saved));
        var (second, secondBodies) = Open("second", engine);
        await StoreSnapshot.LoadAsync(second, secondBodies, new MemoryStream([1, 2, 3, .. saved]) { Position = 3 });
        Assert.That(Describe(first, firstBodies), Is.EqualTo(Describe(second, secondBodies)).And.Contains("notes"));
    }

    [Test]
    public async Task It_is_one_moment_although_writes_go_on()
    {
        var (store, bodies) = Open("from", engine);
        await FillAsync(store, bodies);
        var before = Describe(store, bodies);
        var destination = new InterruptedStream(() =>
        {
            var ids = store.WriteAsync(write =>
            {
                var all = BodyReferences.All(write).ToList();
                foreach (var id in all) while (!BodyReferences.Release(write, id)) { }
                foreach (var space in write.Spaces) write.DeleteRange(space, KeyRange.All);
                return all;
            }).AsTask().GetAwaiter().GetResult();
            foreach (var id in ids) bodies.Delete(id);
        });
        await StoreSnapshot.SaveAsync(store, bodies, destination);
        Assert.That(Describe(store, bodies), Is.Empty);
        var (copy, copiedBodies) = Open("to", engine);
        await StoreSnapshot.LoadAsync(copy, copiedBodies, new MemoryStream(destination.ToArray()));
        Assert.That(Describe(copy, copiedBodies), Is.EqualTo(before));
    }

    [Test]
    public async Task A_store_with_state_is_refused_or_replaced()
    {
        var saved = await FilledAsync();
        var (store, bodies) = Open("to", engine);
        await FillAsync(store, bodies);
        await store.WriteAsync(write => { write.Put(new Space("other"), new byte[] { 1 }, default); return 0; });
        var before = Describe(store, bodies);
        Assert.That(() => StoreSnapshot.LoadAsync(store, bodies, new MemoryStream(saved)), Throws.TypeOf<StoreException>().With.Message.Contains("empty"));
        Assert.That(Describe(store, bodies), Is.EqualTo(before));

        await StoreSnapshot.LoadAsync(store, bodies, new MemoryStream(saved), replace: true);
        Assert.That((await SaveAsync(store, bodies)).AsSpan().SequenceEqual(saved), Is.True);
        Assert.That(Files("to"), Is.EqualTo(engine == StoreEngine.Memory ? 0 : 4), "the bodies before are gone");
        // Back to a state that it shares bodies with.
        await store.WriteAsync(write => write.DeleteRange(Notes, KeyRange.All));
        await StoreSnapshot.LoadAsync(store, bodies, new MemoryStream(saved), replace: true);
        Assert.That((await SaveAsync(store, bodies)).AsSpan().SequenceEqual(saved), Is.True);
        Assert.That(Describe(store, bodies), Is.Not.Empty);

        await StoreSnapshot.ClearAsync(store, bodies);
        Assert.That((Describe(store, bodies), Files("to")), Is.EqualTo(("", 0)));
    }

    [Test]
    public async Task What_is_damaged_or_cut_short_is_refused_and_nothing_of_it_is_loaded()
    {
        var saved = await FilledAsync();
        var (store, bodies) = Open("to", engine);
        var random = new Random(1);
        foreach (var length in new[] { 0, 5, 22, 25, 26, 60, 75, saved.Length / 2, saved.Length - 1 })
        {
            await RefusedAsync(saved[..length], length == 0 ? "incomplete" : "incomplete|damaged");
        }
        for (var i = 0; i < 60; i++)
        {
            var damaged = saved.ToArray();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            await RefusedAsync(damaged, "damaged|incomplete|newer|not a snapshot");
        }
        await RefusedAsync([.. saved, 0], "damaged|incomplete");
        await RefusedAsync(Encoding.UTF8.GetBytes("{ \"some\": \"other file, long enough to hold all that frames a snapshot: a header, a hash, a footer\" }"), "not a snapshot");
        var newer = saved.ToArray();
        newer[22] = 9;
        await RefusedAsync(newer, "A newer version of the emulator wrote the snapshot \\(format 9; this version reads up to 1\\)");

        async Task RefusedAsync(byte[] bytes, string message)
        {
            var error = Assert.ThrowsAsync<StoreException>(() => StoreSnapshot.LoadAsync(store, bodies, new MemoryStream(bytes)));
            Assert.That(error!.Message, Does.Match(message));
            Assert.That((Describe(store, bodies), Files("to")), Is.EqualTo(("", 0)));
            await Task.CompletedTask;
        }
    }

    [Test]
    public async Task An_empty_store_is_saved_and_loaded()
    {
        var (store, bodies) = Open("from", engine);
        var (copy, copiedBodies) = Open("to", engine);
        await StoreSnapshot.LoadAsync(copy, copiedBodies, new MemoryStream(await SaveAsync(store, bodies)));
        Assert.That(Describe(copy, copiedBodies), Is.Empty);
    }

    private (IStore Store, BodyFiles Bodies) Open(string name, StoreEngine of)
    {
        var store = of.Open(_folder[name]);
        BodyFiles bodies = of == StoreEngine.Memory ? new MemoryBodies() : new DiskBodies(Path.Combine(_folder[name], "bodies"), Durability.Process);
        _opened.AddRange([bodies, store]);
        return (store, bodies);
    }

    private async Task<byte[]> FilledAsync()
    {
        var (store, bodies) = Open("filled", engine);
        await FillAsync(store, bodies);
        return await SaveAsync(store, bodies);
    }

    private static async Task FillAsync(IStore store, BodyFiles bodies)
    {
        var ids = new List<string>();
        foreach (var length in new[] { 0, 100, 128 * 1024, 1_500_000 })
        {
            await using var writer = bodies.Create();
            await writer.WriteAsync(BodyFilesTests.Bytes(length));
            await writer.CompleteAsync();
            ids.Add(writer.Id);
        }
        await store.WriteAsync(write =>
        {
            foreach (var id in ids) BodyReferences.Add(write, id);
            BodyReferences.Add(write, ids[1]);
            for (var i = 0; i < 3000; i++) write.Put(Notes, Encoding.UTF8.GetBytes($"{i:D6}"), new byte[i % 700]);
            write.Put(new Space("ümläut"), default, default);
            return 0;
        });
    }

    private static async Task<byte[]> SaveAsync(IStore store, BodyFiles bodies)
    {
        var stream = new MemoryStream();
        await StoreSnapshot.SaveAsync(store, bodies, stream);
        return stream.ToArray();
    }

    private int Files(string name) => Directory.Exists(Path.Combine(_folder[name], "bodies")) ? Directory.GetFiles(Path.Combine(_folder[name], "bodies"), "*", SearchOption.AllDirectories).Length : 0;

    private static string Describe(IStore store, BodyFiles bodies)
    {
        using var rows = store.Snapshot();
        var text = new StringBuilder();
        foreach (var space in rows.Spaces.OrderBy(space => space.Name, StringComparer.Ordinal))
        {
            text.AppendLine(space.Name);
            foreach (var entry in rows.Range(space, KeyRange.All)) text.AppendLine($"{Convert.ToHexString(entry.Key.Span)} {entry.Value.Length}");
        }
        foreach (var id in BodyReferences.All(rows))
        {
            using var body = bodies.OpenRead(id);
            text.AppendLine($"{id} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(body))}");
        }
        return text.ToString();
    }

    /// <summary>As the body of a request.</summary>
    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    }

    /// <summary>Does something else before it takes what is written first.</summary>
    private sealed class InterruptedStream(Action interrupt) : MemoryStream
    {
        private Action? _interrupt = interrupt;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _interrupt?.Invoke();
            _interrupt = null;
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
