using System.Text;
using Emulator.Protocols;
using Emulator.SigV4.Checksums;
using NUnit.Framework;

namespace Emulator.Tests.SigV4.Checksums;

[Source("https://reveng.sourceforge.io/crc-catalogue/all.htm")]
internal sealed class CrcTests
{
    private static readonly TestCaseData[] CheckValues =
    [
        new(ChecksumAlgorithm.Crc32, 0xCBF43926UL),
        new(ChecksumAlgorithm.Crc32C, 0xE3069283UL),
        new(ChecksumAlgorithm.Crc64Nvme, 0xAE8B14860A799888UL),
    ];

    [TestCaseSource(nameof(CheckValues))]
    public void The_check_of_the_nine_digits_is_the_catalogues(ChecksumAlgorithm algorithm, ulong check) =>
        Assert.That(algorithm.Crc()!.Of("123456789"u8), Is.EqualTo(check));

    [Test]
    public void Every_length_alignment_and_split_gives_what_the_definition_gives([Values(ChecksumAlgorithm.Crc32, ChecksumAlgorithm.Crc32C, ChecksumAlgorithm.Crc64Nvme)] ChecksumAlgorithm algorithm)
    {
        var crc = algorithm.Crc()!;
        var polynomial = algorithm switch { ChecksumAlgorithm.Crc32 => 0x04C11DB7UL, ChecksumAlgorithm.Crc32C => 0x1EDC6F41UL, _ => 0xAD93D23594C93659UL };
        var random = new Random(20240607);
        var data = new byte[1200];
        random.NextBytes(data);
        for (var length = 0; length < 700; length++)
        {
            var part = data.AsSpan(length % 17, length);
            var expected = BitByBit(part, polynomial, crc.SizeBytes * 8);
            Assert.That(crc.Of(part), Is.EqualTo(expected), $"length {length}");
            Assert.That(crc.Finish(crc.AppendByTable(crc.Start, part)), Is.EqualTo(expected), $"length {length} by table");
            var split = random.Next(length + 1);
            Assert.That(crc.Finish(crc.Append(crc.Append(crc.Start, part[..split]), part[split..])), Is.EqualTo(expected), $"length {length} split at {split}");
            Assert.That(crc.Combine(crc.Of(part[..split]), crc.Of(part[split..]), length - split), Is.EqualTo(expected), $"length {length} combined at {split}");
        }
    }

    [Test]
    public void Pieces_of_gigabytes_combine_without_being_read([Values(ChecksumAlgorithm.Crc32, ChecksumAlgorithm.Crc32C, ChecksumAlgorithm.Crc64Nvme)] ChecksumAlgorithm algorithm)
    {
        var crc = algorithm.Crc()!;
        var zeros = crc.Of(new byte[1024]);
        var whole = zeros;
        var length = 1024L;
        // Doubling is associative with any other way to put the pieces together.
        for (; length < 1L << 42; length *= 2) whole = crc.Combine(whole, whole, length);
        var half = crc.Of([]);
        for (var bit = 0; bit < 32; bit++) half = crc.Combine(half, Power(crc, zeros, bit), 1024L << bit);
        half = crc.Combine(half, zeros, 1024);
        Assert.That(half, Is.EqualTo(whole));
    }

    [Observed("21 February 2026, recorded from S3 (test_put_object_checksum)")]
    [TestCase(ChecksumAlgorithm.Crc64Nvme, "qUVrWYOrIAM=")]
    [TestCase(ChecksumAlgorithm.Sha256, "2l26x0trnT0r2AvakoFk2MB7eKVKzYESLMxSAKAzoik=")]
    public void S3_writes_the_checksum_of_this_text_so(ChecksumAlgorithm algorithm, string expected) =>
        Assert.That(Checksum.Of(algorithm, Encoding.ASCII.GetBytes("test data..")), Is.EqualTo(expected));

    [Test]
    public void A_full_object_checksum_follows_from_those_of_the_parts([Values(ChecksumAlgorithm.Crc32, ChecksumAlgorithm.Crc32C, ChecksumAlgorithm.Crc64Nvme)] ChecksumAlgorithm algorithm)
    {
        var data = new byte[30_000];
        new Random(7).NextBytes(data);
        var parts = new[] { data[..10_001], data[10_001..10_001], data[10_001..29_999], data[29_999..] };
        var whole = Checksum.FullObject(algorithm, parts.Select(part => (Checksum.Of(algorithm, part), (long)part.Length)));
        Assert.That(whole, Is.EqualTo(Checksum.Of(algorithm, data)));
    }

    /// <summary>1024 zero bytes doubled some times.</summary>
    private static ulong Power(Crc crc, ulong zeros, int doublings)
    {
        for (var i = 0; i < doublings; i++) zeros = crc.Combine(zeros, zeros, 1024L << i);
        return zeros;
    }

    /// <summary>The definition: long division of the reflected message, most significant coefficient first.</summary>
    private static ulong BitByBit(ReadOnlySpan<byte> data, ulong polynomial, int width)
    {
        var top = 1UL << (width - 1);
        var mask = ulong.MaxValue >> (64 - width);
        var remainder = mask;
        foreach (var value in data)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var next = ((value >> bit) & 1) != 0;
                var carry = (remainder & top) != 0;
                remainder = (remainder << 1) & mask;
                if (carry != next) remainder ^= polynomial;
            }
        }
        var reflected = 0UL;
        for (var bit = 0; bit < width; bit++) reflected |= ((remainder >> bit) & 1) << (width - 1 - bit);
        return reflected ^ mask;
    }
}
