using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using Emulator.Configuration;
using Emulator.Storage;

namespace Emulator.Tests.Benchmarks;

/// <summary>Single operations of both engines on items of 400 bytes.</summary>
[MemoryDiagnoser]
public class StoreBenchmarks
{
    private static readonly Space Items = new("items");

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly byte[] _value = new byte[400];
    private IStore _store = null!;
    private int _next;

    public enum Engine { Memory, Sqlite }

    [Params(Engine.Memory, Engine.Sqlite)]
    public Engine Kind { get; set; }

    [Params(1_000, 1_000_000)]
    public int Count { get; set; }

    [GlobalSetup]
    public async Task FillAsync()
    {
        _store = Kind == Engine.Memory ? new MemoryStore() : SqliteStore.Open(_folder, Durability.Process);
        for (var first = 0; first < Count; first += 1000)
        {
            await _store.WriteAsync(write =>
            {
                for (var i = first; i < first + 1000; i++) write.Put(Items, Key(i), _value);
                return 0;
            });
        }
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        await _store.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public bool Get()
    {
        using var snapshot = _store.Snapshot();
        return snapshot.TryGet(Items, Key(Next()), out _);
    }

    [Benchmark]
    public ValueTask<int> Put()
    {
        var key = Key(Next());
        return _store.WriteAsync(write =>
        {
            write.Put(Items, key, _value);
            return 0;
        });
    }

    [Benchmark]
    public int RangeOf100()
    {
        using var snapshot = _store.Snapshot();
        var bytes = 0;
        foreach (var entry in snapshot.Range(Items, new KeyRange(Key(Next()), null)).Take(100)) bytes += entry.Value.Length;
        return bytes;
    }

    private int Next() => _next = (int)((_next + 7919L) % Count);

    /// <summary>As DynamoDB's: what all items share, then a hash.</summary>
    internal static byte[] Key(int number)
    {
        var key = new byte[48];
        "000000000000|us-east-1|Items|"u8.CopyTo(key);
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(32), (ulong)number * 0x9E3779B97F4A7C15);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(40), number);
        return key;
    }
}

/// <summary>A fork of a store in memory, which should not depend on its size.</summary>
[MemoryDiagnoser]
public class ForkBenchmarks
{
    private readonly MemoryStore _store = new();

    [Params(1_000, 1_000_000)]
    public int Count { get; set; }

    [GlobalSetup]
    public async Task FillAsync() => await _store.WriteAsync(write =>
    {
        for (var i = 0; i < Count; i++) write.Put(new Space("items"), StoreBenchmarks.Key(i), new byte[400]);
        return 0;
    });

    [Benchmark]
    public object Fork() => _store.Fork();
}
