using Emulator.Configuration;
using Emulator.Storage;
using NUnit.Framework;

namespace Emulator.Tests.Storage;

[TestFixture("memory")]
[TestFixture("disk")]
[TestFixture("disk, power")]
internal sealed class BodyFilesTests(string kind)
{
    private readonly TemporaryFolder _folder = new();
    private BodyFiles _bodies = null!;

    [SetUp]
    public void Open() => _bodies = OpenBodies();

    [TearDown]
    public async Task CloseAsync()
    {
        await _bodies.DisposeAsync();
        _folder.Dispose();
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1000)]
    [TestCase(64 * 1024)]
    [TestCase(128 * 1024)]
    [TestCase((128 * 1024) + 1)]
    [TestCase(1024 * 1024)]
    [TestCase((1024 * 1024) + 1)]
    [TestCase(5_000_000)]
    public async Task A_body_is_read_as_it_was_written(int length)
    {
        var bytes = Bytes(length);
        var id = await PutAsync(bytes, pieces: 10_007);
        Assert.That((await ReadAsync(id)).AsSpan().SequenceEqual(bytes), Is.True);
        await using var stream = _bodies.OpenRead(id);
        Assert.That(stream.Length, Is.EqualTo(length));
        foreach (var offset in new[] { 0, 1, length / 3, length - 1, length, length + 10 }.Where(offset => offset >= 0))
        {
            await using var rest = _bodies.OpenRead(id, offset);
            var copy = new MemoryStream();
            await rest.CopyToAsync(copy);
            Assert.That(copy.ToArray().AsSpan().SequenceEqual(bytes.AsSpan(Math.Min(offset, length))), Is.True);
            if (offset >= length) continue;
            stream.Seek(offset, SeekOrigin.Begin);
            Assert.That(stream.ReadByte(), Is.EqualTo(bytes[offset]));
        }
    }

    [Test]
    public async Task Synchronous_writes_and_reads_give_the_same()
    {
        var bytes = Bytes(3_000_000);
        await using var writer = _bodies.Create();
        foreach (var piece in bytes.Chunk(300_000)) writer.Write(piece);
        Assert.That(writer.Length, Is.EqualTo(bytes.Length));
        await writer.CompleteAsync();
        using var reader = _bodies.OpenRead(writer.Id);
        var read = new byte[bytes.Length];
        reader.ReadExactly(read);
        Assert.That(read.AsSpan().SequenceEqual(bytes), Is.True);
        Assert.That(reader.Read(read), Is.Zero);
    }

    [TestCase(10)]
    [TestCase(3_000_000)]
    public async Task What_is_not_completed_leaves_nothing(int length)
    {
        string id;
        await using (var writer = _bodies.Create())
        {
            id = writer.Id;
            await writer.WriteAsync(Bytes(length));
        }
        Assert.That(() => _bodies.OpenRead(id), Throws.TypeOf<FileNotFoundException>());
        Assert.That(Files(), Is.Zero);
    }

    [TestCase(10)]
    [TestCase(3_000_000)]
    public async Task A_reader_goes_on_although_the_body_is_deleted(int length)
    {
        var bytes = Bytes(length);
        var id = await PutAsync(bytes);
        await using var reader = _bodies.OpenRead(id);
        _bodies.Delete(id);
        _bodies.Delete(id);
        Assert.That(() => _bodies.OpenRead(id), Throws.TypeOf<FileNotFoundException>());
        var read = new MemoryStream();
        await reader.CopyToAsync(read);
        Assert.That(read.ToArray().AsSpan().SequenceEqual(bytes), Is.True);
        Assert.That(Files(), Is.Zero);
    }

    [Test]
    public async Task While_they_are_held_deleted_bodies_can_be_opened()
    {
        var id = await PutAsync(Bytes(10));
        using (_bodies.Hold())
        {
            using (_bodies.Hold()) _bodies.Delete(id);
            Assert.That((await ReadAsync(id)).Length, Is.EqualTo(10));
        }
        Assert.That(() => _bodies.OpenRead(id), Throws.TypeOf<FileNotFoundException>());
    }

    [TestCase("")]
    [TestCase("../../../../../../etc/passwd")]
    [TestCase("..")]
    [TestCase("0123456789abcdef0123456789abcde/")]
    [TestCase("0123456789ABCDEF0123456789ABCDEF")]
    public void Only_an_id_names_a_body(string id)
    {
        Assert.That(() => _bodies.OpenRead(id), Throws.TypeOf<FileNotFoundException>());
        Assert.That(() => _bodies.Create(id), Throws.TypeOf<StoreException>());
        Assert.That(() => _bodies.Delete(id), Throws.Nothing);
    }

    [Test]
    public async Task Many_are_written_at_once()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => PutAsync(Bytes(i * 10_000)))));
        Assert.That(ids, Is.Unique);
        for (var i = 0; i < ids.Length; i++) Assert.That((await ReadAsync(ids[i])).AsSpan().SequenceEqual(Bytes(i * 10_000)), Is.True);
    }

    [Test]
    public async Task Copies_share_a_body_until_the_last_is_gone()
    {
        await using var store = new MemoryStore();
        await store.WriteAsync(write => { BodyReferences.Add(write, "a"); BodyReferences.Add(write, "a"); BodyReferences.Add(write, "b"); return 0; });
        using (var rows = store.Snapshot()) Assert.That(BodyReferences.All(rows), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(await store.WriteAsync(write => BodyReferences.Release(write, "a")), Is.False);
        Assert.That(await store.WriteAsync(write => BodyReferences.Release(write, "a")), Is.True);
        Assert.That(await store.WriteAsync(write => BodyReferences.Release(write, "a")), Is.False);
        using var left = store.Snapshot();
        Assert.That((BodyReferences.Contains(left, "a"), BodyReferences.Contains(left, "b")), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task After_a_crash_Sweep_removes_what_no_row_names()
    {
        await using var store = new MemoryStore();
        var (named, orphan, cutShort) = (await PutAsync(Bytes(10)), await PutAsync(Bytes(10)), _bodies.Create());
        await cutShort.WriteAsync(Bytes(300_000));
        await store.WriteAsync(write => { BodyReferences.Add(write, named); return 0; });
        using var rows = store.Snapshot();
        Assert.That(_bodies.Sweep(rows), Is.Zero, "these are of this run");

        await using var next = OpenBodies();
        var created = next.Create();
        await created.CompleteAsync();
        if (kind == "memory") return;
        Assert.That(next.Sweep(rows), Is.EqualTo(2));
        Assert.That(() => next.OpenRead(orphan), Throws.TypeOf<FileNotFoundException>());
        Assert.That(Files(), Is.EqualTo(2));
        await using (next.OpenRead(named)) await using (next.OpenRead(created.Id)) { }
        await cutShort.DisposeAsync();
    }

    private BodyFiles OpenBodies() => kind == "memory" ? new MemoryBodies() : new DiskBodies(_folder["bodies"], kind == "disk" ? Durability.Process : Durability.Power);

    private async Task<string> PutAsync(byte[] bytes, int pieces = 100_000)
    {
        await using var writer = _bodies.Create();
        foreach (var piece in bytes.Chunk(pieces)) await writer.WriteAsync(piece);
        await writer.CompleteAsync();
        return writer.Id;
    }

    private async Task<byte[]> ReadAsync(string id)
    {
        await using var reader = _bodies.OpenRead(id);
        var copy = new MemoryStream();
        await reader.CopyToAsync(copy);
        return copy.ToArray();
    }

    private int Files() => Directory.Exists(_folder["bodies"]) ? Directory.GetFiles(_folder["bodies"], "*", SearchOption.AllDirectories).Length : 0;

    internal static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
