using System.Buffers.Binary;
using System.Text;
using Emulator.Configuration;
using Emulator.Storage;

namespace Emulator.Tests.Storage;

/// <summary>The child process of <see cref="CrashTests"/>: writes until it is killed, and says what was acknowledged.</summary>
internal static class CrashWriter
{
    public const string Command = "crash-writer";
    public const int Writers = 8;

    public static Space Counters { get; } = new("counters");
    public static Space Left { get; } = new("left");
    public static Space Right { get; } = new("right");
    public static Space Bodies { get; } = new("named");

    public static async Task RunAsync(string folder)
    {
        await using var store = SqliteStore.Open(folder, Durability.Process);
        await using var bodies = new DiskBodies(Path.Combine(folder, "bodies"), Durability.Process);
        using (var rows = store.Snapshot()) bodies.Sweep(rows);
        await using var output = Console.OpenStandardOutput();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(store, bodies, writer, output))));
    }

    public static byte[] Key(int writer, long number)
    {
        var key = new byte[12];
        BinaryPrimitives.WriteInt32BigEndian(key, writer);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(4), number);
        return key;
    }

    public static byte[] Body(int writer, long number) => BodyFilesTests.Bytes((int)((writer * 7919 + number * 104_729) % 300_000));

    public static long Counter(IReader reader, int writer) => reader.TryGet(Counters, Key(writer, 0), out var value) ? BinaryPrimitives.ReadInt64BigEndian(value.Span) : 0;

    private static async Task WriteAsync(SqliteStore store, DiskBodies bodies, int writer, Stream output)
    {
        while (true)
        {
            long number;
            using (var snapshot = store.Snapshot()) number = Counter(snapshot, writer) + 1;
            var body = number % 4 == 0 ? await CreateAsync(bodies, Body(writer, number)) : null;
            var released = await store.WriteAsync(write => Write(write, writer, number, body));
            if (released is not null) bodies.Delete(released);
            var line = Encoding.ASCII.GetBytes($"{writer} {number}\n");
            lock (output) output.Write(line);
        }
    }

    /// <summary>Several rows in several spaces that belong together; every eighth write lets the body before it go.</summary>
    private static string? Write(IWriteTransaction write, int writer, long number, string? body)
    {
        var counter = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, number);
        write.Put(Counters, Key(writer, 0), counter);
        write.Put(Left, Key(writer, number), new byte[number % 2000]);
        write.Put(Right, Key(writer, number), new byte[number % 3000]);
        if (body is null) return null;
        BodyReferences.Add(write, body);
        write.Put(Bodies, Key(writer, number), Encoding.ASCII.GetBytes(body));
        if (number % 8 != 0 || !write.TryGet(Bodies, Key(writer, number - 4), out var before)) return null;
        write.Delete(Bodies, Key(writer, number - 4));
        var id = Encoding.ASCII.GetString(before.Span);
        return BodyReferences.Release(write, id) ? id : null;
    }

    private static async Task<string> CreateAsync(DiskBodies bodies, byte[] content)
    {
        await using var body = bodies.Create();
        await body.WriteAsync(content);
        await body.CompleteAsync();
        return body.Id;
    }
}
