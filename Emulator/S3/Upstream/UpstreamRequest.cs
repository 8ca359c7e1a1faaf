using System.Security.Cryptography;
using Emulator.Protocols;
using Emulator.S3.Objects;
using Emulator.SigV4;
using Emulator.SigV4.Checksums;
using Microsoft.AspNetCore.Http;

namespace Emulator.S3.Upstream;

/// <summary>What is sent on: neither addressed nor signed yet.</summary>
/// <param name="Bucket">Its name there; "" for the server as a whole.</param>
/// <param name="Key">Decoded; "" for the bucket.</param>
/// <param name="Query">As it is sent, without the question mark.</param>
internal sealed record UpstreamRequest(string Method, string Bucket, string Key, string Query)
{
    /// <summary>Names the buckets through which a request has come, so that none is sent in circles.</summary>
    public const string ViaHeader = "x-emulator-upstream-via";

    /// <summary>From this size on a server is asked before the body is sent: what it refuses at once need not be uploaded.</summary>
    private const long AskedBytes = 1 << 20;

    public IHeaderDictionary Headers { get; init; } = new HeaderDictionary();

    public UpstreamBody? Body { get; init; }

    public bool AwaitsContinue { get; init; }

    /// <summary>The client's request without what concerns the emulator alone: who signed it, how it was framed, whose the bucket is taken to be.</summary>
    public static UpstreamRequest Of(RestRequest request, UpstreamBucket target, UpstreamBody? body)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        foreach (var (name, value) in request.Headers)
        {
            if (IsSentOn(name) && (body is not null || !IsOfContent(name))) headers[name] = WithoutControls(value.ToString());
        }
        if (headers.ContentEncoding.Count > 0) headers.ContentEncoding = ObjectHeaders.WithoutChunked(headers.ContentEncoding.ToString());
        var query = new List<string>();
        foreach (var part in request.RawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=');
            var name = Protocols.QueryString.Decode(equals < 0 ? part : part.AsSpan(0, equals));
            // A presigned URL may hold metadata; the rest of what is named so is its signature.
            if (name.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase)) headers.TryAdd(name, equals < 0 ? "" : WithoutControls(Protocols.QueryString.Decode(part.AsSpan(equals + 1))));
            else if (!name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !(IsVersion2(name) && request.HasQuery("AWSAccessKeyId"))) query.Add(part.AsSpan().ContainsAnyExceptInRange('!', '~') ? string.Join('=', part.Split('=', 2).Select(static text => Uri.EscapeDataString(Protocols.QueryString.Decode(text)))) : part);
        }
        headers[ViaHeader] = string.Join(',', [.. request.Headers[ViaHeader], NameOf(target)]);
        return new(request.Method, target.NameThere, request.Labels.ContainsKey("Key") ? ObjectKey.FromPath(request.RawPath) : "", string.Join('&', query))
        {
            Headers = headers,
            Body = body,
            AwaitsContinue = body is not null && (body.Length >= AskedBytes || (body.Length > 0 && request.Header("Expect") is not null)),
        };
    }

    /// <summary>A request of the emulator's own, for the sake of a client's.</summary>
    public static UpstreamRequest For(RestRequest request, UpstreamBucket target, string method, string key, string query) => new(method, target.NameThere, key, query)
    {
        Headers = new HeaderDictionary { [ViaHeader] = string.Join(',', [.. request.Headers[ViaHeader], NameOf(target)]) },
    };

    /// <summary>Whether the request has been here before on its way to the same place.</summary>
    public static bool IsLoop(RestRequest request, UpstreamBucket target) => request.Headers[ViaHeader].Any(via => via?.Split(',').Contains(NameOf(target)) ?? false);

    /// <summary>A form's field, or a parameter, may hold line feeds, which would end a header; S3 decodes encoded words.</summary>
    private static string WithoutControls(string value) => value.Any(static c => c < ' ' && c != '\t') ? Rfc2047.Encode(value) : value;

    private static string NameOf(UpstreamBucket target) => $"{target.Server.Endpoint.Authority}/{target.NameThere}";

    private static bool IsVersion2(string parameter) => parameter is "AWSAccessKeyId" or "Signature" or "Expires";

    private static bool IsOfContent(string header) => header.StartsWith("content-", StringComparison.OrdinalIgnoreCase) || header.Equals("expires", StringComparison.OrdinalIgnoreCase);

    private static bool IsSentOn(string header) => header.ToLowerInvariant() switch
    {
        "x-amz-date" or "x-amz-security-token" or "x-amz-content-sha256" or "x-amz-trailer" or "x-amz-decoded-content-length" or "x-amz-user-agent" => false,
        "x-amz-algorithm" or "x-amz-credential" or "x-amz-signature" => false, // of a form
        "x-amz-expected-bucket-owner" or "x-amz-source-expected-bucket-owner" => false,
        "cache-control" or "content-disposition" or "content-encoding" or "content-language" or "content-md5" or "content-type" or "expires" => true,
        "range" or "if-range" or "if-match" or "if-none-match" or "if-modified-since" or "if-unmodified-since" => true,
        "origin" or "access-control-request-method" or "access-control-request-headers" => true,
        var name => name.StartsWith("x-amz-", StringComparison.Ordinal),
    };
}

/// <summary>The body of a request that is sent on: bytes, or a stream of known length that verifies itself.</summary>
internal sealed class UpstreamBody
{
    private readonly AwsChunkedStream? _framed;

    private UpstreamBody(Stream content, long length, string? sha256) => (Content, Length, Sha256) = (content, length, sha256);

    private UpstreamBody(Stream content, long length, AwsChunkedStream framed, ChecksumAlgorithm algorithm) : this(content, length, null) =>
        (_framed, TrailerName, TrailerValueLength) = (framed, algorithm.HeaderName(), (algorithm.SizeBytes() + 2) / 3 * 4);

    public Stream Content { get; }

    public long Length { get; }

    /// <summary>Hexadecimal; null where it is not known before the end.</summary>
    public string? Sha256 { get; }

    /// <summary>The header that stands after the body; null for none.</summary>
    public string? TrailerName { get; }

    /// <summary>Of base 64.</summary>
    public int TrailerValueLength { get; }

    /// <summary>Known at the end.</summary>
    public string? TrailerValue => _framed?.Value;

    /// <summary>What went wrong with the client's side of it: its end came early, or a hash was another.</summary>
    public Exception? Failure { get; set; }

    public static UpstreamBody Of(ReadOnlyMemory<byte> content) => new(new MemoryStream(content.ToArray(), writable: false), content.Length, Convert.ToHexStringLower(SHA256.HashData(content.Span)));

    /// <summary>Bytes that are already verified.</summary>
    public static UpstreamBody Of(Stream content, long length) => new(content, length, null);

    /// <summary>The body of an upload as it comes. What is wrong with it shows before its last bytes are handed on, so that nothing is kept.</summary>
    public static UpstreamBody OfUpload(RestRequest request, long length, bool takesTrailers)
    {
        var verified = new ChecksumStream(request.Body, DeclaredChecksum.Of(request), length, otherwise: null, alwaysMd5: false);
        if (takesTrailers && request.Body is AwsChunkedStream { Algorithm: { } algorithm } framed) return new(verified, length, framed, algorithm);
        var declared = request.Header("x-amz-content-sha256");
        return new(verified, length, declared is not null && PayloadSignature.KindOf(declared) == PayloadKind.Sha256 ? declared : null);
    }
}
