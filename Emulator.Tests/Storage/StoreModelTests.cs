using System.Buffers.Binary;
using System.Collections.Immutable;
using Emulator.Storage;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Emulator.Tests.Storage;

/// <summary>Random histories against a sorted dictionary.</summary>
[TestFixtureSource(typeof(StoreEngine), nameof(StoreEngine.All))]
internal sealed class StoreModelTests(StoreEngine engine)
{
    private static readonly Space[] Spaces = [new("one"), new("two")];

    private static readonly Gen<byte[]> Keys =
        from length in Gen.Frequency((1, Gen.Choose(0, 4)), (1, Gen.Choose(5, 14)))
        from bytes in Gen.ArrayOf(Gen.Elements<byte>(0, 1, 0x7F, 0x80, 0xFF), length)
        select bytes;

    private static readonly Gen<KeyRange> Ranges =
        from first in Keys
        from second in Keys
        from kind in Gen.Choose(0, 5)
        select kind switch
        {
            0 => KeyRange.All,
            1 => new KeyRange(first, null),
            2 => KeyRange.Prefix(first),
            _ => new KeyRange(first, second),
        };

    private static readonly Gen<Step> Steps =
        from space in Gen.Elements(Spaces)
        from key in Keys
        from range in Ranges
        from number in Gen.Choose(1, 300)
        from down in Gen.Elements(true, false)
        from step in Gen.Frequency<Step>(
            (4, Gen.Constant<Step>(new Put(space, key, number))),
            (3, Gen.Constant<Step>(new PutMany(space, key, number, down))),
            (2, Gen.Constant<Step>(new Delete(space, key))),
            (2, Gen.Constant<Step>(new DeleteRange(space, range))),
            (1, Gen.Constant<Step>(new DeleteEach(space, range, down, 1 + (number % 7)))),
            (2, Gen.Constant<Step>(new Read(space, range, down, number))),
            (2, Gen.Constant<Step>(new End(number % 4 == 0))),
            (1, Gen.Constant<Step>(new Hold())))
        select step;

    private static readonly Gen<History> Histories =
        from length in Gen.Choose(1, 120)
        from steps in Gen.ArrayOf(Steps, length)
        select new History(steps);

    [Test]
    public void A_store_is_a_sorted_dictionary_with_snapshots_and_writes_that_happen_or_do_not() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(engine == StoreEngine.Memory ? 80 : 15), Prop.ForAll(Arb.From(Histories, Shorter), history =>
        {
            RunAsync(history.Steps).GetAwaiter().GetResult();
            return true;
        }));

    private static IEnumerable<History> Shorter(History history)
    {
        var steps = history.Steps;
        for (var length = steps.Count / 2; length > 0; length /= 2)
        {
            for (var at = 0; at + length <= steps.Count; at += length) yield return new([.. steps.Take(at), .. steps.Skip(at + length)]);
        }
    }

    private async Task RunAsync(IReadOnlyList<Step> steps)
    {
        using var folder = new TemporaryFolder();
        await using var store = engine.Open(folder.Path);
        var committed = new Model();
        var held = new List<(IStore? Fork, ISnapshot Snapshot, Model Model)>();
        for (var i = 0; i < steps.Count;)
        {
            if (steps[i] is Hold)
            {
                var fork = (store as MemoryStore)?.Fork();
                held.Add((fork, (fork ?? store).Snapshot(), committed));
                held.Add((null, store.Snapshot(), committed));
                i++;
                continue;
            }
            var count = steps.Skip(i).TakeWhile(step => step is not (End or Hold)).Count();
            var fails = steps.ElementAtOrDefault(i + count) is End { Fails: true };
            var model = committed;
            try
            {
                await store.WriteAsync(write =>
                {
                    foreach (var step in steps.Skip(i).Take(count)) model = Apply(step, write, model);
                    Compare(write, model);
                    return fails ? throw new FormatException() : 0;
                });
                committed = model;
            }
            catch (FormatException)
            {
                Expect(fails, "no failure");
            }
            i += count;
            if (steps.ElementAtOrDefault(i) is End) i++;
        }
        using (var last = store.Snapshot()) Compare(last, committed);
        foreach (var (_, snapshot, model) in held) Compare(snapshot, model);
        foreach (var (fork, snapshot, model) in held)
        {
            if (fork is not null)
            {
                await fork.WriteAsync(write => Apply(new DeleteRange(Spaces[0], KeyRange.All), write, model));
                using var forked = fork.Snapshot();
                Expect(!forked.Range(Spaces[0], KeyRange.All).Any(), "the fork is empty");
            }
            Compare(snapshot, model);
            snapshot.Dispose();
        }
        using var end = store.Snapshot();
        Compare(end, committed);
    }

    private static Model Apply(Step step, IWriteTransaction write, Model model)
    {
        switch (step)
        {
            case Put(var space, var key, var length):
                write.Put(space, key, Value(length));
                return model.With(space, model.Of(space).SetItem(key, Value(length)));
            case PutMany(var space, var prefix, var count, var descending):
                var map = model.Of(space).ToBuilder();
                for (var i = 0; i < count; i++)
                {
                    var key = new byte[prefix.Length + 2];
                    prefix.CopyTo(key, 0);
                    BinaryPrimitives.WriteUInt16BigEndian(key.AsSpan(prefix.Length), (ushort)(descending ? count - i : i * 3));
                    write.Put(space, key, Value(i));
                    map[key] = Value(i);
                }
                return model.With(space, map.ToImmutable());
            case Delete(var space, var key):
                Expect(write.Delete(space, key) == model.Of(space).ContainsKey(key), $"{step}");
                return model.With(space, model.Of(space).Remove(key));
            case DeleteRange(var space, var range):
                var gone = model.Of(space).Keys.Where(key => IsIn(key, range)).ToList();
                Expect(write.DeleteRange(space, range) == gone.Count, $"{step}: {gone.Count}");
                return model.With(space, model.Of(space).RemoveRange(gone));
            case DeleteEach(var space, var range, var descending, var every):
                var number = 0;
                var picked = new List<byte[]>();
                foreach (var entry in write.Range(space, range, descending))
                {
                    if (number++ % every != 0) continue;
                    Expect(write.Delete(space, entry.Key.Span), $"{step}: {Describe(entry)}");
                    picked.Add(entry.Key.ToArray());
                }
                Expect(number == model.Of(space).Keys.Count(key => IsIn(key, range)), $"{step}: {number}");
                return model.With(space, model.Of(space).RemoveRange(picked));
            case Read(var space, var range, var descending, var atMost):
                var expected = model.Of(space).Where(entry => IsIn(entry.Key, range));
                if (descending) expected = expected.Reverse();
                Expect(write.Range(space, range, descending).Take(atMost).Select(Describe).SequenceEqual(expected.Take(atMost).Select(entry => Describe(new(entry.Key, entry.Value)))), $"{step}");
                return model;
            default:
                throw new InvalidOperationException($"{step}");
        }
    }

    private static void Compare(IReader reader, Model model)
    {
        foreach (var space in Spaces)
        {
            var map = model.Of(space);
            Expect(reader.Range(space, KeyRange.All).Select(Describe).SequenceEqual(map.Select(entry => Describe(new(entry.Key, entry.Value)))), $"all of {space.Name}");
            Expect(reader.Range(space, KeyRange.All, descending: true).Count() == map.Count, $"all of {space.Name}, descending");
            foreach (var (key, value) in map) Expect(reader.TryGet(space, key, out var found) && found.Span.SequenceEqual(value), $"{Convert.ToHexString(key)} of {space.Name}");
        }
    }

    // Not an assertion of NUnit's, which would count each failure on the way to the smallest history.
    private static void Expect(bool condition, string what)
    {
        if (!condition) throw new InvalidOperationException(what);
    }

    private static bool IsIn(byte[] key, KeyRange range) =>
        key.AsSpan().SequenceCompareTo(range.From.Span) >= 0 && (range.To is not { } to || key.AsSpan().SequenceCompareTo(to.Span) < 0);

    private static string Describe(Entry entry) => $"{Convert.ToHexString(entry.Key.Span)}={entry.Value.Length}";

    private static byte[] Value(int length) => new byte[length];

    private sealed class Model
    {
        private static readonly ImmutableSortedDictionary<byte[], byte[]> Empty =
            ImmutableSortedDictionary.Create<byte[], byte[]>(Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)));

        private ImmutableDictionary<Space, ImmutableSortedDictionary<byte[], byte[]>> _spaces = ImmutableDictionary<Space, ImmutableSortedDictionary<byte[], byte[]>>.Empty;

        public ImmutableSortedDictionary<byte[], byte[]> Of(Space space) => _spaces.GetValueOrDefault(space, Empty);

        public Model With(Space space, ImmutableSortedDictionary<byte[], byte[]> map) => new() { _spaces = _spaces.SetItem(space, map) };
    }

    private sealed record History(IReadOnlyList<Step> Steps)
    {
        public override string ToString() => string.Join('\n', Steps);
    }

    private abstract record Step
    {
        protected static string Hex(byte[] key) => Convert.ToHexString(key);

        protected static string Hex(KeyRange range) => $"{Convert.ToHexString(range.From.Span)}..{(range.To is { } to ? Convert.ToHexString(to.Span) : "")}";
    }

    private sealed record Put(Space Space, byte[] Key, int Number) : Step
    {
        public override string ToString() => $"Put {Space.Name} {Hex(Key)} {Number}";
    }

    private sealed record PutMany(Space Space, byte[] Prefix, int Count, bool Descending) : Step
    {
        public override string ToString() => $"PutMany {Space.Name} {Hex(Prefix)} {Count} {Descending}";
    }

    private sealed record Delete(Space Space, byte[] Key) : Step
    {
        public override string ToString() => $"Delete {Space.Name} {Hex(Key)}";
    }

    private sealed record DeleteRange(Space Space, KeyRange Range) : Step
    {
        public override string ToString() => $"DeleteRange {Space.Name} {Hex(Range)}";
    }

    private sealed record DeleteEach(Space Space, KeyRange Range, bool Descending, int Every) : Step
    {
        public override string ToString() => $"DeleteEach {Space.Name} {Hex(Range)} {Descending} {Every}";
    }

    private sealed record Read(Space Space, KeyRange Range, bool Descending, int AtMost) : Step
    {
        public override string ToString() => $"Read {Space.Name} {Hex(Range)} {Descending} {AtMost}";
    }

    private sealed record End(bool Fails) : Step;

    private sealed record Hold : Step;
}
