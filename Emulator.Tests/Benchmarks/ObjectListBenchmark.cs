using System.Diagnostics;
using System.Text;

namespace Emulator.Tests.Benchmarks;

/// <summary>A bucket of a million keys, in memory or in SQLite: how fast they are put, the memory that they take, and lists of 1,000 from anywhere in it.</summary>
internal static class ObjectListBenchmark
{
    private const int Keys = 1_000_000;
    private const int Lists = 200;

    public static async Task RunAsync(string[] arguments)
    {
        var folder = arguments.Contains("sqlite") ? Directory.CreateTempSubdirectory("emulator-list-").FullName : null;
        try
        {
            await RunAsync(folder);
        }
        finally
        {
            if (folder is not null) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string? folder)
    {
        await using var aws = await AwsEmulator.StartAsync(options => options.DataFolder = folder);
        using var http = new HttpClient(aws.Handler) { BaseAddress = new Uri("http://localhost/") };
        await SendAsync(http, HttpMethod.Put, "/bench", "");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        await Parallel.ForAsync(0, Keys, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) => await SendAsync(http, HttpMethod.Put, $"/bench/{Key(i)}", "x"));
        Console.WriteLine($"PutObject of 1 byte {(folder is null ? "in memory" : "in SQLite")}: {Keys / clock.Elapsed.TotalSeconds:N0} a second, 16 at a time");
        Console.WriteLine($"{Keys:N0} objects: {(GC.GetTotalMemory(forceFullCollection: true) - before) >> 20} MiB of managed memory");

        await MeasureAsync(http, "1,000 keys from anywhere", i => $"start-after={Key(i)}");
        await MeasureAsync(http, "1,000 common prefixes", i => $"delimiter=/&start-after={Key(i % (Keys / 2))}");
        await MeasureAsync(http, "the 100 keys of a folder", i => $"prefix=folder-{i / 100:00000}/");
    }

    private static string Key(int i) => $"folder-{i / 100:00000}/file-{i % 100:00}.txt";

    private static async Task MeasureAsync(HttpClient http, string what, Func<int, string> query)
    {
        var random = new Random(7);
        var times = new double[Lists];
        for (var i = -Lists / 10; i < Lists; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await SendAsync(http, HttpMethod.Get, $"/bench?list-type=2&{query(random.Next(Keys))}", null);
            if (i >= 0) times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        Console.WriteLine($"ListObjectsV2, {what}: {times[Lists / 2]:N2} ms, of 100 the slowest {times[Lists * 99 / 100]:N2} ms");
    }

    private static async Task SendAsync(HttpClient http, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)) }.Signed("s3");
        using var response = await http.SendAsync(request);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
    }
}
