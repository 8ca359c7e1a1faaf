using System.Text;
using System.Text.Json;
using Emulator.Protocols;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using NUnit.Framework;

namespace Emulator.Tests.SigV4;

/// <summary>The published test vectors of Signature Version 4, in the folder <c>shared/aws-recorded/sigv4</c> beside the checkout.</summary>
internal static class SigV4Vectors
{
    /// <summary>null where the folder is not there.</summary>
    public static string? Folder { get; } = FindFolder();

    /// <summary>Those of services other than S3, which alone signs a path as it is and has rules of its own for the body's hash.</summary>
    public static IEnumerable<string> NormalizedNames => Names.Where(name => Folder is null || new SigV4Vector(name).Normalize);

    public static IEnumerable<string> Names => Folder is null ? [""] : Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "aws-recorded", "sigv4");
            if (Directory.Exists(candidate)) return candidate;
        }
        return null;
    }
}

/// <summary>One published vector: a request, and what its signature in the header and in the query must be.</summary>
internal sealed class SigV4Vector(string name)
{
    private readonly JsonElement _context = JsonDocument.Parse(File.ReadAllText(Path.Combine(SigV4Vectors.Folder!, name, "context.json"))).RootElement;

    public string AccessKeyId => _context.GetProperty("credentials").GetProperty("access_key_id").GetString()!;
    public string SecretAccessKey => _context.GetProperty("credentials").GetProperty("secret_access_key").GetString()!;
    public string? SessionToken => _context.GetProperty("credentials").TryGetProperty("token", out var token) ? token.GetString() : null;
    public string Region => _context.GetProperty("region").GetString()!;
    public string Service => _context.GetProperty("service").GetString()!;
    public DateTimeOffset Time => _context.GetProperty("timestamp").GetDateTimeOffset();
    public bool Normalize => _context.GetProperty("normalize").GetBoolean();

    /// <summary>The token is added after signing, so that the signature does not cover it.</summary>
    public bool OmitsSessionToken => _context.TryGetProperty("omit_session_token", out var omit) && omit.GetBoolean();

    public string Read(string file) => File.ReadAllText(Path.Combine(SigV4Vectors.Folder!, name, file)).ReplaceLineEndings("\n");

    public RestRequest ReadRequest(string file)
    {
        var (head, body) = SplitOnce(Read(file), "\n\n");
        var (requestLine, headerLines) = SplitOnce(head, "\n");
        var target = requestLine[(requestLine.IndexOf(' ') + 1)..requestLine.LastIndexOf(' ')];
        var (path, query) = SplitOnce(target, "?");
        var headers = new HeaderDictionary();
        foreach (var line in headerLines.Replace("\n ", " ").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = SplitOnce(line, ":");
            headers.Append(key, value);
        }
        return Requests.Make(requestLine[..requestLine.IndexOf(' ')], path, query, headers, Encoding.UTF8.GetBytes(body));
    }

    private static (string Before, string After) SplitOnce(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + separator.Length)..]);
    }
}

/// <summary>Requests as the pipeline describes them.</summary>
internal static class Requests
{
    public static RestRequest Make(string method, string path, string query = "", IHeaderDictionary? headers = null, byte[]? content = null) => new()
    {
        Method = method,
        RawPath = path,
        SignedPath = path,
        RawQuery = query,
        Query = ParseQuery(query),
        Headers = headers ?? new HeaderDictionary(),
        Host = headers?.Host.ToString() ?? "",
        Body = new MemoryStream(content ?? []),
        Content = content ?? [],
        ContentLength = content?.Length ?? 0,
    };

    private static List<KeyValuePair<string, string>> ParseQuery(string query) => [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part =>
    {
        var equals = part.IndexOf('=');
        return equals < 0 ? new KeyValuePair<string, string>(Uri.UnescapeDataString(part), "") : new(Uri.UnescapeDataString(part[..equals]), Uri.UnescapeDataString(part[(equals + 1)..]));
    })];

    public static HeaderDictionary Headers(params (string Name, string Value)[] headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers) dictionary[name] = StringValues.Concat(dictionary[name], value);
        return dictionary;
    }
}
