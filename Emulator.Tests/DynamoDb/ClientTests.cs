using Amazon.DynamoDBv2.DataModel;
using Amazon.DynamoDBv2.DocumentModel;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb;

/// <summary>What the AWS SDK for .NET builds on the operations.</summary>
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HigherLevelInterfaces.html")]
internal sealed class ClientTests : DynamoDbFixture
{
    [Test]
    public async Task The_document_model_works()
    {
        var table = new TableBuilder(DynamoDb, Range).AddHashKey("p", DynamoDBEntryType.String).AddRangeKey("c", DynamoDBEntryType.String).Build();
        await table.PutItemAsync(new Document { ["p"] = "a", ["c"] = "1", ["n"] = 42, ["list"] = new List<string> { "x", "y" } });
        await table.UpdateItemAsync(new Document { ["p"] = "a", ["c"] = "1", ["more"] = true });
        var document = await table.GetItemAsync("a", "1");
        var found = await table.Query("a", new QueryFilter("c", QueryOperator.BeginsWith, "1")).GetRemainingAsync();
        Assert.That((document["n"].AsInt(), document["more"].AsBoolean(), document["list"].AsListOfString().Count, found.Count), Is.EqualTo((42, true, 2, 1)));
    }

    [Test]
    public async Task Object_persistence_works()
    {
        using var context = new DynamoDBContextBuilder().WithDynamoDBClient(() => DynamoDb).Build();
        await context.SaveAsync(new Note { Owner = "me", Id = "1", Text = "hello", Tags = ["a", "b"] });
        var note = await context.LoadAsync<Note>("me", "1");
        note.Text = "changed";
        await context.SaveAsync(note);
        var stale = new Note { Owner = "me", Id = "1", Text = "stale", Version = 0 };
        Assert.CatchAsync<ConditionalCheckFailedException>(() => context.SaveAsync(stale));
        var all = await context.QueryAsync<Note>("me").GetRemainingAsync();
        Assert.That((all.Single().Text, all.Single().Version, string.Join(' ', all.Single().Tags)), Is.EqualTo(("changed", (int?)1, "a b")));
    }

    [Test]
    public async Task The_paginators_and_waiters_of_the_client_work()
    {
        for (var i = 0; i < 5; i++) await PutAsync(Hash, ("p", S($"{i}")));
        var count = 0;
        await foreach (var page in DynamoDb.Paginators.Scan(new ScanRequest(Hash) { Limit = 2 }).Responses) count += page.Count!.Value;
        Assert.That(count, Is.EqualTo(5));
    }

    [DynamoDBTable(Range)]
    private sealed class Note
    {
        [DynamoDBHashKey("p")]
        public string Owner { get; set; } = "";

        [DynamoDBRangeKey("c")]
        public string Id { get; set; } = "";

        public string Text { get; set; } = "";

        public List<string> Tags { get; set; } = [];

        [DynamoDBVersion]
        public int? Version { get; set; }
    }
}
