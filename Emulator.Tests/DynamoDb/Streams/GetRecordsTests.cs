using Amazon.DynamoDBv2;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Streams;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html")]
internal sealed class GetRecordsTests : StreamsFixture
{
    private string _stream = null!;

    [SetUp]
    public async Task CreateAsync() => _stream = await CreateStreamAsync("Notes", "NEW_IMAGE");

    [Test]
    public async Task Each_type_of_iterator_begins_at_its_place()
    {
        await WriteAsync(1, 2, 3);
        var shard = await ShardOfAsync(_stream, "a");
        var numbers = (await ReadAsync(_stream)).ConvertAll(Number);
        var latest = await Streams.GetShardIteratorAsync(_stream, shard.ShardId, "LATEST");
        await WriteAsync(4);
        Assert.Multiple(async () =>
        {
            Assert.That(await ReadFromAsync(await Streams.GetShardIteratorAsync(_stream, shard.ShardId, "TRIM_HORIZON")), Is.EqualTo("1234"));
            Assert.That(await ReadFromAsync(await Streams.GetShardIteratorAsync(_stream, shard.ShardId, "AT_SEQUENCE_NUMBER", numbers[1])), Is.EqualTo("234"));
            Assert.That(await ReadFromAsync(await Streams.GetShardIteratorAsync(_stream, shard.ShardId, "AFTER_SEQUENCE_NUMBER", numbers[1])), Is.EqualTo("34"));
            Assert.That(await ReadFromAsync(await Streams.GetShardIteratorAsync(_stream, shard.ShardId, "AT_SEQUENCE_NUMBER", shard.SequenceNumberRange.StartingSequenceNumber)), Is.EqualTo("1234"));
            Assert.That(await ReadFromAsync(latest), Is.EqualTo("4"));
        });
    }

    [Test]
    public async Task An_open_shard_is_read_on_and_on()
    {
        await WriteAsync(1, 2, 3);
        var shard = await ShardOfAsync(_stream, "a");
        var first = await Streams.GetRecordsAsync(await Streams.GetShardIteratorAsync(_stream, shard.ShardId, "TRIM_HORIZON"), limit: 2);
        var second = await Streams.GetRecordsAsync(first.NextShardIterator!);
        var third = await Streams.GetRecordsAsync(second.NextShardIterator!);
        await WriteAsync(4);
        var fourth = await Streams.GetRecordsAsync(third.NextShardIterator!);
        Assert.That(new[] { first, second, third, fourth }.Select(Text), Is.EqualTo(new[] { "12", "3", "", "4" }));
    }

    [Test]
    [Observed("test_streams_closed_read of scylladb/scylladb test/alternator")]
    public async Task Behind_the_end_of_a_closed_shard_is_nothing()
    {
        await WriteAsync(1);
        var shard = await ShardOfAsync(_stream, "a");
        Aws.Clock.Advance(TimeSpan.FromHours(4) + TimeSpan.FromMinutes(1));
        var rotated = await Streams.GetRecordsAsync(await Streams.GetShardIteratorAsync(_stream, shard.ShardId, "TRIM_HORIZON"));
        var latest = await Streams.GetRecordsAsync(await Streams.GetShardIteratorAsync(_stream, shard.ShardId, "LATEST"));
        await WriteAsync(2);
        var child = (await Streams.DescribeStreamAsync(_stream)).Shards.Single(other => other.ParentShardId == shard.ShardId);
        var iterator = await Streams.GetShardIteratorAsync(_stream, child.ShardId, "TRIM_HORIZON");
        await DisableAsync("Notes");
        var disabled = await Streams.GetRecordsAsync(iterator);
        Assert.That(new[] { rotated, latest, disabled }.Select(answer => (Text(answer), answer.NextShardIterator)), Is.EqualTo(new[] { ("1", (string?)null), ("", null), ("2", null) }));
    }

    [Test]
    public async Task A_page_ends_at_a_mebibyte()
    {
        for (var i = 0; i < 4; i++) await PutAsync("Notes", ("p", S("a")), ("c", S($"{i}")), ("x", S(new string('x', 390_000))));
        var shard = await ShardOfAsync(_stream, "a");
        var first = await Streams.GetRecordsAsync(await Streams.GetShardIteratorAsync(_stream, shard.ShardId, "TRIM_HORIZON"));
        var second = await Streams.GetRecordsAsync(first.NextShardIterator!);
        Assert.That((Text(first), Text(second)), Is.EqualTo(("01", "23")));
    }

    [Test]
    public async Task After_a_day_records_are_gone()
    {
        await WriteAsync(1);
        Aws.Clock.Advance(TimeSpan.FromHours(1));
        await WriteAsync(2);
        var records = await ReadAsync(_stream);
        var shard = await ShardOfAsync(_stream, "a");
        Aws.Clock.Advance(TimeSpan.FromHours(23) - TimeSpan.FromMinutes(5));
        var fromFirst = await Streams.GetShardIteratorAsync(_stream, shard.ShardId, "AT_SEQUENCE_NUMBER", Number(records[0]));
        var fromOldest = await Streams.GetShardIteratorAsync(_stream, shard.ShardId, "TRIM_HORIZON");
        Aws.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Multiple(async () =>
        {
            Assert.That(await ReadFromAsync(fromOldest), Is.EqualTo("2"));
            Fails(() => Streams.GetRecordsAsync(fromFirst), "TrimmedDataAccessException", "The data you are trying to access has been trimmed");
            Fails(() => Streams.GetShardIteratorAsync(_stream, shard.ShardId, "AFTER_SEQUENCE_NUMBER", Number(records[0])), "TrimmedDataAccessException", "The data you are trying to access has been trimmed");
        });
    }

    [Test]
    public async Task Who_reads_where_nothing_is_written_never_falls_behind()
    {
        await WriteAsync(1);
        Aws.Clock.Advance(TimeSpan.FromHours(47.9));
        var shard = (await Streams.DescribeStreamAsync(_stream)).Shards[^1];
        string? iterator = await Streams.GetShardIteratorAsync(_stream, shard.ShardId, "LATEST");
        for (var i = 0; i < 200 && iterator is not null; i++)
        {
            iterator = (await Streams.GetRecordsAsync(iterator)).NextShardIterator;
            Aws.Clock.Advance(TimeSpan.FromMinutes(14));
        }
        Assert.That(iterator, Is.Null, "the shard is closed");
    }

    [Test]
    public async Task An_iterator_is_good_for_fifteen_minutes()
    {
        await WriteAsync(1);
        var iterator = await Streams.GetShardIteratorAsync(_stream, (await ShardOfAsync(_stream, "a")).ShardId, "TRIM_HORIZON");
        Aws.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.That(await ReadFromAsync(iterator), Is.EqualTo("1"));
        Aws.Clock.Advance(TimeSpan.FromSeconds(1));
        Fails(() => Streams.GetRecordsAsync(iterator), "ExpiredIteratorException", "The shard iterator has expired and can no longer be used to retrieve stream records.");
    }

    [Test]
    [Observed("test_get_shard_iterator, test_get_records_nonexistent_iterator and test_get_records_too_high_limit of scylladb/scylladb test/alternator; https://github.com/ironSource/node-dynamodb-stream/issues/16")]
    public async Task What_does_not_fit_is_refused()
    {
        var shard = (await Streams.DescribeStreamAsync(_stream)).Shards[0];
        var iterator = await Streams.GetShardIteratorAsync(_stream, shard.ShardId, "LATEST");
        Assert.Multiple(() =>
        {
            Refuses(() => Streams.GetShardIteratorAsync(_stream, shard.ShardId, "bulle"), "1 validation error detected: Value 'bulle' at 'shardIteratorType' failed to satisfy constraint: Member must satisfy enum value set: [AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER, TRIM_HORIZON, LATEST]");
            Fails(() => Streams.GetShardIteratorAsync(_stream, new string('s', 40), "LATEST"), "ResourceNotFoundException", "Requested resource not found: Shard does not exist");
            Refuses(() => Streams.GetShardIteratorAsync(_stream, shard.ShardId, "AT_SEQUENCE_NUMBER", "300000000000000000000"), "Invalid SequenceNumber");
            Refuses(() => Streams.GetShardIteratorAsync(_stream, shard.ShardId, "AT_SEQUENCE_NUMBER", new string('x', 30)), "Invalid SequenceNumber");
            Assert.CatchAsync<AmazonDynamoDBException>(() => Streams.GetShardIteratorAsync(_stream, shard.ShardId, "AT_SEQUENCE_NUMBER"));
            Assert.CatchAsync<AmazonDynamoDBException>(() => Streams.GetShardIteratorAsync(_stream, shard.ShardId, "LATEST", shard.SequenceNumberRange.StartingSequenceNumber));
            Refuses(() => Streams.GetRecordsAsync(iterator, limit: 1001), "1 validation error detected: Value '1001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 1000");
            Refuses(() => Streams.GetRecordsAsync("sdfsdfsgagaddafgagasgasgasdfasdfasdfasdfasdgasdasdgasdg"), "Invalid ShardIterator");
            Refuses(() => Streams.GetRecordsAsync($"{_stream}|1|AAAA"), "Invalid ShardIterator");
        });
    }

    [Test]
    public async Task A_forged_iterator_is_refused()
    {
        await WriteAsync(1);
        var iterator = await Streams.GetShardIteratorAsync(_stream, (await ShardOfAsync(_stream, "a")).ShardId, "TRIM_HORIZON");
        var start = iterator.LastIndexOf('|') + 1;
        var bytes = Convert.FromBase64String(iterator[start..]);
        Assert.Multiple(() =>
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                var forged = bytes.ToArray();
                forged[i] ^= 0x80;
                Refuses(() => Streams.GetRecordsAsync(iterator[..start] + Convert.ToBase64String(forged)), "Invalid ShardIterator");
            }
        });
    }

    private async Task WriteAsync(params int[] numbers)
    {
        foreach (var number in numbers) await PutAsync("Notes", ("p", S("a")), ("c", S($"{number}")));
    }

    private async Task<string> ReadFromAsync(string iterator) => Text(await Streams.GetRecordsAsync(iterator));

    private static string Text(RecordPage answer) => string.Concat(answer.Records.Select(record => Key(record, "c")));
}
