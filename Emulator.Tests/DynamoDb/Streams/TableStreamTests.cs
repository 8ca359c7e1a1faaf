using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Streams;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_StreamSpecification.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html")]
internal sealed class TableStreamTests : StreamsFixture
{
    [Test]
    [Observed("recorded answer test_table_v2_stream")]
    public async Task A_table_tells_its_stream_whose_label_is_the_time_of_its_making()
    {
        var arn = await CreateStreamAsync("Notes", "NEW_AND_OLD_IMAGES");
        var table = (await DynamoDb.DescribeTableAsync("Notes")).Table;
        Assert.Multiple(() =>
        {
            Assert.That(table.StreamSpecification.StreamEnabled, Is.True);
            Assert.That(table.StreamSpecification.StreamViewType, Is.EqualTo(StreamViewType.NEW_AND_OLD_IMAGES));
            Assert.That(table.LatestStreamLabel, Is.EqualTo(Aws.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fff")));
            Assert.That(table.LatestStreamArn, Is.EqualTo($"{table.TableArn}/stream/{table.LatestStreamLabel}").And.EqualTo(arn));
        });
    }

    [Test]
    public async Task A_table_without_a_stream_tells_of_none()
    {
        var table = (await DynamoDb.DescribeTableAsync(Hash)).Table;
        Assert.That((table.StreamSpecification, table.LatestStreamArn, table.LatestStreamLabel), Is.EqualTo(((StreamSpecification?)null, (string?)null, (string?)null)));
    }

    [Test]
    [Observed("test_streams_disabled_stream and test_streams_reenable of scylladb/scylladb test/alternator")]
    public async Task A_disabled_stream_can_be_read_and_a_new_one_has_another_label_and_none_of_its_records()
    {
        var first = await CreateStreamAsync("Notes", "KEYS_ONLY");
        await PutAsync("Notes", ("p", S("a")), ("c", S("1")));
        await DisableAsync("Notes");
        await PutAsync("Notes", ("p", S("a")), ("c", S("2")));
        var disabled = (await DynamoDb.DescribeTableAsync("Notes")).Table;
        var second = (await EnableAsync("Notes", "NEW_IMAGE")).TableDescription.LatestStreamArn;
        await PutAsync("Notes", ("p", S("a")), ("c", S("3")));
        var stream = await Streams.DescribeStreamAsync(first);
        var records = (First: await ReadAsync(first), Second: await ReadAsync(second));
        Assert.Multiple(() =>
        {
            Assert.That((disabled.StreamSpecification, disabled.LatestStreamArn), Is.EqualTo(((StreamSpecification?)null, first)));
            Assert.That(second, Is.Not.EqualTo(first));
            Assert.That(stream.StreamStatus, Is.EqualTo("DISABLED"));
            Assert.That(stream.Shards.Select(shard => shard.SequenceNumberRange.EndingSequenceNumber), Has.All.Not.Null);
            Assert.That(records.First.Select(record => Key(record, "c")), Is.EqualTo(new[] { "1" }));
            Assert.That(records.Second.Select(record => Key(record, "c")), Is.EqualTo(new[] { "3" }));
        });
    }

    [Test]
    public async Task A_stream_can_be_read_for_a_day_after_its_table_was_deleted()
    {
        var arn = await CreateStreamAsync("Notes", "NEW_IMAGE");
        await PutAsync("Notes", ("p", S("a")), ("c", S("1")));
        await DynamoDb.DeleteTableAsync("Notes");
        await CreateStreamAsync("Notes", "NEW_IMAGE");
        Aws.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        var status = (await Streams.DescribeStreamAsync(arn)).StreamStatus;
        Aws.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(status, Is.EqualTo("DISABLED"));
        Fails(() => Streams.DescribeStreamAsync(arn), "ResourceNotFoundException", $"Requested resource not found: Stream: {arn} not found");
    }

    [Test]
    public void What_does_not_fit_is_refused() => Assert.Multiple(() =>
    {
        // Source: https://github.com/nubo-db/dynoxide/issues/115
        Refuses(() => CreateAsync(new() { StreamEnabled = false, StreamViewType = "NEW_IMAGE" }), "One or more parameter values were invalid: Table is being created with a stream disabled, UpdateViewType should not be specified");
        Refuses(() => CreateAsync(new() { StreamEnabled = true, StreamViewType = "Fisk" }), "1 validation error detected: Value 'Fisk' at 'streamSpecification.streamViewType' failed to satisfy constraint: Member must satisfy enum value set: [OLD_IMAGE, KEYS_ONLY, NEW_AND_OLD_IMAGES, NEW_IMAGE]");
        Refuses(() => CreateAsync(new() { StreamViewType = "NEW_IMAGE" }), "1 validation error detected: Value null at 'streamSpecification.streamEnabled' failed to satisfy constraint: Member must not be null");
        // Source: https://github.com/aws-controllers-k8s/community/issues/2782
        Refuses(() => DisableAsync(Hash), $"Table has no stream to disable: TableName: {Hash}");
        // Source: https://github.com/hashicorp/terraform-provider-aws/issues/1134
        Refuses(() => DynamoDb.UpdateTableAsync(new UpdateTableRequest { TableName = Hash, StreamSpecification = new() { StreamEnabled = false, StreamViewType = "NEW_IMAGE" } }),
            "One or more parameter values were invalid: If stream is being disabled, then UpdateViewType must not be specified");
    });

    [Test]
    [Observed("https://github.com/scylladb/scylladb/issues/6939")]
    public async Task A_stream_is_enabled_once()
    {
        await CreateStreamAsync("Notes", "KEYS_ONLY");
        Refuses(() => EnableAsync("Notes", "NEW_IMAGE"), "Table already has an enabled stream: TableName: Notes");
    }

    private Task CreateAsync(StreamSpecification stream) => DynamoDb.CreateTableAsync(new CreateTableRequest
    {
        TableName = "Notes",
        AttributeDefinitions = [new("p", ScalarAttributeType.S)],
        KeySchema = [new("p", KeyType.HASH)],
        BillingMode = BillingMode.PAY_PER_REQUEST,
        StreamSpecification = stream,
    });
}
