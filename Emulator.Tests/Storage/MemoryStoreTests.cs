using System.Buffers.Binary;
using Emulator.Storage;
using NUnit.Framework;

namespace Emulator.Tests.Storage;

internal sealed class MemoryStoreTests
{
    private static readonly Space Notes = new("notes");

    [Test]
    public async Task A_fork_and_its_parent_go_on_alone()
    {
        await using var parent = new MemoryStore();
        await PutAsync(parent, 0, 1000);
        var version = parent.Version(Notes);
        await using var fork = parent.Fork();
        await fork.WriteAsync(write => write.DeleteRange(Notes, new KeyRange(Key(100), Key(200))));
        await PutAsync(parent, 1000, 100);
        Assert.That((Count(parent), Count(fork)), Is.EqualTo((1100, 900)));
        await using var second = fork.Fork();
        await PutAsync(fork, 100, 50);
        Assert.That((Count(parent), Count(fork), Count(second)), Is.EqualTo((1100, 950, 900)));
        Assert.That(new[] { parent.Version(Notes), fork.Version(Notes), second.Version(Notes) }, Is.All.GreaterThan(version));
    }

    [Test]
    public async Task A_fork_allocates_the_same_for_any_size()
    {
        await using var small = new MemoryStore();
        await using var large = new MemoryStore();
        await PutAsync(small, 0, 1);
        await PutAsync(large, 0, 20_000);
        Assert.That(Allocated(large), Is.EqualTo(Allocated(small)).And.LessThan(500));

        static long Allocated(MemoryStore store)
        {
            store.Fork();
            var before = GC.GetAllocatedBytesForCurrentThread();
            store.Fork();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Test]
    public async Task Reading_one_value_allocates_nothing()
    {
        await using var store = new MemoryStore();
        await PutAsync(store, 0, 20_000);
        var key = Key(4711);
        using var snapshot = store.Snapshot();
        Read(snapshot);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(snapshot);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Read(ISnapshot from)
        {
            for (var i = 0; i < 100; i++) from.TryGet(Notes, key, out _);
        }
    }

    [Test]
    public async Task What_is_deleted_is_let_go()
    {
        await using var store = new MemoryStore();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await PutAsync(store, 0, 20_000);
        for (var i = 0; i < 20_000; i += 2) await store.WriteAsync(write => write.Delete(Notes, Key(i)));
        await store.WriteAsync(write => write.DeleteRange(Notes, KeyRange.All));
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(3_000_000), "of some 10 MB");
    }

    private static byte[] Key(int number)
    {
        var key = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(key, number);
        return key;
    }

    private static async Task PutAsync(MemoryStore store, int first, int count) => await store.WriteAsync(write =>
    {
        for (var i = 0; i < count; i++) write.Put(Notes, Key(first + i), new byte[400]);
        return 0;
    });

    private static int Count(MemoryStore store)
    {
        using var snapshot = store.Snapshot();
        return snapshot.Range(Notes, KeyRange.All).Count();
    }
}
