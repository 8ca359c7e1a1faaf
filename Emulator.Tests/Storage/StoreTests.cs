using Emulator.Storage;
using NUnit.Framework;

namespace Emulator.Tests.Storage;

[TestFixtureSource(typeof(StoreEngine), nameof(StoreEngine.All))]
internal sealed class StoreTests(StoreEngine engine) : StoreFixture(engine)
{
    [Test]
    public async Task What_was_put_is_there_and_can_be_put_again()
    {
        Assert.That(Get(Notes, "a"), Is.Null);
        await PutAsync(Notes, "a");
        Assert.That(Get(Notes, "a"), Is.EqualTo("value of a"));
        await Store.WriteAsync(write => { write.Put(Notes, Bytes("a"), Bytes("other and longer")); return 0; });
        Assert.That(Get(Notes, "a"), Is.EqualTo("other and longer"));
    }

    [Test]
    public async Task Keys_and_values_may_be_empty()
    {
        await Store.WriteAsync(write => { write.Put(Notes, default, default); write.Put(Notes, new byte[] { 0 }, Bytes("zero")); return 0; });
        using var snapshot = Store.Snapshot();
        Assert.That(snapshot.TryGet(Notes, [], out var value), Is.True);
        Assert.That(value.Length, Is.Zero);
        Assert.That(snapshot.Range(Notes, KeyRange.All).Select(entry => entry.Key.Length), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(snapshot.Range(Notes, KeyRange.All, descending: true).Select(entry => entry.Key.Length), Is.EqualTo(new[] { 1, 0 }));
        Assert.That(await Store.WriteAsync(write => write.Delete(Notes, [])), Is.True);
    }

    [Test]
    public async Task The_store_keeps_copies()
    {
        byte[] key = [1], value = [2];
        await Store.WriteAsync(write =>
        {
            write.Put(Notes, key, value);
            key[0] = value[0] = 9;
            return 0;
        });
        using var snapshot = Store.Snapshot();
        Assert.That(snapshot.TryGet(Notes, [1], out var kept), Is.True);
        Assert.That(kept.ToArray(), Is.EqualTo(new byte[] { 2 }));
    }

    [Test]
    public async Task Large_values_are_kept_whole()
    {
        var value = new byte[3_000_000];
        for (var i = 0; i < value.Length; i++) value[i] = (byte)(i * 31);
        await Store.WriteAsync(write => { write.Put(Notes, Bytes("large"), value); return 0; });
        using var snapshot = Store.Snapshot();
        Assert.That(snapshot.TryGet(Notes, Bytes("large"), out var kept) && kept.Span.SequenceEqual(value), Is.True);
    }

    [Test]
    public async Task Keys_are_ordered_as_unsigned_bytes()
    {
        byte[][] keys = [[0x80], [0x7F], [0xFF, 0xFF], [0xFF], [1], [1, 0], [0], [0, 0], [0xFF, 0], [1, 0, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0]];
        await Store.WriteAsync(write =>
        {
            foreach (var key in keys) write.Put(Notes, key, default);
            return 0;
        });
        using var snapshot = Store.Snapshot();
        var read = snapshot.Range(Notes, KeyRange.All).Select(entry => Convert.ToHexString(entry.Key.Span)).ToList();
        Assert.That(read, Is.EqualTo(new[] { "00", "0000", "01", "0100", "0100000000000000", "010000000000000000", "7F", "80", "FF", "FF00", "FFFF" }));
        Assert.That(snapshot.Range(Notes, KeyRange.All, descending: true).Select(entry => Convert.ToHexString(entry.Key.Span)), Is.EqualTo(Enumerable.Reverse(read)));
    }

    [TestCase("b", "d", "b ba c")]
    [TestCase("", "b", "a")]
    [TestCase("ba", null, "ba c d")]
    [TestCase("bb", "bz", "")]
    [TestCase("d", "b", "")]
    [TestCase("b", "b", "")]
    [TestCase("", null, "a b ba c d")]
    public async Task A_range_has_its_first_key_and_not_its_last(string from, string? to, string expected)
    {
        await PutAsync(Notes, "d", "a", "c", "ba", "b");
        Assert.That(Keys(Notes, From(from, to)), Is.EqualTo(expected));
        Assert.That(Keys(Notes, From(from, to), descending: true), Is.EqualTo(string.Join(' ', expected.Split(' ').Reverse())));
    }

    [Test]
    public async Task A_prefix_ends_where_its_bytes_do()
    {
        await PutAsync(Notes, "a", "b", "b1", "b2", "c");
        await Store.WriteAsync(write => { write.Put(Notes, new byte[] { 0xFF, 0xFF, 1 }, default); return 0; });
        Assert.That(Keys(Notes, KeyRange.Prefix(Bytes("b"))), Is.EqualTo("b b1 b2"));
        using var snapshot = Store.Snapshot();
        Assert.That(snapshot.Range(Notes, KeyRange.Prefix([0xFF, 0xFF])).Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Thousands_of_keys_come_in_order_in_both_directions_and_from_anywhere()
    {
        var keys = Enumerable.Range(0, 5000).Select(i => $"{i * 7919 % 5000:D5}").ToList();
        await PutAsync(Notes, [.. keys]);
        keys.Sort(StringComparer.Ordinal);
        using var snapshot = Store.Snapshot();
        Assert.That(snapshot.Range(Notes, KeyRange.All).Select(entry => Text(entry.Key)), Is.EqualTo(keys));
        Assert.That(snapshot.Range(Notes, KeyRange.All, descending: true).Select(entry => Text(entry.Key)), Is.EqualTo(Enumerable.Reverse(keys)));
        for (var i = 0; i < 5000; i += 333)
        {
            Assert.That(snapshot.Range(Notes, From(keys[i], null)).Take(300).Select(entry => Text(entry.Key)), Is.EqualTo(keys.Skip(i).Take(300)));
            Assert.That(snapshot.Range(Notes, From("", keys[i]), descending: true).Take(300).Select(entry => Text(entry.Key)), Is.EqualTo(keys.Take(i).Reverse().Take(300)));
        }
    }

    [Test]
    public async Task Spaces_have_nothing_in_common_and_are_listed_while_they_hold_something()
    {
        await PutAsync(Notes, "a");
        await PutAsync(Others, "b");
        Assert.That((Keys(Notes), Keys(Others)), Is.EqualTo(("a", "b")));
        await Store.WriteAsync(write =>
        {
            write.DeleteRange(Others, KeyRange.All);
            Put(write, new Space("new"), "c");
            Assert.That(write.Spaces, Is.EquivalentTo(new[] { Notes, new Space("new") }));
            return 0;
        });
        using var snapshot = Store.Snapshot();
        Assert.That(snapshot.Spaces, Is.EquivalentTo(new[] { Notes, new Space("new") }));
    }

    [Test]
    public async Task Delete_says_whether_there_was_something()
    {
        await PutAsync(Notes, "a", "b");
        Assert.That(await Store.WriteAsync(write => (write.Delete(Notes, Bytes("a")), write.Delete(Notes, Bytes("a")), write.Delete(Others, Bytes("b")))), Is.EqualTo((true, false, false)));
        Assert.That(Keys(Notes), Is.EqualTo("b"));
    }

    [TestCase("", null, 1000)]
    [TestCase("00100", "00900", 800)]
    [TestCase("00500", "00501", 1)]
    [TestCase("00500", "00400", 0)]
    [TestCase("00999", null, 1)]
    [TestCase("", "00001", 1)]
    public async Task DeleteRange_removes_what_Range_gives(string from, string? to, int count)
    {
        await PutAsync(Notes, [.. Enumerable.Range(0, 1000).Select(i => $"{i:D5}")]);
        var left = Keys(Notes).Split(' ').Except(Keys(Notes, From(from, to)).Split(' '));
        Assert.That(await Store.WriteAsync(write => write.DeleteRange(Notes, From(from, to))), Is.EqualTo(count));
        Assert.That(Keys(Notes), Is.EqualTo(string.Join(' ', left)));
    }

    [Test]
    public async Task A_snapshot_does_not_change()
    {
        await PutAsync(Notes, "a", "b");
        using var before = Store.Snapshot();
        await Store.WriteAsync(write => { write.DeleteRange(Notes, KeyRange.All); Put(write, Notes, "c"); Put(write, Others, "d"); return 0; });
        Assert.That((Keys(before, Notes), Get(before, Notes, "a"), Get(before, Notes, "c"), Keys(before, Others)), Is.EqualTo(("a b", "value of a", default(string), "")));
        Assert.That((Keys(Notes), Keys(Others)), Is.EqualTo(("c", "d")));
        Assert.That(before.Spaces, Is.EqualTo(new[] { Notes }));
    }

    [Test]
    public async Task Many_snapshots_each_keep_their_moment()
    {
        var snapshots = new List<ISnapshot>();
        for (var i = 0; i < 30; i++)
        {
            snapshots.Add(Store.Snapshot());
            await PutAsync(Notes, $"{i:D2}");
        }
        for (var i = 0; i < 30; i++) Assert.That(snapshots[i].Range(Notes, KeyRange.All).Count(), Is.EqualTo(i));
        foreach (var snapshot in snapshots) snapshot.Dispose();
        Assert.That(Keys(Notes).Split(' '), Has.Length.EqualTo(30));
    }

    [Test]
    public async Task A_write_reads_what_it_wrote()
    {
        await PutAsync(Notes, "a", "b");
        var seen = await Store.WriteAsync(write =>
        {
            Put(write, Notes, "c");
            write.Delete(Notes, Bytes("a"));
            return (Get(write, Notes, "a"), Get(write, Notes, "c"), Keys(write, Notes), Keys(write, Notes, descending: true));
        });
        Assert.That(seen, Is.EqualTo((default(string), "value of c", "b c", "c b")));
    }

    [Test]
    public async Task A_write_that_throws_did_nothing_and_its_task_has_the_exception()
    {
        await PutAsync(Notes, "a");
        var version = Store.Version(Notes);
        var task = Store.WriteAsync<int>(write =>
        {
            Put(write, Notes, "b");
            Put(write, new Space("new"), "c");
            write.DeleteRange(Notes, From("a", "b"));
            throw new FormatException("no");
        });
        Assert.That(async () => await task, Throws.TypeOf<FormatException>());
        Assert.That((Keys(Notes), Keys(new Space("new")), Store.Version(Notes), Store.Version(new Space("new"))), Is.EqualTo(("a", "", version, 0)));
        await PutAsync(new Space("new"), "d");
        Assert.That(Keys(new Space("new")), Is.EqualTo("d"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_is_enumerated_may_be_deleted(bool descending)
    {
        await PutAsync(Notes, [.. Enumerable.Range(0, 1000).Select(i => $"{i:D5}")]);
        var deleted = await Store.WriteAsync(write =>
        {
            var count = 0;
            foreach (var entry in write.Range(Notes, From("00100", "00800"), descending)) count += write.Delete(Notes, entry.Key.Span) ? 1 : 0;
            return count;
        });
        Assert.That((deleted, Keys(Notes).Split(' ').Length), Is.EqualTo((700, 300)));
    }

    [Test]
    public async Task An_enumeration_goes_on_in_what_is_there_now()
    {
        await PutAsync(Notes, "a", "c", "e", "g");
        var up = await Store.WriteAsync(write => Enumerate(write, descending: false, at: "c", put: ["b", "d"], delete: "e"));
        Assert.That(up, Is.EqualTo("a c d g"));
        var down = await Store.WriteAsync(write => Enumerate(write, descending: true, at: "c", put: ["a1", "f"], delete: "b"));
        Assert.That(down, Is.EqualTo("g d c a1 a"));

        static string Enumerate(IWriteTransaction write, bool descending, string at, string[] put, string delete)
        {
            var seen = new List<string>();
            foreach (var entry in write.Range(Notes, KeyRange.All, descending))
            {
                seen.Add(Text(entry.Key));
                if (Text(entry.Key) != at) continue;
                Put(write, Notes, put);
                write.Delete(Notes, Bytes(delete));
            }
            return string.Join(' ', seen);
        }
    }

    [Test]
    public async Task The_version_of_a_space_grows_when_it_changes_and_only_then()
    {
        Assert.That(Store.Version(Notes), Is.Zero);
        await PutAsync(Notes, "a");
        var first = Store.Version(Notes);
        Assert.That(first, Is.GreaterThan(0));
        await PutAsync(Others, "a");
        await Store.WriteAsync(write => write.Delete(Notes, Bytes("absent")));
        await Store.WriteAsync(write => write.DeleteRange(Notes, From("x", null)));
        await Store.WriteAsync(write => Get(write, Notes, "a"));
        Assert.That(Store.Version(Notes), Is.EqualTo(first));

        using var before = Store.Snapshot();
        var second = await Store.WriteAsync(write => { write.Delete(Notes, Bytes("a")); return write.Version(Notes); });
        Assert.That(second, Is.GreaterThan(first));
        Assert.That((Store.Version(Notes), before.Version(Notes)), Is.EqualTo((second, first)));
        using var after = Store.Snapshot();
        Assert.That(after.Version(Notes), Is.EqualTo(second));
    }

    [Test]
    public async Task Within_a_write_each_change_has_a_version_that_no_other_state_ever_has()
    {
        var versions = new List<long>();
        Assert.That(async () => await Store.WriteAsync<int>(write =>
        {
            Put(write, Notes, "a");
            versions.Add(write.Version(Notes));
            Put(write, Notes, "b");
            versions.Add(write.Version(Notes));
            throw new FormatException();
        }), Throws.TypeOf<FormatException>());
        versions.Add(await Store.WriteAsync(write => { Put(write, Notes, "c"); return write.Version(Notes); }));
        Assert.That(versions, Is.Unique.And.Ordered);
        Assert.That(Store.Version(Notes), Is.EqualTo(versions[^1]));
    }

    [Test]
    public void A_write_cannot_begin_another() =>
        Assert.That(async () => await Store.WriteAsync(_ => Store.WriteAsync(write => Put(write, Notes, "a"))), Throws.InvalidOperationException);

    [Test]
    public async Task What_a_write_gave_cannot_be_used_after_it()
    {
        await PutAsync(Notes, "a", "b");
        var (transaction, entries) = await Store.WriteAsync(write => (write, write.Range(Notes, KeyRange.All)));
        Assert.That(() => Put(transaction, Notes, "c"), Throws.InvalidOperationException);
        Assert.That(() => transaction.Delete(Notes, Bytes("a")), Throws.InvalidOperationException);
        Assert.That(() => transaction.DeleteRange(Notes, KeyRange.All), Throws.InvalidOperationException);
        Assert.That(() => Get(transaction, Notes, "a"), Throws.InvalidOperationException);
        Assert.That(() => entries.Count(), Throws.InvalidOperationException);
        Assert.That(Keys(Notes), Is.EqualTo("a b"));
    }

    [Test]
    public async Task A_range_can_be_enumerated_twice_and_two_at_once()
    {
        await PutAsync(Notes, [.. Enumerable.Range(0, 200).Select(i => $"{i:D3}")]);
        using var snapshot = Store.Snapshot();
        var range = snapshot.Range(Notes, KeyRange.All);
        Assert.That(range.Zip(range).All(pair => pair.First.Key.Span.SequenceEqual(pair.Second.Key.Span)), Is.True);
        Assert.That(range.Count(), Is.EqualTo(200));
    }
}
