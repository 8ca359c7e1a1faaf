using Emulator.DynamoDb.Throughput;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Throughput;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html")]
internal sealed class TokenBucketTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Five_minutes_of_unused_units_are_kept_and_no_more()
    {
        var bucket = TokenBucket.Full(1500, Start);
        bucket.Refill(5, 1500, Start.AddHours(1));
        bucket.Take(1499.5);
        Assert.That(bucket.HasAny, Is.True);
        bucket.Take(0.5);
        Assert.That(bucket.HasAny, Is.False);
        bucket.Refill(5, 1500, Start.AddHours(1).AddSeconds(1));
        Assert.That(bucket.HasAny, Is.True);
    }

    [Test]
    public void What_was_overdrawn_comes_in_first()
    {
        var bucket = TokenBucket.Full(1, Start);
        bucket.Take(11);
        bucket.Refill(1, 300, Start.AddSeconds(10));
        Assert.That(bucket.HasAny, Is.False);
        bucket.Refill(1, 300, Start.AddSeconds(10.5));
        Assert.That(bucket.HasAny, Is.True);
    }

    [Test]
    public void A_clock_that_is_set_back_brings_nothing_in()
    {
        var bucket = TokenBucket.Full(1, Start);
        bucket.Take(1);
        bucket.Refill(1, 300, Start.AddHours(-1));
        Assert.That(bucket.HasAny, Is.False);
        bucket.Refill(1, 300, Start.AddHours(-1).AddSeconds(1));
        Assert.That(bucket.HasAny, Is.True);
    }
}
