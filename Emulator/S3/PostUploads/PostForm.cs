using Emulator.Protocols;
using Emulator.SigV4;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Emulator.S3.PostUploads;

/// <summary>A form of a browser's upload: its fields, and the file as a stream. What follows the file is not looked at.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html</remarks>
internal sealed class PostForm
{
    /// <summary>Bytes of all fields before the file.</summary>
    private const int FieldBytes = 20_000;

    private const int Fields = 1000;

    private const string FileField = "file";

    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    private PostForm(Stream file, string? fileName) => (File, FileName) = (file, fileName);

    public Stream File { get; private set; }

    /// <summary>null where the file is a plain field.</summary>
    public string? FileName { get; private set; }

    public IReadOnlyDictionary<string, string> All => _fields;

    /// <summary>The value of a field, whatever the case of its name; null where it is absent.</summary>
    public string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>Reads up to the file.</summary>
    public static async ValueTask<PostForm> ReadAsync(RestRequest request, CancellationToken cancelled)
    {
        var reader = new MultipartReader(Boundary(request), request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 16 * 1024 };
        var form = new PostForm(Stream.Null, null);
        var bytes = 0;
        try
        {
            while (await reader.ReadNextSectionAsync(cancelled) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) throw S3Errors.MalformedPostRequest();
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
                if (name.Equals(FileField, StringComparison.OrdinalIgnoreCase))
                {
                    form.File = new FormFile(section.Body);
                    form.FileName = Unquoted(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName);
                    return form;
                }
                var value = await ReadFieldAsync(section.Body, FieldBytes - bytes, cancelled);
                bytes += name.Length + value.Length;
                if (form._fields.Count == Fields) throw S3Errors.PostFieldsTooLarge(FieldBytes);
                form._fields.TryAdd(name, System.Text.Encoding.UTF8.GetString(value));
            }
        }
        catch (Exception broken) when (IsMalformed(broken))
        {
            throw S3Errors.MalformedPostRequest();
        }
        // Observed: a form without a file is told how many it has.
        throw S3Errors.InvalidArgument("POST requires exactly one file upload per request.", "file", "0");
    }

    /// <summary>A form that ends too early, or has lines without end; not a connection that broke.</summary>
    private static bool IsMalformed(Exception broken) => broken is InvalidDataException or IOException && broken is not BadHttpRequestException;

    private static string Boundary(RestRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.Header("Content-Type"), out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw S3Errors.PreconditionFailed("Bucket POST must be of the enclosure-type multipart/form-data");
        }
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= 200 ? boundary : throw S3Errors.MalformedPostRequest();
    }

    private static async ValueTask<byte[]> ReadFieldAsync(Stream body, int limit, CancellationToken cancelled)
    {
        using var content = new MemoryStream();
        var buffer = new byte[4096];
        for (int read; (read = await body.ReadAsync(buffer, cancelled)) > 0;)
        {
            if (content.Length + read > limit) throw S3Errors.PostFieldsTooLarge(FieldBytes);
            content.Write(buffer, 0, read);
        }
        return content.ToArray();
    }

    private static string? Unquoted(Microsoft.Extensions.Primitives.StringSegment text) => text.HasValue ? HeaderUtilities.RemoveQuotes(text).ToString() : null;

    /// <summary>The bytes of the file, which the form's boundary ends.</summary>
    private sealed class FormFile(Stream section) : PayloadStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                return await section.ReadAsync(buffer, cancellationToken);
            }
            catch (Exception broken) when (IsMalformed(broken))
            {
                throw S3Errors.MalformedPostRequest();
            }
        }
    }
}
