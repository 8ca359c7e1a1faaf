using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Operations;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html")]
internal sealed class DeleteItemTests : DynamoDbFixture
{
    [Test]
    public async Task An_item_is_deleted_and_told_of_on_request()
    {
        await PutAsync(Hash, ("p", S("a")), ("n", N("1")));
        var request = new DeleteItemRequest(Hash, Item(("p", S("a")))) { ReturnValues = ReturnValue.ALL_OLD };
        var first = await DynamoDb.DeleteItemAsync(request);
        var again = await DynamoDb.DeleteItemAsync(request);
        Assert.That((first.Attributes["n"].N, again.Attributes?.Count ?? 0, await GetAsync(Hash, ("p", S("a")))), Is.EqualTo(("1", 0, (Dictionary<string, AttributeValue>?)null)));
    }

    [Test]
    public async Task A_condition_guards_the_item()
    {
        await PutAsync(Hash, ("p", S("a")), ("owner", S("me")));
        var request = new DeleteItemRequest(Hash, Item(("p", S("a")))) { ConditionExpression = "#o = :o", ExpressionAttributeNames = new() { ["#o"] = "owner" }, ExpressionAttributeValues = Item((":o", S("you"))) };
        Fails(() => DynamoDb.DeleteItemAsync(request), "ConditionalCheckFailedException", "The conditional request failed");
        request.ExpressionAttributeValues = Item((":o", S("me")));
        await DynamoDb.DeleteItemAsync(request);
        Assert.That(await GetAsync(Hash, ("p", S("a"))), Is.Null);
    }

    [Test]
    public void A_condition_on_an_absent_item_sees_no_attributes() => Assert.Multiple(() =>
    {
        Assert.DoesNotThrowAsync(() => DynamoDb.DeleteItemAsync(new DeleteItemRequest(Hash, Item(("p", S("a")))) { ConditionExpression = "attribute_not_exists(p)" }));
        Assert.ThrowsAsync<ConditionalCheckFailedException>(() => DynamoDb.DeleteItemAsync(new DeleteItemRequest(Hash, Item(("p", S("a")))) { ConditionExpression = "attribute_exists(p)" }));
    });
}
