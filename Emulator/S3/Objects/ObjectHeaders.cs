using System.Buffers;
using System.Globalization;
using System.Text;
using Emulator.Protocols;
using Emulator.S3.Rows;

namespace Emulator.S3.Objects;

/// <summary>The headers that an object keeps and gives back: system metadata and user metadata.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html</remarks>
internal sealed record ObjectHeaders
{
    /// <summary>Observed: what GET answers where PUT named no type.</summary>
    public const string DefaultContentType = "binary/octet-stream";

    private const string MetadataPrefix = "x-amz-meta-";

    private static readonly SearchValues<char> TokenChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 0x9F + 1).Select(code => (char)code).Where(char.IsControl)]);

    public string ContentType { get; init; } = DefaultContentType;
    public string? CacheControl { get; init; }
    public string? ContentDisposition { get; init; }
    public string? ContentEncoding { get; init; }
    public string? ContentLanguage { get; init; }
    public string? Expires { get; init; }
    public string? WebsiteRedirectLocation { get; init; }

    /// <summary>Names in lower case without <c>x-amz-meta-</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>The headers of a request that makes an object.</summary>
    public static ObjectHeaders Of(RestRequest request) => new()
    {
        ContentType = Text(request, "Content-Type") is { Length: > 0 } type ? type : DefaultContentType,
        CacheControl = Text(request, "Cache-Control"),
        ContentDisposition = Text(request, "Content-Disposition"),
        ContentEncoding = WithoutChunked(Text(request, "Content-Encoding")),
        ContentLanguage = Text(request, "Content-Language"),
        Expires = Text(request, "Expires"),
        WebsiteRedirectLocation = Redirect(Text(request, "x-amz-website-redirect-location")),
        Metadata = UserMetadata(request),
    };

    public void AddTo(Reply reply)
    {
        reply.ContentType = ContentType;
        reply.Header("Cache-Control", CacheControl)
            .Header("Content-Disposition", ContentDisposition)
            .Header("Content-Encoding", ContentEncoding)
            .Header("Content-Language", ContentLanguage)
            .Header("Expires", Expires)
            .Header("x-amz-website-redirect-location", WebsiteRedirectLocation);
        var missing = 0;
        foreach (var (name, value) in Metadata)
        {
            // A query and a form can bring names that no header can have: they are counted. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html (x-amz-missing-meta)
            if (name.AsSpan().ContainsAnyExcept(TokenChars)) missing++;
            else reply.Header(MetadataPrefix + name, Rfc2047.Encode(value));
        }
        if (missing > 0) reply.Header("x-amz-missing-meta", missing.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Refuses what a header cannot give back: a form brings any characters.</summary>
    public static string CheckText(string name, string value) => value.AsSpan().ContainsAny(Controls) ? throw S3Errors.ControlCharacters(name, value) : value;

    private static string? Text(RestRequest request, string name) => request.Header(name) is { } value ? CheckText(name, value) : null;

    public void Write(RowWriter row)
    {
        row.Text(ContentType == DefaultContentType ? null : ContentType).Text(CacheControl).Text(ContentDisposition).Text(ContentEncoding)
            .Text(ContentLanguage).Text(Expires).Text(WebsiteRedirectLocation).Number(Metadata.Count);
        foreach (var (name, value) in Metadata) row.Text(name).Text(value);
    }

    public static ObjectHeaders Read(ref RowReader row) => new()
    {
        ContentType = row.Text() ?? DefaultContentType,
        CacheControl = row.Text(),
        ContentDisposition = row.Text(),
        ContentEncoding = row.Text(),
        ContentLanguage = row.Text(),
        Expires = row.Text(),
        WebsiteRedirectLocation = row.Text(),
        Metadata = ReadMetadata(ref row),
    };

    private static KeyValuePair<string, string>[] ReadMetadata(ref RowReader row)
    {
        var count = (int)row.Number();
        if (count == 0) return [];
        var metadata = new KeyValuePair<string, string>[count];
        for (var i = 0; i < count; i++) metadata[i] = new(row.Text()!, row.Text()!);
        return metadata;
    }

    private static List<KeyValuePair<string, string>> UserMetadata(RestRequest request)
    {
        var metadata = new List<KeyValuePair<string, string>>();
        var size = 0;
        foreach (var (header, values) in request.Headers)
        {
            if (!header.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase)) continue;
            var name = header[MetadataPrefix.Length..].ToLowerInvariant();
            var value = Rfc2047.Decode(values.ToString().Trim());
            size += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
            metadata.Add(new(name, value));
        }
        // A presigned request carries metadata in its query too.
        foreach (var (parameter, value) in request.Query)
        {
            if (!parameter.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase)) continue;
            var name = parameter[MetadataPrefix.Length..].ToLowerInvariant();
            if (metadata.Exists(pair => pair.Key == name)) continue;
            size += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
            metadata.Add(new(name, value));
        }
        if (size > S3Limits.MetadataBytes) throw S3Errors.MetadataTooLarge(size);
        return metadata;
    }

    private static string? Redirect(string? location)
    {
        if (location is null or "") return null;
        return location[0] == '/' || location.StartsWith("http://", StringComparison.Ordinal) || location.StartsWith("https://", StringComparison.Ordinal)
            ? location
            : throw S3Errors.InvalidRedirectLocation();
    }

    /// <summary>The framing of the upload is not an encoding of the object. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html</summary>
    public static string? WithoutChunked(string? encoding)
    {
        if (encoding is null || !encoding.Contains("aws-chunked", StringComparison.OrdinalIgnoreCase)) return encoding is "" ? null : encoding;
        var rest = string.Join(',', encoding.Split(',', StringSplitOptions.TrimEntries).Where(name => !name.Equals("aws-chunked", StringComparison.OrdinalIgnoreCase)));
        return rest.Length == 0 ? null : rest;
    }
}
