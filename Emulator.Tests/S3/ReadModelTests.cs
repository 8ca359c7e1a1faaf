using System.Globalization;
using Emulator.Tests.S3.Fuzzing;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Reads with any mixture of conditions and ranges, against the order of RFC 9110, 13.2.2, which S3 keeps.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html")]
[Source("https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2")]
internal sealed class ReadModelTests : S3Fixture
{
    private static readonly int[] Sizes = [0, 1, 10, 20_000];

    /// <summary>An ETag as a client sends it; "etag" stands for the object's.</summary>
    private static readonly Gen<string?> Tags = Gen.Frequency((4, Gen.Constant<string?>(null)), (6, Gen.Elements<string?>("\"etag\"", "etag", "*", "\"other\"", "other", "\"other\", \"etag\"", "\"a\",\"b\"", "\"ETAG\"", "")));

    /// <summary>Seconds from the object's date; null for none, or what is no date.</summary>
    private static readonly Gen<string?> Dates = Gen.Frequency((4, Gen.Constant<string?>(null)), (6, Gen.Elements<string?>("-86400", "-1", "0", "1", "60", "864000", "never", "2024-13-45", "")));

    private static readonly Gen<string?> Ranges = Gen.Frequency(
        (3, Gen.Constant<string?>(null)),
        (6, from first in Numbers from last in Numbers select (string?)$"bytes={first}-{last}"),
        (2, Gen.Elements<string?>("bytes=-", "bytes=", "bytes", "", "bytes=0-0,2-3", "bytes=a-b", "items=0-1", "bytes= 0 - 1", "bytes=--1", "bytes=0-99999999999999999999", "bytes=99999999999999999999-", "BYTES=0-0")));

    private static Gen<string> Numbers => Gen.Frequency((1, Gen.Constant("")), (4, from number in Gen.Choose(0, 12) select $"{number}"), (1, Gen.Elements("9999", "19999", "20000", "9223372036854775807", "9223372036854775806")));

    private static readonly Gen<Asked> All =
        from size in Gen.Elements(Sizes)
        from isHead in Gen.Elements(false, false, true)
        from match in Tags
        from noneMatch in Tags
        from modified in Dates
        from unmodified in Dates
        from range in Ranges
        from ifRange in Gen.Frequency((4, Gen.Constant<string?>(null)), (2, Gen.Elements<string?>("\"etag\"", "\"other\"", "W/\"etag\"", "0", "1", "")))
        select new Asked(size, isHead, match, noneMatch, modified, unmodified, range, ifRange);

    private sealed record Asked(int Size, bool IsHead, string? Match, string? NoneMatch, string? Modified, string? Unmodified, string? Range, string? IfRange);

    [Test]
    public async Task A_read_is_answered_by_its_conditions_in_their_order_and_then_by_its_range()
    {
        foreach (var size in Sizes) await PutAsync($"{size}", Bytes(size));
        Aws.Clock.Advance(TimeSpan.FromDays(1)); // so that there are dates after the object's that are not to come
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1500 * Fuzz.Times), Prop.ForAll(Arb.From(All), asked =>
        {
            CheckAsync(asked).GetAwaiter().GetResult();
            return true;
        }));
    }

    private async Task CheckAsync(Asked asked)
    {
        var body = Bytes(asked.Size);
        var (head, _) = await SendAsync(HttpMethod.Head, $"/{TheBucket}/{asked.Size}");
        var etag = head.Headers.ETag!.Tag.Trim('"');
        var changed = head.Content.Headers.LastModified!.Value;

        List<(string Name, string Value)> headers = [];
        Add("If-Match", asked.Match?.Replace("etag", etag, StringComparison.Ordinal));
        Add("If-None-Match", asked.NoneMatch?.Replace("etag", etag, StringComparison.Ordinal));
        Add("If-Modified-Since", Date(asked.Modified, changed)?.ToString("R") ?? asked.Modified);
        Add("If-Unmodified-Since", Date(asked.Unmodified, changed)?.ToString("R") ?? asked.Unmodified);
        Add("Range", asked.Range);
        Add("If-Range", Date(asked.IfRange, changed)?.ToString("R") ?? asked.IfRange?.Replace("etag", etag, StringComparison.Ordinal));
        using var request = new HttpRequestMessage(asked.IsHead ? HttpMethod.Head : HttpMethod.Get, $"http://localhost/{TheBucket}/{asked.Size}");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        var got = await response.Content.ReadAsByteArrayAsync();

        var (status, range) = Expected(asked, changed, Aws.Clock.GetUtcNow());
        Assert.That((int)response.StatusCode, Is.EqualTo(status), $"{asked}");
        if (status is 200 or 206)
        {
            var (offset, length) = range ?? (0, asked.Size);
            Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(length));
            Assert.That(response.Content.Headers.ContentRange?.ToString(), Is.EqualTo(range is null ? null : $"bytes {offset}-{offset + length - 1}/{asked.Size}"));
            if (!asked.IsHead) Assert.That(got, Is.EqualTo(body[offset..(offset + length)]));
        }
        if (status is 200 or 206 or 304) Assert.That(response.Headers.ETag!.Tag, Is.EqualTo($"\"{etag}\""));

        void Add(string name, string? value)
        {
            if (value is not null) headers.Add((name, value));
        }
    }

    private static (int Status, (int Offset, int Length)? Range) Expected(Asked asked, DateTimeOffset changed, DateTimeOffset now)
    {
        if (asked.Match is not null)
        {
            if (!Names(asked.Match)) return (412, null);
        }
        else if (Date(asked.Unmodified, changed) < changed)
        {
            return (412, null);
        }
        if (asked.NoneMatch is not null)
        {
            if (Names(asked.NoneMatch)) return (304, null);
        }
        else if (Date(asked.Modified, changed) is { } since && since >= changed && since <= now)
        {
            return (304, null);
        }
        var isSame = asked.IfRange is null or "\"etag\"" or "0";
        return isSame && asked.Range is not null ? RangeOf(asked.Range, asked.Size) : (200, null);
    }

    private static bool Names(string tags) => tags.Split(',').Any(tag => tag.Trim().Trim('"') is "etag" or "*");

    private static DateTimeOffset? Date(string? seconds, DateTimeOffset changed) => int.TryParse(seconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? changed.AddSeconds(number) : null;

    /// <summary>One range whose ends are numbers, or one end; all else is as good as none.</summary>
    private static (int Status, (int Offset, int Length)?) RangeOf(string header, int size)
    {
        if (!header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase) || header[6..].Trim().Split('-') is not [var first, var last]) return (200, null);
        if (first.Length == 0)
        {
            if (!IsNumber(last, out var suffix)) return (200, null);
            return suffix == 0 || size == 0 ? (416, null) : (206, (size - (int)Math.Min(suffix, size), (int)Math.Min(suffix, size)));
        }
        if (!IsNumber(first, out var from)) return (200, null);
        var to = long.MaxValue;
        if (last.Length > 0 && (!IsNumber(last, out to) || to < from)) return (200, null);
        if (from >= size) return (416, null);
        return (206, ((int)from, (int)(Math.Min(to, size - 1) - from + 1)));
    }

    private static bool IsNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
