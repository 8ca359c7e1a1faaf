using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Emulator.DynamoDb.Input;

namespace Emulator.DynamoDb.Transactions;

/// <summary>A digest of what a request asks for, the same however its JSON is written.</summary>
internal sealed class Fingerprint : IDisposable
{
    public const int Length = SHA256.HashSizeInBytes;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Dispose() => _hash.Dispose();

    public byte[] ToArray() => _hash.GetHashAndReset();

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        _hash.AppendData(length);
        _hash.AppendData(bytes);
    }

    /// <summary>What is absent differs from what is empty.</summary>
    public void Add(string? text)
    {
        if (text is null) _hash.AppendData([0xFF, 0xFF, 0xFF, 0xFF]);
        else Add(Encoding.UTF8.GetBytes(text));
    }

    public void Add(Dictionary<string, string?>? names)
    {
        foreach (var (placeholder, name) in (names ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(placeholder);
            Add(name);
        }
        Add((string?)null);
    }

    public void Add(Dictionary<string, ValueInput>? values)
    {
        foreach (var (placeholder, value) in (values ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(placeholder);
            Add(value.Value.Encoded.Span);
        }
        Add((string?)null);
    }
}
