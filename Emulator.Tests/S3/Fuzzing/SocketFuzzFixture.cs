using System.Text;
using NUnit.Framework;

namespace Emulator.Tests.S3.Fuzzing;

/// <summary>Requests by the byte, to an emulator with a port and a data folder. Each is answered, never by a fault, and leaves nothing outside the folder.</summary>
internal abstract class SocketFuzzFixture : S3Fixture
{
    private readonly string _folder = Directory.CreateTempSubdirectory("emulator-fuzz-").FullName;

    protected Uri Server { get; private set; } = null!;

    /// <summary>Headers of a request by a root whose signature is not verified.</summary>
    protected static (string Name, string Value)[] Signed { get; } =
        [("Authorization", S3Signing.RootKey), ("x-amz-date", S3Signing.Date), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD")];

    protected override void Configure(AwsEmulatorOptions options)
    {
        options.DataFolder = Path.Combine(_folder, "data");
        options.Log = Fuzz.Log;
    }

    [SetUp]
    public async Task ListenAsync() => Server = await Aws.ListenAsync();

    [TearDown]
    public async Task NothingIsOutsideTheFolder()
    {
        await Aws.DisposeAsync();
        Assert.That(Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName), Is.EqualTo(new[] { "data" }));
        Assert.That(Directory.GetFileSystemEntries(Path.Combine(_folder, "data")).Select(Path.GetFileName), Is.SubsetOf(new[] { "lock", "process", "store.db", "bodies" }));
        Directory.Delete(_folder, recursive: true);
    }

    protected static byte[] Request(string method, string target, IEnumerable<(string Name, string Value)> headers, byte[]? body = null)
    {
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\n");
        foreach (var (name, value) in headers) head.Append($"{name}: {value}\r\n");
        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. body ?? []];
    }

    /// <summary>Sends what the emulator may take or refuse, but must answer.</summary>
    /// <param name="closes">The request is not whole, or no HTTP: what it lacks will never come, and it need not be answered.</param>
    protected async Task<RawAnswer> AnswerAsync(byte[] request, bool closes = false)
    {
        var answer = await RawHttp.SendAsync(Server, request, closes);
        if (answer.Status is (>= 200 and < 500) or 501 || (closes && answer.Status is 0 or 505)) return answer;
        throw new AssertionException($"{Escaped(request)}\nis answered by\n{answer}");
    }

    /// <summary>What is kept can be read: nothing that was taken makes an answer impossible.</summary>
    protected async Task EverythingIsReadAsync(string key = "key")
    {
        foreach (var (method, target) in new[] { ("GET", $"/{key}"), ("HEAD", $"/{key}"), ("GET", "?list-type=2&fetch-owner=true"), ("GET", "?versions"), ("GET", "?uploads"), ("GET", $"/{key}?tagging"), ("GET", $"/{key}?attributes"), ("GET", $"/{key}?acl") })
        {
            var answer = await AnswerAsync(Request(method, $"/{TheBucket}{target}", [("Host", "localhost"), .. Signed, ("x-amz-object-attributes", "ETag,Checksum,ObjectParts,StorageClass,ObjectSize"), ("x-amz-checksum-mode", "ENABLED")]));
            if (answer.Status == 200 && answer.Head.Contains("application/xml", StringComparison.Ordinal) && !target.StartsWith("/key", StringComparison.Ordinal)) Assert.That(answer.Text, Does.StartWith("<?xml").And.EndWith(">"));
        }
    }

    protected static string Escaped(byte[] bytes)
    {
        var text = new StringBuilder();
        foreach (var b in bytes.AsSpan(0, Math.Min(4000, bytes.Length)))
        {
            if (b is >= 32 and < 127 or 10) text.Append((char)b);
            else if (b != 13) text.Append($"\\x{b:x2}");
        }
        return text.ToString();
    }
}
