using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>@aws-sdk/client-dynamodb and the document client of @aws-sdk/lib-dynamodb: dynamodb.mjs.</summary>
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html")]
internal sealed class DynamoDbScriptTests : JavaScriptFixture
{
    private static readonly Lazy<Task<JsonNode>> Script = new(() => RunAsync("dynamodb.mjs", Administrator));

    private JsonNode _seen = null!;

    [SetUp]
    public async Task Run() => _seen = await Script.Value;

    [Test]
    public void A_table_is_described_until_it_is_deleted() => Assert.Multiple(() =>
    {
        Assert.That(Json(_seen["table"]), Is.EqualTo("""{"status":"ACTIVE","arn":"arn:aws:dynamodb:us-east-1:111111111111:table/Scores","billing":"PAY_PER_REQUEST","created":true}"""));
        Assert.That(Json(_seen["gone"]), Is.EqualTo(Refusal("ResourceNotFoundException", "Requested resource not found: Table: Scores not found")));
    });

    [TestCase("twice", "ResourceInUseException", "Table already exists: Scores")]
    [TestCase("conditionFailed", "ConditionalCheckFailedException", "The conditional request failed")]
    [TestCase("wrongKey", "ValidationException", "The provided key element does not match the schema")]
    [TestCase("badExpression", "ValidationException", "Invalid KeyConditionExpression: Syntax error; token: \"<EOF>\", near: \"AND\"")]
    [TestCase("absentTable", "ResourceNotFoundException", "Requested resource not found: Table: Absent not found")]
    [TestCase("absentTableOfItem", "ResourceNotFoundException", "Requested resource not found")]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html")]
    public void A_refusal_is_told_in_the_words_of_AWS(string call, string name, string message) => Assert.That(Json(_seen[call]), Is.EqualTo(Refusal(name, message)));

    [Test]
    public void Every_kind_of_value_comes_back() => Assert.Multiple(() =>
    {
        Assert.That(Json(_seen["item"]), Is.EqualTo("""{"points":"12345678901234567890123456789012345678","raw":[0,255],"tags":["a","b"],"nothing":true}"""));
        Assert.That(_seen["read"], Is.EqualTo(JsonNode.Parse("""
            {"player":"ada","round":1,"points":1.5,"won":true,"moves":["e4","e5"],"board":{"size":8,"names":["a","b"]}}
            """)).Using<JsonNode>(JsonNode.DeepEquals));
    });

    [Test]
    public void An_update_sets_removes_and_adds() => Assert.That(Json(_seen["updated"]), Is.EqualTo("""{"points":2.5,"size":9,"visits":1,"hasWon":false}"""));

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.html")]
    public void A_query_has_order_pages_and_filters() => Assert.Multiple(() =>
    {
        Assert.That(Json(_seen["backwards"]!["rounds"]), Is.EqualTo("[8,7,6]"));
        Assert.That(_seen["backwards"]!["last"], Is.EqualTo(JsonNode.Parse("""{"player":"bob","round":6}""")).Using<JsonNode>(JsonNode.DeepEquals));
        Assert.That(Json(_seen["pages"]), Is.EqualTo("[[2,3,4],[5,6,7],[8]]"));
        Assert.That(Json(_seen["filtered"]), Is.EqualTo("""{"items":[{"points":60},{"points":70}],"count":2,"scanned":7}"""));
    });

    [Test]
    public void A_scan_counts_and_tells_its_capacity() => Assert.Multiple(() =>
    {
        Assert.That((int)_seen["scanned"]!["count"]!, Is.EqualTo(11));
        Assert.That((string)_seen["scanned"]!["capacity"]!["TableName"]!, Is.EqualTo("Scores"));
        Assert.That((double)_seen["scanned"]!["capacity"]!["CapacityUnits"]!, Is.GreaterThanOrEqualTo(0.5)); // half a unit for each partition
    });

    [Test]
    public void A_batch_finds_what_is_there() => Assert.Multiple(() =>
    {
        Assert.That(_seen["batch"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(_seen["deleted"], Is.EqualTo(JsonNode.Parse("""{"player":"bob","round":9,"points":80}""")).Using<JsonNode>(JsonNode.DeepEquals));
    });

    [Test]
    [Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transactions.html")]
    public void A_transaction_is_done_whole_or_cancelled_with_reasons() => Assert.Multiple(() =>
    {
        Assert.That(Json(_seen["cancelled"]), Is.EqualTo("""{"name":"TransactionCanceledException","reasons":["ConditionalCheckFailed","None"]}"""));
        Assert.That(_seen["transacted"], Is.EqualTo(JsonNode.Parse("""[{"player":"eve","round":1,"points":1},{"player":"bob","round":1,"points":5}]""")).Using<JsonNode>(JsonNode.DeepEquals));
    });

    [Test]
    public void An_index_a_statement_and_a_stream_tell_of_the_same_items() => Assert.Multiple(() =>
    {
        Assert.That(_seen["indexed"], Is.EqualTo(JsonNode.Parse("""[{"points":30,"player":"bob","round":4}]""")).Using<JsonNode>(JsonNode.DeepEquals));
        Assert.That(Json(_seen["statement"]), Is.EqualTo("""[{"points":1}]"""));
        Assert.That(Json(_seen["records"]), Is.EqualTo("""["INSERT eve 1","MODIFY bob 5"]"""));
    });
}
