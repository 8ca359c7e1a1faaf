using System.Text;
using Emulator.Configuration;
using Emulator.Iam;
using Emulator.Protocols;
using Emulator.SigV4;
using Emulator.SigV4.Checksums;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace Emulator.Tests.SigV4;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html")]
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html")]
internal sealed class AwsChunkedStreamTests
{
    private const string AccessKeyId = "AKIAIOSFODNN7EXAMPLE";
    private const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Timestamp = "20130524T000000Z";
    private const string Scope = "20130524/us-east-1/s3/aws4_request";
    private const string SeedSignature = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
    private const string TrailerSeedSignature = "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e";
    private static readonly byte[] ExampleContent = Encoding.ASCII.GetBytes(new string('a', 66560));

    [Test]
    public async Task The_documented_example_is_read()
    {
        var body = new ChunkWriter("", "", "", "")
            .Text("10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n").Text(new string('a', 65536))
            .Text("\r\n400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n").Text(new string('a', 1024))
            .Text("\r\n0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n").ToArray();
        Assert.That(body, Has.Length.EqualTo(66824), "the Content-Length of the example");
        Assert.That(await ReadAsync(ExampleRequest(body)), Is.EqualTo(ExampleContent));
    }

    [TestCase("x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n")]
    [TestCase("x-amz-checksum-crc32c:sOO8/Q==\n\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n")]
    [TestCase("x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n")]
    public async Task The_documented_example_with_a_trailer_is_read_however_its_lines_are_parted(string trailer)
    {
        var request = ExampleTrailerRequest(TrailerBody(trailer));
        using var stream = ChecksumStream.ForUpload(request with { Body = Decode(request) }, 66560);
        Assert.That(await ReadAsync(stream), Is.EqualTo(ExampleContent));
        Assert.Multiple(() =>
        {
            Assert.That(stream.Algorithm, Is.EqualTo(ChecksumAlgorithm.Crc32C));
            Assert.That(stream.Value, Is.EqualTo("sOO8/Q=="));
        });
    }

    [Test]
    public void A_wrong_signature_of_the_trailer_is_refused() => Refused(
        () => ReadAsync(ExampleTrailerRequest(TrailerBody("x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e436\r\n\r\n"))),
        "SignatureDoesNotMatch", 403, "The request signature we calculated does not match the signature you provided. Check your key and signing method.");

    [Test]
    public void A_trailer_without_its_signature_is_refused() => Refused(
        () => ReadAsync(ExampleTrailerRequest(TrailerBody("x-amz-checksum-crc32c:sOO8/Q==\r\n\r\n"))),
        "MalformedTrailerError", 400, "The request contained trailing data that was not well-formed or did not conform to our published schema.");

    [Test]
    public void A_changed_byte_of_data_is_refused_with_the_string_that_should_have_been_signed()
    {
        var body = SignedBody(ExampleContent);
        body[5000] ^= 1;
        var error = Refused(() => ReadAsync(ExampleRequest(body)), "SignatureDoesNotMatch", 403, "The request signature we calculated does not match the signature you provided. Check your key and signing method.");
        Assert.That(error.Members.Select(member => member.Key), Is.EqualTo(new[] { "AWSAccessKeyId", "StringToSign", "SignatureProvided", "StringToSignBytes" }));
        Assert.That(error.Members[1].Value, Does.StartWith($"AWS4-HMAC-SHA256-PAYLOAD\n{Timestamp}\n{Scope}\n"));
    }

    [Test]
    public void Chunks_in_another_order_are_refused()
    {
        var (first, second) = (new byte[8192], new byte[8192]);
        Array.Fill(second, (byte)1);
        var body = Encoding.Latin1.GetString(new ChunkWriter(SecretAccessKey, Timestamp, Scope, SeedSignature).SignedChunk(first).SignedChunk(second).SignedChunk([]).Text("\r\n").ToArray());
        var length = body.IndexOf("\r\n2000;", StringComparison.Ordinal) + 2;
        var swapped = body[length..(2 * length)] + body[..length] + body[(2 * length)..];
        Refused(() => ReadAsync(Request("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", Encoding.Latin1.GetBytes(swapped), 16384), Signed(PayloadKind.SignedChunks)), "SignatureDoesNotMatch", 403, null);
    }

    [Test]
    public void A_body_that_is_shorter_or_longer_than_declared_is_refused([Values(66559, 66561, 0, 1)] int declared) => Refused(
        () => ReadAsync(Request("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", SignedBody(ExampleContent), declared), Signed(PayloadKind.SignedChunks)),
        "IncompleteBody", 400, "You did not provide the number of bytes specified by the Content-Length HTTP header");

    [Test]
    public void A_body_cut_anywhere_is_refused()
    {
        var body = SignedBody(new byte[100]);
        // The last two bytes, an empty line, may be missing.
        for (var length = 0; length < body.Length - 2; length++)
        {
            var cut = body[..length];
            Assert.That(() => ReadAsync(Request("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", cut, 100), Signed(PayloadKind.SignedChunks)),
                Throws.TypeOf<AwsException>().With.Property(nameof(AwsException.Code)).EqualTo("IncompleteBody"), $"cut at {length}");
        }
    }

    [Test]
    public void Bytes_after_the_end_are_refused() => Refused(
        () => ReadAsync(Request("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", [.. SignedBody(new byte[100]), (byte)'x'], 100), Signed(PayloadKind.SignedChunks)), "IncompleteBody", 400, null);

    [Test]
    public void Only_the_last_chunk_may_be_small()
    {
        var body = new ChunkWriter(SecretAccessKey, Timestamp, Scope, SeedSignature).SignedChunk(new byte[8192]).SignedChunk(new byte[8191]).SignedChunk(new byte[5]).SignedChunk([]).Text("\r\n").ToArray();
        var error = Refused(() => ReadAsync(Request("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", body, 8192 + 8191 + 5), Signed(PayloadKind.SignedChunks)),
            "InvalidChunkSizeError", 400, "Only the last chunk is allowed to have a size less than 8192 bytes");
        Assert.That(error.Members, Is.EqualTo(new KeyValuePair<string, object?>[] { new("Chunk", 2), new("BadChunkSize", 8191L) }));
    }

    [Test]
    public async Task Nothing_of_an_unknown_keys_signatures_is_verified_but_the_framing_is_taken_off()
    {
        var body = new ChunkWriter("not the secret", Timestamp, Scope, new('0', 64)).SignedChunk(new byte[9000]).SignedChunk(new byte[10]).SignedChunk([]).SignedTrailer("x-amz-checksum-crc32c", Checksum.Of(ChecksumAlgorithm.Crc32C, new byte[9010])).Text("\r\n").ToArray();
        var request = Request("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", body, 9010, "x-amz-checksum-crc32c");
        Assert.That(await ReadAsync(request, new(PayloadKind.SignedChunksWithTrailer)), Is.EqualTo(new byte[9010]));
    }

    [Test]
    public async Task Unsigned_chunks_bring_their_checksum_in_the_trailer([Values] ChecksumAlgorithm algorithm, [Values(0, 1, 8192, 100_000)] int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        var value = Checksum.Of(algorithm, content);
        var request = Request("STREAMING-UNSIGNED-PAYLOAD-TRAILER", UnsignedBody(content, $"{algorithm.HeaderName()}:{value}\r\n\r\n"), length, algorithm.HeaderName());
        using var stream = ChecksumStream.ForUpload(request with { Body = Decode(request, new(PayloadKind.UnsignedChunksWithTrailer)) }, length);
        Assert.That(await ReadAsync(stream), Is.EqualTo(content));
        Assert.That((stream.Algorithm, stream.Value), Is.EqualTo((algorithm, value)));
    }

    [TestCase("x-amz-checksum-crc32:AAAAAA==\r\n\r\n", "BadDigest", "The CRC32 you specified did not match the calculated checksum.")]
    [TestCase("x-amz-checksum-crc32:AAAA\r\n\r\n", "InvalidRequest", "Value for x-amz-checksum-crc32 trailing header is invalid.")]
    [TestCase("x-amz-checksum-crc32c:AAAAAA==\r\n\r\n", "MalformedTrailerError", null)]
    [TestCase("x-amz-checksum-crc32\r\n\r\n", "MalformedTrailerError", null)]
    [TestCase("\r\n", "MalformedTrailerError", null)]
    [TestCase("x-amz-checksum-crc32:AAAAAA==", "IncompleteBody", null)]
    [TestCase("x-amz-checksum-crc32:AAAAAA==\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", "MalformedTrailerError", null)]
    public void A_wrong_trailer_is_refused(string trailer, string code, string? message)
    {
        var request = Request("STREAMING-UNSIGNED-PAYLOAD-TRAILER", UnsignedBody([1, 2, 3], trailer), 3, "x-amz-checksum-crc32");
        Refused(() => ReadAsync(ChecksumStream.ForUpload(request with { Body = Decode(request, new(PayloadKind.UnsignedChunksWithTrailer)) }, 3)), code, 400, message);
    }

    [Test]
    public void Without_the_decoded_length_or_with_a_trailer_of_no_checksum_nothing_is_read()
    {
        var missing = Request("STREAMING-UNSIGNED-PAYLOAD-TRAILER", [], 0);
        missing.Headers.Remove("x-amz-decoded-content-length");
        Refused(() => ReadAsync(missing, new(PayloadKind.UnsignedChunksWithTrailer)), "MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
        Refused(() => ReadAsync(Request("STREAMING-UNSIGNED-PAYLOAD-TRAILER", [], 0, "x-amz-meta-a"), new(PayloadKind.UnsignedChunksWithTrailer)),
            "InvalidRequest", 400, "The value specified in the x-amz-trailer header is not supported");
    }

    [Test]
    public async Task However_the_body_arrives_and_is_read_the_content_is_the_same()
    {
        var random = new Random(99);
        for (var round = 0; round < 60; round++)
        {
            var content = new byte[random.Next(50_000)];
            random.NextBytes(content);
            var writer = new ChunkWriter(SecretAccessKey, Timestamp, Scope, SeedSignature);
            for (var at = 0; at < content.Length;)
            {
                var size = Math.Min(random.Next(8192, 20_000), content.Length - at);
                writer.SignedChunk(content.AsSpan(at, size));
                at += size;
            }
            var body = writer.SignedChunk([]).Text("\r\n").ToArray();
            var (largest, step) = (random.Next(1, 3000), random.Next(1, 5000));
            var request = Request("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", body, content.Length) with { Body = new Trickle(body, () => random.Next(1, largest + 1)) };
            Assert.That(await ReadAsync(Decode(request, Signed(PayloadKind.SignedChunks)), step), Is.EqualTo(content), $"round {round}");
        }
    }

    [Test]
    public void Whatever_bytes_come_the_answer_is_an_error_of_S3_and_comes_soon()
    {
        var random = new Random(4711);
        var good = UnsignedBody(new byte[300], $"x-amz-checksum-crc32:{Checksum.Of(ChecksumAlgorithm.Crc32, new byte[300])}\r\n\r\n");
        var alphabet = "0123456789abcdef\r\n;:chunk-signature=x-amz- \0\u00ff"u8.ToArray();
        var kinds = new[] { PayloadKind.SignedChunks, PayloadKind.SignedChunksWithTrailer, PayloadKind.UnsignedChunksWithTrailer };
        Assert.Multiple(() =>
        {
            for (var round = 0; round < 6000; round++)
            {
                var body = round % 2 == 0 ? good.ToArray() : new byte[random.Next(200)];
                if (round % 2 == 0) for (var change = random.Next(1, 4); change > 0; change--) body[random.Next(body.Length)] = (byte)random.Next(256);
                else for (var i = 0; i < body.Length; i++) body[i] = alphabet[random.Next(alphabet.Length)];
                var request = Request("STREAMING-UNSIGNED-PAYLOAD-TRAILER", body, 300, "x-amz-checksum-crc32") with { Body = new Trickle(body, () => random.Next(1, 64)) };
                try
                {
                    var read = ReadAsync(Decode(request, new(kinds[round % 3])), random.Next(1, 500)).GetAwaiter().GetResult();
                    Assert.That(read, Has.Length.EqualTo(300), $"round {round}");
                }
                catch (AwsException)
                {
                    // What is wrong is said in S3's own words: nothing else may come out.
                }
            }
        });
    }

    [Test]
    public void A_line_that_never_ends_is_given_up_soon()
    {
        foreach (var start in new[] { "", "5\r\nabcde\r\n0\r\nx-amz-checksum-crc32:" })
        {
            var endless = new Endless(Encoding.ASCII.GetBytes(start));
            var request = Request("STREAMING-UNSIGNED-PAYLOAD-TRAILER", [], 5, "x-amz-checksum-crc32") with { Body = endless };
            Refused(() => ReadAsync(Decode(request, new(PayloadKind.UnsignedChunksWithTrailer))), "IncompleteBody", 400, null);
            Assert.That(endless.Given, Is.LessThan(64 * 1024));
        }
    }

    private static RestRequest ExampleRequest(byte[] body) => Example(body, "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class", SeedSignature, null);

    private static RestRequest ExampleTrailerRequest(byte[] body) => Example(body, "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
        "content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer", TrailerSeedSignature, "x-amz-checksum-crc32c");

    private static RestRequest Example(byte[] body, string contentSha256, string signedHeaders, string signature, string? trailer)
    {
        var request = Request(contentSha256, body, 66560, trailer);
        request.Headers.Host = "s3.amazonaws.com";
        request.Headers["x-amz-date"] = Timestamp;
        request.Headers["x-amz-storage-class"] = "REDUCED_REDUNDANCY";
        request.Headers.ContentEncoding = "aws-chunked";
        request.Headers.ContentLength = 66824;
        request.Headers.Authorization = $"AWS4-HMAC-SHA256 Credential={AccessKeyId}/{Scope},SignedHeaders={signedHeaders},Signature={signature}";
        return request;
    }

    private static RestRequest Request(string contentSha256, byte[] body, int decodedLength, string? trailer = null)
    {
        var headers = new HeaderDictionary { ["x-amz-content-sha256"] = contentSha256, ["x-amz-decoded-content-length"] = decodedLength.ToString() };
        if (trailer is not null) headers["x-amz-trailer"] = trailer;
        return Requests.Make("PUT", "/examplebucket/chunkObject.txt", headers: headers) with { Body = new MemoryStream(body), ContentLength = body.Length };
    }

    private static byte[] SignedBody(byte[] content)
    {
        var writer = new ChunkWriter(SecretAccessKey, Timestamp, Scope, SeedSignature);
        foreach (var chunk in content.Chunk(65536)) writer.SignedChunk(chunk);
        return writer.SignedChunk([]).Text("\r\n").ToArray();
    }

    private static byte[] TrailerBody(string trailer) => new ChunkWriter("", "", "", "")
        .Text("10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n").Text(new string('a', 65536))
        .Text("\r\n400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n").Text(new string('a', 1024))
        .Text("\r\n0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n").Text(trailer).ToArray();

    private static byte[] UnsignedBody(byte[] content, string trailer)
    {
        var writer = new ChunkWriter("", "", "", "");
        foreach (var chunk in content.Chunk(65536)) writer.UnsignedChunk(chunk);
        return writer.UnsignedChunk([]).Text(trailer).ToArray();
    }

    private static PayloadSignature Signed(PayloadKind kind) =>
        new(kind, Signer: new(SigningKey.Derive(SecretAccessKey, "20130524", "us-east-1", "s3"), new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero), Credential.Parse($"{AccessKeyId}/{Scope}")!, SeedSignature));

    /// <summary>As the pipeline does it: who signed, then the body.</summary>
    private static Stream Decode(RestRequest request)
    {
        var keys = new OneKey(AccessKeyId, new(SecretAccessKey, null, null, Caller.RootOf("123456789012")));
        var verifier = new SigV4Verifier(keys, new FixedClock(new(2013, 5, 24, 0, 5, 0, TimeSpan.Zero)), CredentialsMode.Known, "000000000000");
        return SigV4Verifier.Decode(request.Body, request, verifier.Authenticate(request, "s3", "us-east-1", AuthDialect.S3));
    }

    private static Stream Decode(RestRequest request, PayloadSignature payload) => SigV4Verifier.Decode(request.Body, request, Authentication.Anonymous("us-east-1") with { Payload = payload });

    private static Task<byte[]> ReadAsync(RestRequest request) => ReadAsync(Decode(request));

    private static Task<byte[]> ReadAsync(RestRequest request, PayloadSignature payload) => ReadAsync(Decode(request, payload));

    private static async Task<byte[]> ReadAsync(Stream stream, int step = 81920)
    {
        await using var _ = stream;
        var content = new MemoryStream();
        var buffer = new byte[step];
        for (int count; (count = await stream.ReadAsync(buffer)) > 0;) content.Write(buffer, 0, count);
        return content.ToArray();
    }

    private static AwsException Refused(Func<Task> read, string code, int status, string? message)
    {
        var error = Assert.ThrowsAsync<AwsException>(() => read())!;
        Assert.Multiple(() =>
        {
            Assert.That(error.Code, Is.EqualTo(code));
            Assert.That(error.StatusCode, Is.EqualTo(status));
            if (message is not null) Assert.That(error.Message, Is.EqualTo(message));
        });
        return error;
    }

    /// <summary>A beginning, then the same byte for ever.</summary>
    private sealed class Endless(byte[] start) : Stream
    {
        public int Given { get; private set; }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var rest = start.AsSpan(Math.Min(Given, start.Length));
            var count = rest.Length > 0 ? Math.Min(rest.Length, buffer.Length) : buffer.Length;
            if (rest.Length > 0) rest[..count].CopyTo(buffer.Span);
            else buffer.Span.Fill((byte)'1');
            Given += count;
            return new(count);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
