using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Streams;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html")]
internal sealed class ListStreamsTests : StreamsFixture
{
    [Test]
    public async Task Streams_are_listed_by_table_and_age_page_by_page()
    {
        var b1 = await CreateStreamAsync("Bbb", "KEYS_ONLY");
        var a = await CreateStreamAsync("Aaa", "KEYS_ONLY");
        await DisableAsync("Bbb");
        var b2 = (await EnableAsync("Bbb", "KEYS_ONLY")).TableDescription.LatestStreamArn;
        await CreateStreamAsync("Bbbb", "KEYS_ONLY");
        var ofTable = (await Streams.ListStreamsAsync("Bbb")).Streams;
        var first = await Streams.ListStreamsAsync(limit: 3);
        var second = await Streams.ListStreamsAsync(limit: 3, after: first.LastEvaluatedStreamArn);
        Assert.Multiple(() =>
        {
            Assert.That(ofTable.Select(stream => stream.StreamArn), Is.EqualTo(new[] { b1, b2 }));
            Assert.That(first.Streams.Select(stream => stream.StreamArn), Is.EqualTo(new[] { a, b1, b2 }));
            Assert.That(first.Streams.Select(stream => $"{stream.TableName} {stream.StreamLabel}"), Is.EqualTo(new[] { a, b1, b2 }.Select(arn => $"{arn.Split('/')[1]} {arn.Split('/')[3]}")));
            Assert.That(first.LastEvaluatedStreamArn, Is.EqualTo(b2));
            Assert.That(second.Streams.Select(stream => stream.TableName), Is.EqualTo(new[] { "Bbbb" }));
            Assert.That(second.LastEvaluatedStreamArn, Is.Null);
        });
    }

    [Test]
    [Observed("test_list_streams_empty, test_list_streams_zero_limit, test_list_streams_too_high_limit and test_list_streams_with_nonexistent_last_stream of scylladb/scylladb test/alternator")]
    public async Task A_table_without_streams_has_none_and_limits_are_kept()
    {
        Assert.That((await Streams.ListStreamsAsync(Hash)).Streams, Is.Empty);
        Refuses(() => Streams.ListStreamsAsync(limit: 101), "1 validation error detected: Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100");
        Refuses(() => Streams.ListStreamsAsync(after: new string('x', 40)), "Invalid StreamArn");
    }
}
