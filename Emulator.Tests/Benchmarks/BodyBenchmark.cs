using System.Diagnostics;
using System.Net;

namespace Emulator.Tests.Benchmarks;

/// <summary>One object of 1 GiB in and out, beside a Kestrel endpoint that copies the same bytes to and from a file; and what the emulator's memory grows by; then 16 at a time; then a copy within S3.</summary>
internal static class BodyBenchmark
{
    private const long Length = 1L << 30;
    private const int Rounds = 3;
    private const int Parallel = 16;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("emulator-bodies").FullName;
        try
        {
            await using var empty = await ServerProcess.EmptyAsync(folder);
            await using var emulator = await ServerProcess.EmulatorAsync("--data", Path.Combine(folder, "data"));
            using var http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.Zero });
            await SendAsync(http, emulator.Port, HttpMethod.Put, "/bench", null);
            await CopyAsync(http, emulator.Port, "/bench/warm", 64 << 20);
            var before = emulator.WorkingSetBytes;
            List<double> puts = [], gets = [];
            for (var round = 0; round < Rounds; round++)
            {
                var reference = await CopyAsync(http, empty.Port, "/body", Length);
                var own = await CopyAsync(http, emulator.Port, "/bench/object", Length);
                puts.Add(own.Put / reference.Put);
                gets.Add(own.Get / reference.Get);
                Console.WriteLine($"put {own.Put / 1e6:N0} MB/s of {reference.Put / 1e6:N0}, get {own.Get / 1e6:N0} of {reference.Get / 1e6:N0}");
            }
            Console.WriteLine($"put {puts.Order().ElementAt(Rounds / 2):P0}, get {gets.Order().ElementAt(Rounds / 2):P0} of copying to and from a file; memory grew by {(emulator.PeakWorkingSetBytes - before) / 1048576} MiB at its peak");

            await Task.WhenAll(Enumerable.Range(0, Parallel).Select(i => CopyAsync(http, emulator.Port, $"/bench/parallel-{i}", Length)));
            Console.WriteLine($"{Parallel} such objects in and out at a time: memory grew by {(emulator.PeakWorkingSetBytes - before) / 1048576} MiB at its peak");
            await CopyWithinAsync(http, emulator.Port);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>CopyObject of the object, beside that of one of 1 KiB.</summary>
    private static async Task CopyWithinAsync(HttpClient http, int port)
    {
        await CopyAsync(http, port, "/bench/small", 1024);
        foreach (var source in new[] { "small", "object", "small", "object" })
        {
            var clock = Stopwatch.StartNew();
            using var request = new HttpRequestMessage(HttpMethod.Put, $"http://127.0.0.1:{port}/bench/copy").Signed("s3");
            request.Headers.Add("x-amz-copy-source", "/bench/" + source);
            using var response = await http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            Console.WriteLine($"copy of the {source}: {clock.Elapsed.TotalMilliseconds:N1} ms");
        }
    }

    /// <summary>Bytes a second, in and out.</summary>
    private static async Task<(double Put, double Get)> CopyAsync(HttpClient http, int port, string path, long length)
    {
        var clock = Stopwatch.StartNew();
        await SendAsync(http, port, HttpMethod.Put, path, new RepeatedContent(length));
        var put = length / clock.Elapsed.TotalSeconds;
        clock.Restart();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}{path}").Signed("s3");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[256 * 1024];
        var total = 0L;
        int read;
        while ((read = await body.ReadAsync(buffer)) > 0) total += read;
        if (total != length) throw new InvalidDataException($"{total} bytes came back of {length}.");
        return (put, length / clock.Elapsed.TotalSeconds);
    }

    private static async Task SendAsync(HttpClient http, int port, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{port}{path}") { Content = content }.Signed("s3");
        using var response = await http.SendAsync(request);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
    }

    private sealed class RepeatedContent(long length) : HttpContent
    {
        private static readonly byte[] Block = MakeBlock();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var left = length; left > 0; left -= Block.Length) await stream.WriteAsync(Block.AsMemory(0, (int)Math.Min(left, Block.Length)));
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }

        private static byte[] MakeBlock()
        {
            var block = new byte[256 * 1024];
            new Random(1).NextBytes(block);
            return block;
        }
    }
}
