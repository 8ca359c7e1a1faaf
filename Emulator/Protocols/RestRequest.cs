using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Emulator.Protocols;

/// <summary>What the binding of a REST operation reads: the raw target taken apart, headers and body.</summary>
internal sealed record RestRequest
{
    public required string Method { get; init; }

    /// <summary>The path as the operation sees it, still percent-encoded, beginning with a slash: a virtual host's bucket stands before what came.</summary>
    public required string RawPath { get; init; }

    /// <summary>The path as it came on the wire: what a signature covers.</summary>
    public string SignedPath { get; init; } = "/";

    /// <summary>The Host header, as <c>localhost:4566</c>.</summary>
    public required string Host { get; init; }

    /// <summary><c>http</c> or <c>https</c>, as the client addressed it.</summary>
    public string Scheme { get; init; } = "http";

    /// <summary>The client's address; 127.0.0.1 in memory.</summary>
    public string SourceIp { get; init; } = "127.0.0.1";

    /// <summary>The query as it came, without the question mark.</summary>
    public string RawQuery { get; init; } = "";

    /// <summary>The query's parameters decoded, in their order; a parameter without <c>=</c> has the value "".</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Query { get; init; }

    public required IHeaderDictionary Headers { get; init; }

    /// <summary>The values of the template's labels (<c>{Bucket}</c>, <c>{Key+}</c>), percent-decoded once.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; set; } = EmptyLabels;

    /// <summary>The body without transfer framing: aws-chunked is decoded and verified as it is read. Its end throws the <see cref="AwsException"/> of a wrong length, hash, signature or checksum.</summary>
    public required Stream Body { get; init; }

    /// <summary>The length of <see cref="Body"/> where it is declared (Content-Length, or x-amz-decoded-content-length).</summary>
    public long? ContentLength { get; init; }

    /// <summary>The whole body of a protocol that buffers it (restJson, awsQuery, awsJson).</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    private static readonly Dictionary<string, string> EmptyLabels = [];

    public RestRequest WithContent(ReadOnlyMemory<byte> content) => this with { Content = content };

    public RestRequest WithBody(Stream body, long? length) => this with { Body = body, ContentLength = length };

    public string? Header(string name) => Headers.TryGetValue(name, out StringValues values) && values.Count > 0 ? values.ToString() : null;

    public string? QueryValue(string name)
    {
        foreach (var (key, value) in Query)
        {
            if (key == name) return value;
        }
        return null;
    }

    public bool HasQuery(string name) => QueryValue(name) is not null;
}
