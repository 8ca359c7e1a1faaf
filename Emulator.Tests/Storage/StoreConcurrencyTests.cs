using System.Buffers.Binary;
using Emulator.Storage;
using NUnit.Framework;

namespace Emulator.Tests.Storage;

[TestFixtureSource(typeof(StoreEngine), nameof(StoreEngine.All))]
internal sealed class StoreConcurrencyTests(StoreEngine engine) : StoreFixture(engine)
{
    private const int Writers = 16;
    private const int WritesEach = 100;

    [Test]
    public async Task Concurrent_increments_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < WritesEach; i++) await Store.WriteAsync(write => Add(write, "counter", 1));
        })));
        using var snapshot = Store.Snapshot();
        Assert.That(Number(snapshot, "counter"), Is.EqualTo(Writers * WritesEach));
    }

    [Test]
    public async Task A_reader_sees_whole_writes_in_their_order()
    {
        const long Sum = 1000;
        await Store.WriteAsync(write => { Add(write, "a", Sum); Add(write, "b", 0); return 0; });
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            long last = 0, version = 0;
            while (!stop.IsCancellationRequested)
            {
                using var snapshot = Store.Snapshot();
                Assert.That(Number(snapshot, "a") + Number(snapshot, "b"), Is.EqualTo(Sum));
                Assert.That(Number(snapshot, "moves"), Is.AtLeast(last));
                Assert.That(snapshot.Version(Notes), Number(snapshot, "moves") == last && version > 0 ? Is.EqualTo(version) : Is.GreaterThan(version));
                (last, version) = (Number(snapshot, "moves"), snapshot.Version(Notes));
            }
        })).ToList();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < WritesEach; i++)
            {
                var count = await Store.WriteAsync(write => { Add(write, "a", -i); Add(write, "b", i); return Add(write, "moves", 1); });
                using var snapshot = Store.Snapshot();
                Assert.That(Number(snapshot, "moves"), Is.AtLeast(count), "what is acknowledged can be read");
            }
        })));
        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }

    [Test]
    public async Task Writes_that_wait_together_fail_alone()
    {
        // The others come while the first is at it; the test holds however many do.
        var first = Task.Run(async () => await Store.WriteAsync(write => { Thread.Sleep(50); return Put(write, Notes, "first"); }));
        var others = Enumerable.Range(0, 30).Select(i => Task.Run(async () => await Store.WriteAsync(write =>
        {
            Put(write, Notes, $"{i:D2}");
            Add(write, "sum", i);
            if (i % 3 == 1) Put(write, new Space($"space{i}"), "x");
            if (i % 3 == 0) throw new FormatException($"{i}");
            return i;
        }))).ToList();
        await first;
        for (var i = 0; i < others.Count; i++)
        {
            if (i % 3 == 0) Assert.That(async () => await others[i], Throws.TypeOf<FormatException>().With.Message.EqualTo($"{i}"));
            else Assert.That(await others[i], Is.EqualTo(i));
        }
        var kept = Enumerable.Range(0, 30).Where(i => i % 3 != 0).ToList();
        Assert.That(Keys(Notes), Is.EqualTo(string.Join(' ', kept.Select(i => $"{i:D2}")) + " first sum"));
        using var snapshot = Store.Snapshot();
        Assert.That(Number(snapshot, "sum"), Is.EqualTo(kept.Sum()));
    }

    [Test]
    public async Task Snapshots_are_read_from_several_threads()
    {
        await PutAsync(Notes, [.. Enumerable.Range(0, 500).Select(i => $"{i:D3}")]);
        using var snapshot = Store.Snapshot();
        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => snapshot.Range(Notes, KeyRange.All).Count(entry => snapshot.TryGet(Notes, entry.Key.Span, out var _)))));
        Assert.That(counts, Is.All.EqualTo(500));
    }

    private static long Add(IWriteTransaction write, string key, long by)
    {
        var value = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(value, Number(write, key) + by);
        write.Put(Notes, Bytes(key), value);
        return Number(write, key);
    }

    private static long Number(IReader reader, string key) => reader.TryGet(Notes, Bytes(key), out var value) ? BinaryPrimitives.ReadInt64BigEndian(value.Span) : 0;
}
