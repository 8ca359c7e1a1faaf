using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Emulator.Tests.SigV4;

/// <summary>Makes bodies in the aws-chunked framing, by the letter of the S3 documentation and with nothing of the product.</summary>
internal sealed class ChunkWriter(string secretAccessKey, string timestamp, string scope, string seedSignature)
{
    private readonly List<byte> _body = [];
    private string _previous = seedSignature;

    public ChunkWriter SignedChunk(ReadOnlySpan<byte> data)
    {
        _previous = Sign($"AWS4-HMAC-SHA256-PAYLOAD\n{timestamp}\n{scope}\n{_previous}\n{Hash([])}\n{Hash(data)}");
        Text($"{data.Length.ToString("x", CultureInfo.InvariantCulture)};chunk-signature={_previous}\r\n");
        _body.AddRange(data);
        if (data.Length > 0) Text("\r\n");
        return this;
    }

    public ChunkWriter UnsignedChunk(ReadOnlySpan<byte> data)
    {
        Text($"{data.Length.ToString("x", CultureInfo.InvariantCulture)}\r\n");
        _body.AddRange(data);
        if (data.Length > 0) Text("\r\n");
        return this;
    }

    public ChunkWriter SignedTrailer(string name, string value)
    {
        var signature = Sign($"AWS4-HMAC-SHA256-TRAILER\n{timestamp}\n{scope}\n{_previous}\n{Hash(Encoding.UTF8.GetBytes($"{name}:{value}\n"))}");
        return Text($"{name}:{value}\r\nx-amz-trailer-signature:{signature}\r\n");
    }

    public ChunkWriter Text(string text)
    {
        _body.AddRange(Encoding.UTF8.GetBytes(text));
        return this;
    }

    public byte[] ToArray() => [.. _body];

    private string Sign(string stringToSign)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secretAccessKey);
        foreach (var part in scope.Split('/')) key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(stringToSign)));
    }

    private static string Hash(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data));
}

/// <summary>A body that arrives in pieces, as from a network.</summary>
internal sealed class Trickle(byte[] bytes, Func<int> nextPiece) : Stream
{
    private int _position;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var count = Math.Min(Math.Min(buffer.Length, Math.Max(1, nextPiece())), bytes.Length - _position);
        bytes.AsSpan(_position, count).CopyTo(buffer.Span);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
