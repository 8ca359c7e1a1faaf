using System.Collections.Immutable;
using Emulator.Configuration;
using Emulator.Hosting;
namespace Emulator.Configuration
{
    internal sealed record ConfigurationProblem(string Text);
    internal sealed record ConfigurationResult(EmulatorConfig Config, IReadOnlyList<ConfigurationProblem> Problems);
    internal static class ConfigurationReader { public static ConfigurationResult Read(string yaml, string path) => new(EmulatorConfig.Default, []); }
}
namespace Emulator.Storage
{
    internal sealed class StoreException(string m) : Exception(m);
    internal sealed class SqliteStore { public static IStore Open(string f, Durability d) => throw new StoreException("no"); public static bool Remove(string f) => false; }
    internal sealed class DiskBodies(string f, Durability d, IdSource i) : BodyFiles { public override BodyWriter Create() => throw new NotSupportedException(f + d + i); public override Stream OpenRead(string id, long offset = 0) => throw new NotSupportedException(); public override void Delete(string id) { } public override void Sweep(IReadOnlySet<string> named) { } public override ValueTask DisposeAsync() => default; }
    internal sealed class MemoryBodies : BodyFiles { public MemoryBodies Fork() => this; public override BodyWriter Create() => throw new NotSupportedException(); public override Stream OpenRead(string id, long offset = 0) => throw new NotSupportedException(); public override void Delete(string id) { } public override void Sweep(IReadOnlySet<string> named) { } public override ValueTask DisposeAsync() => default; }
    internal sealed class MemoryStore : IStore
    {
        private sealed class Cmp : IComparer<ReadOnlyMemory<byte>> { public int Compare(ReadOnlyMemory<byte> a, ReadOnlyMemory<byte> b) => a.Span.SequenceCompareTo(b.Span); }
        private ImmutableDictionary<string, (long V, ImmutableSortedDictionary<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> M)> _root = ImmutableDictionary<string, (long, ImmutableSortedDictionary<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>)>.Empty;
        private readonly Lock _lock = new();
        public MemoryStore Fork() => new() { _root = _root };
        public ISnapshot Snapshot() => new Tx { Root = _root };
        public long Version(Space space) => new Tx { Root = _root }.Version(space);
        public ValueTask<T> WriteAsync<T>(Func<IWriteTransaction, T> write) { lock (_lock) { try { var tx = new Tx { Root = _root }; var r = write(tx); _root = tx.Root; return new(r); } catch (Exception e) { return ValueTask.FromException<T>(e); } } }
        public ValueTask DisposeAsync() => default;
        private sealed class Tx : ISnapshot, IWriteTransaction
        {
            public ImmutableDictionary<string, (long V, ImmutableSortedDictionary<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> M)> Root = null!;
            private ImmutableSortedDictionary<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Map(Space s) => Root.TryGetValue(s.Name, out var m) ? m.M : ImmutableSortedDictionary.Create<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>(new Cmp());
            private void Set(Space s, ImmutableSortedDictionary<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> m) => Root = Root.SetItem(s.Name, (Version(s) + 1, m));
            public long Version(Space space) => Root.TryGetValue(space.Name, out var m) ? m.V : 0;
            public bool TryGet(Space space, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value) => Map(space).TryGetValue(key.ToArray(), out value);
            public IEnumerable<Entry> Range(Space space, KeyRange range, bool descending = false) { var q = Map(space).Where(e => e.Key.Span.SequenceCompareTo(range.From.Span) >= 0 && (range.To is not { } to || e.Key.Span.SequenceCompareTo(to.Span) < 0)).Select(e => new Entry(e.Key, e.Value)); return descending ? q.Reverse() : q; }
            public void Put(Space space, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) => Set(space, Map(space).SetItem(key, value));
            public bool Delete(Space space, ReadOnlySpan<byte> key) { var m = Map(space); var k = key.ToArray(); if (!m.ContainsKey(k)) return false; Set(space, m.Remove(k)); return true; }
            public long DeleteRange(Space space, KeyRange range) { long n = 0; foreach (var e in Range(space, range).ToList()) { Delete(space, e.Key.Span); n++; } return n; }
            public void Dispose() { }
        }
    }
}
