using Amazon.DynamoDBv2.Model;
using Emulator.Tests.DynamoDb.Streams;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.TimeToLive;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html")]
internal sealed class ExpiryStreamTests : StreamsFixture
{
    [Test]
    public async Task The_stream_tells_that_the_service_deleted_an_expired_item()
    {
        var stream = await CreateStreamAsync("Sessions", "OLD_IMAGE");
        await DynamoDb.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest { TableName = "Sessions", TimeToLiveSpecification = new() { AttributeName = "expires", Enabled = true } });
        await PutAsync("Sessions", ("p", S("a")), ("c", S("b")), ("expires", N($"{Aws.Clock.GetUtcNow().ToUnixTimeSeconds() + 60}")));
        Aws.Clock.Advance(TimeSpan.FromMinutes(2));
        var records = await ReadAsync(stream);
        Assert.That(records.Select(record => ((string?)record["eventName"], (string?)record["userIdentity"]?["PrincipalId"], (string?)record["userIdentity"]?["Type"])),
            Is.EqualTo(new[] { ("INSERT", (string?)null, null), ("REMOVE", "dynamodb.amazonaws.com", "Service") }));
    }
}
