using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Emulator.Tests.S3.Fuzzing;

/// <summary>An answer as it came over a socket.</summary>
/// <param name="Status">0: the connection was closed without an answer.</param>
internal sealed record RawAnswer(int Status, string Head, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public override string ToString() => $"{Head}\r\n\r\n{Text}";
}

/// <summary>HTTP/1.1 by the byte: what no client library would send. One connection for each request.</summary>
internal static class RawHttp
{
    public static async Task<RawAnswer> SendAsync(Uri server, byte[] request, bool closes = true)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, server.Port);
        var stream = client.GetStream();
        var sending = SendAsync(client, request, closes);
        var method = Encoding.Latin1.GetString(request.AsSpan(0, Math.Min(4, request.Length)));
        var answer = await ReceiveAsync(stream, hasBody: method != "HEAD");
        await sending;
        return answer;
    }

    private static async Task SendAsync(TcpClient client, byte[] request, bool closes)
    {
        try
        {
            await client.GetStream().WriteAsync(request);
            // The request is over: what it lacks will never come.
            if (closes) client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (IOException)
        {
            // It was answered before all of it was sent.
        }
        catch (SocketException)
        {
            // As above.
        }
    }

    public static async Task<RawAnswer> ReceiveAsync(Stream stream, bool hasBody = true)
    {
        var received = new List<byte>();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            if (Whole(received, hasBody) is { } answer) return answer;
            var read = await ReadAsync(stream, buffer);
            if (read == 0) return Whole(received, hasBody, isAtEnd: true) ?? new(0, Encoding.Latin1.GetString([.. received]), []);
            received.AddRange(buffer.AsSpan(0, read));
        }
    }

    private static async Task<int> ReadAsync(Stream stream, byte[] buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer);
        }
        catch (IOException)
        {
            return 0; // reset: as good as closed
        }
    }

    /// <summary>null while more is to come.</summary>
    private static RawAnswer? Whole(List<byte> received, bool hasBody, bool isAtEnd = false)
    {
        var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(received);
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0) return null;
        var head = Encoding.Latin1.GetString(bytes[..end]);
        var body = bytes[(end + 4)..];
        var status = int.Parse(head.AsSpan(9, 3));
        if (status == 100)
        {
            received.RemoveRange(0, end + 4);
            return Whole(received, hasBody, isAtEnd);
        }
        if (!hasBody || status is 204 or 304) return new(status, head, []);
        var length = head.Split("\r\n").Skip(1).Select(line => line.Split(':', 2)).FirstOrDefault(header => header[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase));
        if (length is null) return isAtEnd || !head.Contains("chunked", StringComparison.OrdinalIgnoreCase) || body.EndsWith("0\r\n\r\n"u8) ? new(status, head, body.ToArray()) : null;
        var size = int.Parse(length[1]);
        return body.Length >= size ? new(status, head, body[..size].ToArray()) : null;
    }
}
