using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Transactions;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Puts, updates, deletes and checks up to 100 items of several tables: all of them, or none.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html</remarks>
internal static class TransactWriteItems
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, TransactWriteItemsInput input)
    {
        CheckConstraints(input);
        var inputs = input.TransactItems!.ConvertAll(item => (item ?? new()).Single());
        var actions = inputs.ConvertAll(action => action.Parse());
        var bytes = actions.Sum(action => (long)action.PayloadBytes);
        if (bytes > DynamoDbLimits.TransactionBytes) throw DynamoDbErrors.TransactionTooLarge(bytes);

        var capacity = await Transaction.WriteAsync(service, call, actions, Token(call, input, inputs));
        return Answer(input, capacity, inputs.Where(action => action.Verb is not TransactionVerb.ConditionCheck).Select(action => (action.TableName!, CollectionOf(service, call, input, action))));
    }

    private static void CheckConstraints(TransactWriteItemsInput input)
    {
        var constraints = new Constraints();
        constraints.Length(input.ClientRequestToken, "clientRequestToken", 1, DynamoDbLimits.RequestTokenLength);
        constraints.OneOf(input.ReturnConsumedCapacity, "returnConsumedCapacity", Enums.ReturnConsumedCapacity);
        constraints.OneOf(input.ReturnItemCollectionMetrics, "returnItemCollectionMetrics", Enums.ReturnItemCollectionMetrics);
        constraints.NotNull(input.TransactItems, "transactItems");
        constraints.Count(input.TransactItems?.Count, () => Echo(input.TransactItems!), "transactItems", 1, DynamoDbLimits.TransactionItems);
        for (var i = 0; i < input.TransactItems?.Count; i++)
        {
            foreach (var action in input.TransactItems[i]?.Actions ?? []) action.AddTo(ref constraints, $"transactItems.{i + 1}.member");
        }
        constraints.Require();
    }

    private static string Echo(List<TransactWriteInput?> items) => $"[{string.Join(", ", items.SelectMany(item => item?.Actions ?? []))}]";

    private static RequestToken? Token(Call call, TransactWriteItemsInput input, List<TransactActionInput> actions)
    {
        if (input.ClientRequestToken is null) return null;
        using var fingerprint = new Fingerprint();
        foreach (var action in actions) action.AddTo(fingerprint);
        return RequestToken.Of(call, "TransactWriteItems", input.ClientRequestToken, fingerprint);
    }

    private static ItemCollection? CollectionOf(DynamoDbService service, Call call, TransactWriteItemsInput input, TransactActionInput action) =>
        service.Tables.Find(TableName.Parse(call, action.TableName!)) is { } table ? ItemCollection.Of(service, input.ReturnItemCollectionMetrics, table, action.Attributes!.Map) : null;

    private static byte[] Answer(TransactWriteItemsInput input, IReadOnlyList<TransactionCapacity> capacity, IEnumerable<(string Table, ItemCollection? Collection)> collections)
    {
        using var json = new JsonOutput();
        json.BeginObject();
        TransactionCapacity.WriteMember(json, input.ReturnConsumedCapacity, capacity);
        ItemCollection.WriteMember(json, collections);
        json.EndObject();
        return json.ToArray();
    }
}

internal sealed class TransactWriteItemsInput
{
    public List<TransactWriteInput?>? TransactItems { get; private set; }
    public string? ReturnConsumedCapacity { get; private set; }
    public string? ReturnItemCollectionMetrics { get; private set; }
    public string? ClientRequestToken { get; private set; }

    public static TransactWriteItemsInput Decode(ref InputReader json)
    {
        var input = new TransactWriteItemsInput();
        while (json.NextMember())
        {
            if (json.Is("TransactItems"u8)) input.TransactItems = json.Structs("TransactWriteItem", TransactWriteInput.Decode);
            else if (json.Is("ReturnConsumedCapacity"u8)) input.ReturnConsumedCapacity = json.String();
            else if (json.Is("ReturnItemCollectionMetrics"u8)) input.ReturnItemCollectionMetrics = json.String();
            else if (json.Is("ClientRequestToken"u8)) input.ClientRequestToken = json.String();
            else json.Skip();
        }
        return input;
    }
}
