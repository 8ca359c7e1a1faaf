using System.Collections.Concurrent;
using Emulator.Iam;

namespace Emulator.SigV4;

/// <summary>What a signature says it is made with: <c>AKIDEXAMPLE/20150830/us-east-1/s3/aws4_request</c>.</summary>
internal sealed class Credential
{
    /// <summary>The key last derived for this credential, beside the secret it came from.</summary>
    private volatile DerivedKey? _derived;
    private volatile Caller? _rootCaller;

    public required string AccessKeyId { get; init; }

    /// <summary>As <c>20150830</c>, if the client keeps to the form.</summary>
    public required string Date { get; init; }

    public required string Region { get; init; }
    public required string Service { get; init; }
    public required string Terminator { get; init; }

    /// <summary>All but the access key.</summary>
    public required string Scope { get; init; }

    /// <summary>null where it does not have five parts.</summary>
    public static Credential? Parse(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[6];
        if (text.Split(parts, '/') != 5) return null;
        return new()
        {
            AccessKeyId = text[parts[0]].ToString(),
            Date = text[parts[1]].ToString(),
            Region = text[parts[2]].ToString(),
            Service = text[parts[3]].ToString(),
            Terminator = text[parts[4]].ToString(),
            Scope = text[parts[1].Start..].ToString(),
        };
    }

    /// <summary>The signing key for a secret, derived once.</summary>
    public byte[] SigningKeyFor(string secretAccessKey)
    {
        var derived = _derived;
        if (derived?.Secret == secretAccessKey) return derived.Key;
        var key = SigningKey.Derive(secretAccessKey, Date, Region, Service);
        _derived = new(secretAccessKey, key);
        return key;
    }

    /// <summary>The caller that an access key nobody knows stands for: the root of the account that it names with 12 digits, or of the default account.</summary>
    public Caller RootCaller(string defaultAccount) => _rootCaller ??= RootCaller(AccessKeyId, defaultAccount);

    /// <inheritdoc cref="RootCaller(string)"/>
    public static Caller RootCaller(string accessKeyId, string defaultAccount)
    {
        var account = accessKeyId.Length == 12 && !accessKeyId.AsSpan().ContainsAnyExceptInRange('0', '9') ? accessKeyId : defaultAccount;
        return Caller.RootOf(account) with { AccessKeyId = accessKeyId };
    }

    private sealed record DerivedKey(string Secret, byte[] Key);
}

/// <summary>Texts that clients send again and again, taken apart once. Bounded: when full it starts anew.</summary>
internal sealed class BoundedCache<T> where T : class
{
    private const int Capacity = 1024;
    private const int LongestKey = 512;

    private readonly ConcurrentDictionary<string, T> _entries;
    private readonly ConcurrentDictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private int _count;

    public BoundedCache()
    {
        _entries = new(StringComparer.Ordinal);
        _bySpan = _entries.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>What was added under a text; null where nothing was.</summary>
    public T? Find(ReadOnlySpan<char> text) => _bySpan.TryGetValue(text, out var found) ? found : null;

    public void Add(ReadOnlySpan<char> text, T value)
    {
        if (text.Length > LongestKey) return;
        if (Interlocked.Increment(ref _count) > Capacity)
        {
            _entries.Clear();
            _count = 1;
        }
        _bySpan[text] = value;
    }
}
