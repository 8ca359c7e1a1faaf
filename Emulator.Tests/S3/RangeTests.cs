using System.Net;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html")]
[Observed("2024, recorded answers: test_get_object_range")]
internal sealed class RangeTests : S3Fixture
{
    [TestCase("bytes=0-8", 206, "012345678", "bytes 0-8/10")]
    [TestCase("bytes=1-1", 206, "1", "bytes 1-1/10")]
    [TestCase("bytes=1-0", 200, "0123456789", null)]
    [TestCase("bytes=1-", 206, "123456789", "bytes 1-9/10")]
    [TestCase("bytes=-1-", 200, "0123456789", null)]
    [TestCase("bytes=-2", 206, "89", "bytes 8-9/10")]
    [TestCase("bytes=-15", 206, "0123456789", "bytes 0-9/10")]
    [TestCase("bytes=0-100", 206, "0123456789", "bytes 0-9/10")]
    [TestCase("bytes=0--1", 200, "0123456789", null)]
    [TestCase("bytes=0-1,3-4,7-9", 200, "0123456789", null)]
    [TestCase("0-8", 200, "0123456789", null)]
    [TestCase("bytes=-", 200, "0123456789", null)]
    [TestCase("bytes=-0", 416, null, null)]
    [TestCase("bytes=100-200", 416, null, null)]
    [TestCase("bytes=0-99999999999999999999", 200, "0123456789", null)]
    public async Task A_range_is_read_as_AWS_reads_it(string range, int status, string? body, string? contentRange)
    {
        await PutAsync("key", "0123456789");
        var (response, text) = await SendAsync(HttpMethod.Get, $"/{TheBucket}/key", null, ("Range", range));
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Content.Headers.ContentRange?.ToString(), Is.EqualTo(contentRange));
        Assert.That(text, body is null
            ? Does.Contain($"<Code>InvalidRange</Code><Message>The requested range is not satisfiable</Message><RangeRequested>{range}</RangeRequested><ActualObjectSize>10</ActualObjectSize>")
            : Is.EqualTo(body));
    }

    [Test]
    public async Task Any_range_of_any_body_is_that_part_of_its_bytes([Values(100, 20_000, 700_000)] int size, [Values(1, 2, 3)] int seed)
    {
        var body = Bytes(size, seed);
        var random = new System.Random(seed);
        await PutAsync("key", body);
        for (var i = 0; i < 20; i++)
        {
            var first = random.Next(size);
            var last = random.Next(first, size + 10);
            var got = await GetAsync("key", get => get.ByteRange = new(first, last));
            Assert.That(got, Is.EqualTo(body[first..Math.Min(last + 1, size)]), $"{first}-{last}");
        }
    }

    [Test]
    public async Task An_empty_object_has_no_range()
    {
        await PutAsync("key");
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}/key", null, ("Range", "bytes=0-0"))).Response.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
    }
}
