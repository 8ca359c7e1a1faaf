using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Emulator.Tests.S3.Upstream;

/// <summary>A server that answers each connection with the same bytes, or does what no server should.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <param name="answer">Gets the request's head and the connection.</param>
    public StubServer(Func<string, Stream, CancellationToken, Task> answer)
    {
        _listener.Start();
        _running = RunAsync(answer);
    }

    /// <summary>Reads no body, writes the answer and ends the connection.</summary>
    public StubServer(string answer) : this((_, connection, cancelled) => connection.WriteAsync(Encoding.UTF8.GetBytes(answer.ReplaceLineEndings("\r\n")), cancelled).AsTask())
    {
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The heads of the requests that came.</summary>
    public List<string> Heads { get; } = [];

    private async Task RunAsync(Func<string, Stream, CancellationToken, Task> answer)
    {
        while (!_stop.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            await using var connection = client.GetStream();
            try
            {
                var head = await ReadHeadAsync(connection);
                Heads.Add(head);
                await answer(head, connection, _stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (IOException)
            {
                // The emulator has ended the connection.
            }
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream connection)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await connection.ReadAsync(one, _stop.Token) > 0) head.Append((char)one[0]);
        return head.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running.ContinueWith(static _ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }
}
