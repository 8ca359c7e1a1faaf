using Emulator.Configuration;
using Emulator.Storage;
using NUnit.Framework;
using SQLitePCL;

namespace Emulator.Tests.Storage;

internal sealed class SqliteStoreTests
{
    private static readonly Space Notes = new("notes");
    private readonly TemporaryFolder _folder = new();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [TestCase(Durability.Process)]
    [TestCase(Durability.Power)]
    public async Task What_was_written_is_there_after_it_is_opened_again(object durability)
    {
        long version;
        await using (var store = Open((Durability)durability))
        {
            await PutAsync(store, "a");
            version = store.Version(Notes);
        }
        Assert.That(File.Exists(_folder["store.db-wal"]), Is.False, "closed cleanly");
        await using (var store = Open((Durability)durability))
        {
            Assert.That(Keys(store), Is.EqualTo("a"));
            Assert.That(store.Version(Notes), Is.EqualTo(version));
            await PutAsync(store, "b");
            Assert.That(store.Version(Notes), Is.GreaterThan(version));
        }
    }

    [Test]
    public async Task A_folder_has_one_emulator()
    {
        await using (var store = Open())
        {
            Assert.That(() => Open(), Throws.TypeOf<StoreException>().With.Message.EqualTo(
                $"The data folder {_folder.Path} is in use by another emulator (process {Environment.ProcessId}). Stop that one, or choose another folder."));
            Assert.That(() => SqliteStore.Remove(_folder.Path), Throws.TypeOf<StoreException>());
            await PutAsync(store, "a");
        }
        await using var again = Open();
        Assert.That(Keys(again), Is.EqualTo("a"));
    }

    [Test]
    public async Task A_newer_format_is_refused_by_its_number()
    {
        await Open().DisposeAsync();
        Sql("PRAGMA user_version = 7");
        Assert.That(() => Open(), Throws.TypeOf<StoreException>().With.Message.EqualTo(
            $"The data folder {_folder.Path} cannot be used. A newer version of the emulator wrote its store (format 7; this version reads up to 1). Use that version, or another folder."));
        Sql("PRAGMA user_version = 1");
        await using var again = Open(); // the folder is free after a refusal
    }

    [Test]
    public void Another_file_in_its_place_is_refused()
    {
        File.WriteAllText(_folder["store.db"], new string('x', 10_000));
        Assert.That(() => Open(), Throws.TypeOf<StoreException>().With.Message.Contains(_folder.Path).And.Message.Contains("not a database"));
        File.Delete(_folder["store.db"]);
        Sql("CREATE TABLE t(x)");
        Assert.That(() => Open(), Throws.TypeOf<StoreException>().With.Message.Contains("not a store of the emulator"));
    }

    [Test]
    public async Task Remove_takes_store_and_bodies_and_leaves_what_else_is_there()
    {
        Assert.That(SqliteStore.Remove(_folder["absent"]), Is.False);
        Assert.That(Directory.Exists(_folder["absent"]), Is.False);
        await using (var store = Open()) await PutAsync(store, "a");
        Directory.CreateDirectory(_folder["bodies"]);
        File.WriteAllText(_folder["mine.txt"], "mine");
        Assert.That(SqliteStore.Remove(_folder.Path), Is.True);
        Assert.That(SqliteStore.Remove(_folder.Path), Is.False);
        Assert.That((File.Exists(_folder["mine.txt"]), Directory.Exists(_folder["bodies"])), Is.EqualTo((true, false)));
        await using var again = Open();
        Assert.That(Keys(again), Is.Empty);
    }

    [Test]
    public async Task The_log_does_not_grow_with_what_is_written()
    {
        await using var store = Open();
        using (store.Snapshot()) { } // leaves a reader that is idle
        for (var i = 0; i < 600; i++)
        {
            await store.WriteAsync(write =>
            {
                for (var j = 0; j < 20; j++) write.Put(Notes, new[] { (byte)j }, new byte[20_000]);
                return 0;
            });
            using var snapshot = store.Snapshot();
            Assert.That(snapshot.TryGet(Notes, [7], out _), Is.True);
        }
        Assert.That(new FileInfo(_folder["store.db-wal"]).Length, Is.LessThan(160 << 20), "of 240 MB written");
        Assert.That(new FileInfo(_folder["store.db"]).Length, Is.LessThan(2 << 20));
    }

    [Test]
    public async Task Disposal_waits_for_writes_and_refuses_more()
    {
        var store = Open();
        var writes = Enumerable.Range(0, 50).Select(i => Task.Run(async () => await PutAsync(store, $"{i:D2}"))).ToList();
        await writes[0];
        await store.DisposeAsync();
        var kept = 0;
        foreach (var write in writes)
        {
            try
            {
                await write;
                kept++;
            }
            catch (ObjectDisposedException)
            {
                // came too late
            }
        }
        Assert.That(() => store.Snapshot(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(async () => await PutAsync(store, "late"), Throws.TypeOf<ObjectDisposedException>());
        await using var again = Open();
        Assert.That(Keys(again).Split(' '), Has.Length.EqualTo(kept));
    }

    [Test]
    public async Task A_snapshot_outlives_the_store_and_cannot_be_used_after_its_own_end()
    {
        var store = Open();
        await PutAsync(store, "a");
        var snapshot = store.Snapshot();
        await store.DisposeAsync();
        Assert.That(snapshot.Range(Notes, KeyRange.All).Count(), Is.EqualTo(1));
        snapshot.Dispose();
        Assert.That(() => snapshot.TryGet(Notes, [1], out _), Throws.TypeOf<ObjectDisposedException>());
        await using var again = Open();
        Assert.That(Keys(again), Is.EqualTo("a"));
    }

    private SqliteStore Open(Durability durability = Durability.Process) => SqliteStore.Open(_folder.Path, durability);

    private static async Task PutAsync(SqliteStore store, string key) => await store.WriteAsync(write =>
    {
        write.Put(Notes, System.Text.Encoding.UTF8.GetBytes(key), new byte[10]);
        return 0;
    });

    private static string Keys(SqliteStore store)
    {
        using var snapshot = store.Snapshot();
        return string.Join(' ', snapshot.Range(Notes, KeyRange.All).Select(entry => System.Text.Encoding.UTF8.GetString(entry.Key.Span)));
    }

    private void Sql(string sql)
    {
        Batteries_V2.Init();
        Assert.That(raw.sqlite3_open(_folder["store.db"], out var db), Is.Zero);
        using (db) Assert.That(raw.sqlite3_exec(db, sql), Is.Zero);
    }
}
