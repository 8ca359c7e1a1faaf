namespace Emulator.Protocols;

/// <summary>An encoded answer: status, headers and a body that is bytes or a stream.</summary>
internal sealed class Reply
{
    public int StatusCode { get; set; } = 200;

    public string? ContentType { get; set; }

    /// <summary>Headers in their order; a name may stand more than once.</summary>
    public List<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>The whole body, where it is small.</summary>
    public ReadOnlyMemory<byte> Content { get; set; }

    /// <summary>Writes the body, where it is large; <see cref="ContentLength"/> says how much it writes, or null for chunked.</summary>
    public Func<Stream, CancellationToken, Task>? StreamContent { get; set; }

    /// <summary>The length that goes into the header: of <see cref="StreamContent"/>, or of the body that a HEAD does not send.</summary>
    public long? ContentLength { get; set; }

    public static Reply Empty(int statusCode = 200) => new() { StatusCode = statusCode };

    public Reply Header(string name, string? value)
    {
        if (value is not null) Headers.Add(new(name, value));
        return this;
    }
}
