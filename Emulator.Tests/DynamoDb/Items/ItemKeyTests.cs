using System.Text;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Values;
using Emulator.Storage;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Items;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html")]
internal sealed class ItemKeyTests
{
    private const int Rounds = 20_000;

    [Test]
    public void Keys_are_ordered_as_their_bytes_and_none_begins_another()
    {
        var random = new Random(1);
        for (var i = 0; i < Rounds; i++)
        {
            var (left, right) = (Bytes(random), Bytes(random));
            var (leftKey, rightKey) = (Part(AttributeType.B, left), Part(AttributeType.B, right));
            Assert.That(Math.Sign(leftKey.AsSpan().SequenceCompareTo(rightKey)), Is.EqualTo(Math.Sign(left.AsSpan().SequenceCompareTo(right))), $"{Convert.ToHexString(left)} and {Convert.ToHexString(right)}");
            if (!left.SequenceEqual(right)) Assert.That(leftKey.AsSpan().StartsWith(rightKey), Is.False);
        }
    }

    [Test]
    public void Strings_are_ordered_by_their_utf8() => Assert.That(
        new[] { "\uFF5E", "b", "\U0001F600", "a", "ab", "B", "", "é", "a\0", "a\u0001" }.Order(Comparer<string>.Create((a, b) => Text(a).AsSpan().SequenceCompareTo(Text(b)))),
        Is.EqualTo(new[] { "", "B", "a", "a\0", "a\u0001", "ab", "b", "é", "\uFF5E", "\U0001F600" }));

    [Test]
    public void An_open_part_is_the_beginning_of_all_that_begin_with_its_value()
    {
        var random = new Random(2);
        for (var i = 0; i < Rounds; i++)
        {
            var (value, prefix) = (Bytes(random), Bytes(random));
            Assert.That(
                Part(AttributeType.B, value).AsSpan().StartsWith(ItemKey.Part(AttributeValue.Scalar(AttributeType.B, prefix), open: true)),
                Is.EqualTo(value.AsSpan().StartsWith(prefix)), $"{Convert.ToHexString(value)} and {Convert.ToHexString(prefix)}");
        }
    }

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Scan.html#Scan.ParallelScan")]
    public async Task Segments_follow_each_other_without_gaps([Values(1, 3, 4096, 5000, 1_000_000)] int total)
    {
        await using var service = new DirectService();
        await service.CreateTableAsync("Notes", "p");
        var table = service.Service.Tables.Find(new("000000000000", "us-east-1", "Notes"))!;
        Assert.That(ItemKey.SegmentStart(table.Space.ItemPrefix, 0, total).AsSpan(0, table.Space.ItemPrefix.Length).SequenceEqual(table.Space.ItemPrefix));
        Assert.That(ItemKey.SegmentStart(table.Space.ItemPrefix, total, total), Is.EqualTo(KeyRange.Successor(table.Space.ItemPrefix)!.Value.ToArray()));
        for (var segment = 0; segment < total; segment += Math.Max(1, total / 999))
        {
            Assert.That(ItemKey.SegmentStart(table.Space.ItemPrefix, segment, total).AsSpan().SequenceCompareTo(ItemKey.SegmentStart(table.Space.ItemPrefix, segment + 1, total)), Is.LessThanOrEqualTo(0));
        }
    }

    private static byte[] Text(string text) => Part(AttributeType.S, Encoding.UTF8.GetBytes(text));

    private static byte[] Part(AttributeType type, byte[] content) => ItemKey.Part(AttributeValue.Scalar(type, content));

    /// <summary>A few bytes, most of them from those that escaping touches.</summary>
    private static byte[] Bytes(Random random) =>
        [.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => random.Next(3) switch { 0 => (byte)0, 1 => (byte)0xFF, _ => (byte)random.Next(256) })];
}
