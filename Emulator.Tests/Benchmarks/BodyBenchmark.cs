using System.Diagnostics;
using System.Net;

namespace Emulator.Tests.Benchmarks;

/// <summary>One object of 1 GiB in and out, beside a Kestrel endpoint that copies the same bytes to and from a file; and what the emulator's memory grows by.</summary>
internal static class BodyBenchmark
{
    private const long Length = 1L << 30;
    private const int Rounds = 3;

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
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Bytes a second, in and out.</summary>
    private static async Task<(double Put, double Get)> CopyAsync(HttpClient http, int port, string path, long length)
    {
        var clock = Stopwatch.StartNew();
        await SendAsync(http, port, HttpMethod.Put, path, new RepeatedContent(length));
        var put = length / clock.Elapsed.TotalSeconds;
        clock.Restart();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}{path}");
        Sign(request);
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
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{port}{path}") { Content = content };
        Sign(request);
        using var response = await http.SendAsync(request);
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
    }

    // An unknown key (credentials: any): the payload is not hashed by the client, as SDKs do over TLS.
    private static void Sign(HttpRequestMessage request)
    {
        var date = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'");
        request.Headers.TryAddWithoutValidation("X-Amz-Date", date);
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/{date[..8]}/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature={new string('0', 64)}");
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
