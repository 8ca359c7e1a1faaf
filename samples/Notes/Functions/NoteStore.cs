using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Notes;

/// <summary>The notes in their table. Every call names the owner, so nobody reaches another one's notes.</summary>
internal sealed class NoteStore(IAmazonDynamoDB dynamoDb)
{
    private const int MostListed = 200;

    private readonly string _table = Environment.GetEnvironmentVariable("TABLE") ?? "Notes";

    /// <summary>The owner's newest notes, newest first: the ids grow with time.</summary>
    public async Task<List<Dictionary<string, AttributeValue>>> ListAsync(string owner)
    {
        var found = await dynamoDb.QueryAsync(new QueryRequest(_table)
        {
            KeyConditionExpression = "#owner = :owner",
            ExpressionAttributeNames = new() { ["#owner"] = "owner" }, // a reserved word
            ExpressionAttributeValues = new() { [":owner"] = new(owner) },
            ScanIndexForward = false,
            Limit = MostListed,
        });
        return found.Items ?? [];
    }

    public async Task<Dictionary<string, AttributeValue>> AddAsync(string owner, string text)
    {
        var item = Key(owner, Guid.CreateVersion7().ToString());
        item["text"] = new(text);
        item["created"] = item["updated"] = new(Now());
        await dynamoDb.PutItemAsync(_table, item);
        return item;
    }

    /// <summary>The changed note; null where the owner has none of this id.</summary>
    public Task<Dictionary<string, AttributeValue>?> ChangeAsync(string owner, string id, string text) =>
        UpdateAsync(owner, id, new()
        {
            UpdateExpression = "SET #text = :text, updated = :now",
            ConditionExpression = "attribute_exists(id)", // without it, an update would create what is not there
            ExpressionAttributeNames = new() { ["#text"] = "text" }, // a reserved word
            ExpressionAttributeValues = new() { [":text"] = new(text), [":now"] = new(Now()) },
            ReturnValues = ReturnValue.ALL_NEW,
        });

    /// <summary>Writes into a note that a picture is there. Returns the note as it was; null where it has been deleted, or has a newer picture.</summary>
    public Task<Dictionary<string, AttributeValue>?> SetPictureAsync(PictureKey picture, string type, long size) => UpdateAsync(picture.Owner, picture.Note, new()
    {
        UpdateExpression = "SET pictureId = :picture, pictureType = :type, pictureSize = :size",
        ConditionExpression = "attribute_exists(id) AND (attribute_not_exists(pictureId) OR pictureId <= :picture)", // ids grow with time
        ExpressionAttributeValues = new()
        {
            [":picture"] = new(picture.Id),
            [":type"] = new(type),
            [":size"] = new() { N = size.ToString(CultureInfo.InvariantCulture) },
        },
        ReturnValues = ReturnValue.ALL_OLD,
    });

    public async Task<bool> ExistsAsync(string owner, string id) =>
        (await dynamoDb.GetItemAsync(new GetItemRequest { TableName = _table, Key = Key(owner, id), ProjectionExpression = "id" })).Item?.Count > 0;

    /// <summary>The note as it was; null where the owner had none of this id.</summary>
    public async Task<Dictionary<string, AttributeValue>?> RemoveAsync(string owner, string id)
    {
        var deleted = await dynamoDb.DeleteItemAsync(_table, Key(owner, id), ReturnValue.ALL_OLD);
        return deleted.Attributes is { Count: > 0 } item ? item : null;
    }

    /// <summary>What the update returns; null where its condition is false.</summary>
    private async Task<Dictionary<string, AttributeValue>?> UpdateAsync(string owner, string id, UpdateItemRequest update)
    {
        (update.TableName, update.Key) = (_table, Key(owner, id));
        try
        {
            return (await dynamoDb.UpdateItemAsync(update)).Attributes;
        }
        catch (ConditionalCheckFailedException)
        {
            return null;
        }
    }

    private static Dictionary<string, AttributeValue> Key(string owner, string id) => new() { ["owner"] = new(owner), ["id"] = new(id) };

    private static string Now() => DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture);
}
