using System.Text;
using Emulator.Configuration;
using Emulator.Storage;
using NUnit.Framework;

namespace Emulator.Tests.Storage;

/// <summary>A process that writes under load is killed, again and again.</summary>
internal sealed class CrashTests
{
    private const int Rounds = 12;

    private readonly TemporaryFolder _folder = new();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public async Task A_killed_process_leaves_every_acknowledged_write_whole_and_none_by_halves()
    {
        var random = new Random(42);
        var acknowledged = new long[CrashWriter.Writers];
        for (var round = 0; round < Rounds; round++)
        {
            var before = acknowledged.Sum();
            await CrashProcess.RunAndKillAsync(CrashWriter.Command, _folder.Path, random.Next(40, 600), acknowledged);
            Assert.That(acknowledged.Sum(), Is.GreaterThan(before), "the round wrote something");
            await CheckAsync(acknowledged);
        }
        TestContext.Out.WriteLine($"{acknowledged.Sum()} writes acknowledged in {Rounds} rounds");
    }

    [Test]
    public async Task While_a_process_has_the_folder_another_is_refused_and_by_its_death_the_folder_is_free()
    {
        using var child = CrashProcess.Start(CrashWriter.Command, _folder.Path);
        await child.StandardOutput.ReadLineAsync();
        Assert.That(() => SqliteStore.Open(_folder.Path, Durability.Process), Throws.TypeOf<StoreException>().With.Message.Contains($"is in use by another emulator (process {child.Id})"));
        child.Kill();
        await child.WaitForExitAsync();
        await using var store = SqliteStore.Open(_folder.Path, Durability.Process);
        using var rows = store.Snapshot();
        Assert.That(rows.Spaces, Is.Not.Empty);
    }

    private async Task CheckAsync(long[] acknowledged)
    {
        Assert.That(StoreFiles.IntegrityCheck(_folder["store.db"]), Is.EqualTo("ok"));
        await using var store = SqliteStore.Open(_folder.Path, Durability.Process);
        await using var bodies = new DiskBodies(_folder["bodies"], Durability.Process);
        using var rows = store.Snapshot();
        var named = 0;
        for (var writer = 0; writer < CrashWriter.Writers; writer++)
        {
            var counter = CrashWriter.Counter(rows, writer);
            Assert.That(counter, Is.AtLeast(acknowledged[writer]));
            var range = new KeyRange(CrashWriter.Key(writer, 0), CrashWriter.Key(writer + 1, 0));
            foreach (var space in new[] { CrashWriter.Left, CrashWriter.Right })
            {
                Assert.That(rows.Range(space, range).Count(), Is.EqualTo(counter), "one row for each write");
            }
            foreach (var entry in rows.Range(CrashWriter.Bodies, range))
            {
                var number = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(entry.Key.Span[4..]);
                using var body = bodies.OpenRead(Encoding.ASCII.GetString(entry.Value.Span));
                var content = new byte[body.Length];
                body.ReadExactly(content);
                Assert.That(content.AsSpan().SequenceEqual(CrashWriter.Body(writer, number)), Is.True);
                named++;
            }
        }
        Assert.That(BodyReferences.All(rows).Count(), Is.EqualTo(named));
        bodies.Sweep(rows);
        Assert.That(Directory.EnumerateFiles(_folder["bodies"], "*", SearchOption.AllDirectories).Count(), Is.EqualTo(named));
    }
}
