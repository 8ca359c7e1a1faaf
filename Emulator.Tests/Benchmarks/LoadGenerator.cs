using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Emulator.Tests.Benchmarks;

/// <summary>Sends one prepared HTTP/1.1 request again and again on keep-alive connections, and counts the answers.</summary>
/// <remarks>Raw sockets: the generator shares the machine with the server it measures, so it must cost little.</remarks>
internal static class LoadGenerator
{
    /// <param name="requests">The request of each connection, as bytes; <paramref name="connections"/> of them, or one for all.</param>
    /// <returns>Answers a second.</returns>
    public static async Task<double> RunAsync(int port, int connections, TimeSpan duration, Func<int, byte[]> requests)
    {
        using var stop = new CancellationTokenSource();
        var counts = new long[connections];
        var clock = Stopwatch.StartNew();
        var tasks = Enumerable.Range(0, connections).Select(index => Task.Run(async () => counts[index] = await ConnectionAsync(port, requests(index), stop.Token))).ToArray();
        await Task.Delay(duration);
        await stop.CancelAsync();
        await Task.WhenAll(tasks);
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static async Task<long> ConnectionAsync(int port, byte[] request, CancellationToken stop)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var buffer = new byte[256 * 1024];
        var count = 0L;
        while (!stop.IsCancellationRequested)
        {
            await socket.SendAsync(request);
            await ReceiveAsync(socket, buffer);
            count++;
        }
        return count;
    }

    /// <summary>Reads one answer; its status must be 200.</summary>
    private static async Task ReceiveAsync(Socket socket, byte[] buffer)
    {
        var filled = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0) throw new IOException("The server closed the connection.");
            filled += read;
            var header = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (header < 0) continue;
            if (!buffer.AsSpan(9, 3).SequenceEqual("200"u8)) throw new InvalidDataException(System.Text.Encoding.UTF8.GetString(buffer, 0, filled));
            var mark = buffer.AsSpan(0, header).IndexOf("Content-Length: "u8);
            if (!Utf8Parser.TryParse(buffer.AsSpan(mark + 16), out int length, out _)) throw new InvalidDataException("An answer without Content-Length.");
            var total = header + 4 + length;
            while (filled < total) filled += await socket.ReceiveAsync(buffer.AsMemory(filled));
            return;
        }
    }
}
