using System.Text.Json.Nodes;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Transactions;

/// <summary>Why an action did not let its transaction succeed.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#API_TransactWriteItems_Errors</remarks>
internal sealed record CancellationReason(string Code, string? Message = null, JsonNode? Item = null)
{
    public static CancellationReason None { get; } = new("None");

    public static CancellationReason Conflict { get; } = Of(DynamoDbErrors.TransactionConflict())!;

    /// <summary>The reason that an error of the single operation becomes; null where it fails the whole request.</summary>
    public static CancellationReason? Of(AwsException error)
    {
        var code = error.Code switch
        {
            "ConditionalCheckFailedException" => "ConditionalCheckFailed",
            "DuplicateItemException" => "DuplicateItem",
            "ItemCollectionSizeLimitExceededException" => "ItemCollectionSizeLimitExceeded",
            "ProvisionedThroughputExceededException" => "ProvisionedThroughputExceeded",
            "ThrottlingException" => "ThrottlingError",
            "TransactionConflictException" => "TransactionConflict",
            "ValidationException" => "ValidationError",
            _ => null,
        };
        return code is null ? null : new(code, error.Message, error.Members.FirstOrDefault(member => member.Key == "Item").Value as JsonNode);
    }

    /// <summary>The error of a transaction with these reasons, one for each action in its order.</summary>
    public static AwsException Cancelled(IReadOnlyList<CancellationReason> reasons) =>
        new("TransactionCanceledException", $"Transaction cancelled, please refer cancellation reasons for specific reasons [{string.Join(", ", reasons.Select(reason => reason.Code))}]")
        {
            Members = [new("CancellationReasons", new JsonArray([.. reasons.Select(reason => reason.Node())]))],
        };

    /// <summary>The error of a transaction of which one action alone is at fault, or was found to be before the others were looked at.</summary>
    public static AwsException Cancelled(int actions, int at, CancellationReason reason)
    {
        var reasons = Enumerable.Repeat(None, actions).ToArray();
        reasons[at] = reason;
        return Cancelled(reasons);
    }

    private JsonObject Node()
    {
        var node = new JsonObject { [nameof(Code)] = Code };
        if (Message is not null) node[nameof(Message)] = Message;
        if (Item is not null) node[nameof(Item)] = Item.DeepClone();
        return node;
    }
}
