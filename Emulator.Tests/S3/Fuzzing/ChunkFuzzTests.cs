using System.Security.Cryptography;
using System.Text;
using Emulator.Tests.SigV4;
using NUnit.Framework;

namespace Emulator.Tests.S3.Fuzzing;

/// <summary>Uploads in the aws-chunked framing, damaged and cut: the object is the one that was sent, or the one that was there before.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html")]
internal sealed class ChunkFuzzTests : SocketFuzzFixture
{
    private const string KeyId = "AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    protected override void Configure(AwsEmulatorOptions options)
    {
        base.Configure(options);
        options.Configuration = $$"""
            credentials: any
            accounts:
              "000000000000": { keys: [{ id: {{KeyId}}, secret: {{Secret}} }] }
            """;
    }

    [Test]
    public Task A_framing_that_is_damaged_or_cut_leaves_the_object_as_it_was([Values] bool signed, [Values] bool trailer) => Fuzz.RunAsync(120, async random =>
    {
        if (!signed && !trailer) return; // what is neither is not chunked
        await PutAsync("key", "before");
        var content = Bytes(random.OneOf(0, 1, 100, 8192, 20_000, 70_000), random.Next());
        var (headers, body) = Frame(content, signed, trailer);
        var intact = random.Next(10) == 0;
        var cut = !intact && random.Next(2) == 0;
        var sent = intact ? body : cut ? body[..random.Next(body.Length)] : random.Damage(body, "\r\n", "0\r\n\r\n", "ffffffffffffffff\r\n", "7fffffff\r\n", "-1\r\n", "0;chunk-signature=", ";", "\0", "x-amz-checksum-crc32:AAAAAA==\r\n", "\n");
        var declared = cut && random.Next(2) == 0 ? body.Length : sent.Length;
        var answer = await AnswerAsync(Request("PUT", $"/{TheBucket}/key", [.. headers, ("Content-Length", declared.ToString())], sent), closes: declared > sent.Length);
        var kept = await GetAsync("key");
        if (answer.Status == 200) Assert.That(kept, Is.EqualTo(content), "what was taken is what was sent");
        else Assert.That(Encoding.ASCII.GetString(kept), Is.EqualTo("before"), answer.ToString());
        if (intact) Assert.That(answer.Status, Is.EqualTo(200), answer.ToString());
        if (cut && answer.Status == 200) Assert.That(body.Length - sent.Length, Is.LessThanOrEqualTo(4), "only the last line ends may be left out");
    });

    private (List<(string, string)> Headers, byte[] Body) Frame(byte[] content, bool signed, bool trailer)
    {
        var now = Aws.Clock.GetUtcNow();
        var (day, time) = (now.ToString("yyyyMMdd"), now.ToString("yyyyMMdd'T'HHmmss'Z'"));
        var scope = $"{day}/us-east-1/s3/aws4_request";
        var kind = signed ? trailer ? "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" : "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" : "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
        List<(string Name, string Value)> headers = [("host", "localhost"), ("x-amz-content-sha256", kind), ("x-amz-date", time), ("x-amz-decoded-content-length", content.Length.ToString())];
        if (trailer) headers.Add(("x-amz-trailer", "x-amz-checksum-sha256"));
        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = $"PUT\n/{TheBucket}/key\n\n{string.Concat(headers.Select(header => $"{header.Name}:{header.Value}\n"))}\n{names}\n{kind}";
        var seed = Sign(scope, $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}");
        var writer = new ChunkWriter(Secret, time, scope, seed);
        for (var at = 0; at < content.Length; at += 9000) Chunk(content.AsSpan(at, Math.Min(9000, content.Length - at)));
        Chunk([]);
        var checksum = Convert.ToBase64String(SHA256.HashData(content));
        if (trailer && signed) writer.SignedTrailer("x-amz-checksum-sha256", checksum);
        else if (trailer) writer.Text($"x-amz-checksum-sha256:{checksum}\r\n");
        return ([.. headers, ("Authorization", $"AWS4-HMAC-SHA256 Credential={KeyId}/{scope}, SignedHeaders={names}, Signature={seed}")], writer.Text("\r\n").ToArray());

        void Chunk(ReadOnlySpan<byte> data) => _ = signed ? writer.SignedChunk(data) : writer.UnsignedChunk(data);
    }

    private static string Sign(string scope, string text)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + Secret);
        foreach (var part in scope.Split('/')) key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
