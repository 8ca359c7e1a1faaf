using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Transactions;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Returns up to 100 items of several tables as they are at one moment.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html</remarks>
internal static class TransactGetItems
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, TransactGetItemsInput input)
    {
        CheckConstraints(input);
        var gets = input.TransactItems!.ConvertAll(item => item!.Get!);
        var projections = gets.ConvertAll(get => get.Parse());
        var reads = Prepare(service, call, gets, projections);

        var held = reads.ConvertAll(read => service.Transactions.Holds(read.Key));
        if (held.Contains(true)) throw CancellationReason.Cancelled(held.ConvertAll(isHeld => isHeld ? CancellationReason.Conflict : CancellationReason.None));
        using var snapshot = service.Store.Snapshot();
        var items = Transaction.Read(service, snapshot, reads);
        var bytes = items.Sum(item => (long)item.Size);
        if (bytes > DynamoDbLimits.TransactionBytes) throw DynamoDbErrors.TransactionTooLarge(bytes);
        return new(Answer(input, gets, projections, items));
    }

    private static void CheckConstraints(TransactGetItemsInput input)
    {
        var constraints = new Constraints();
        constraints.OneOf(input.ReturnConsumedCapacity, "returnConsumedCapacity", Enums.ReturnConsumedCapacity);
        constraints.NotNull(input.TransactItems, "transactItems");
        constraints.Count(input.TransactItems?.Count, () => Echo(input.TransactItems!), "transactItems", 1, DynamoDbLimits.TransactionItems);
        for (var i = 0; i < input.TransactItems?.Count; i++)
        {
            var path = $"transactItems.{i + 1}.member.get";
            constraints.NotNull(input.TransactItems[i]?.Get, path);
            if (input.TransactItems[i]?.Get is not { } get) continue;
            constraints.Table(get.TableName, $"{path}.tableName");
            constraints.NotNull(get.Key, $"{path}.key");
        }
        constraints.Require();
    }

    private static string Echo(List<TransactGetInput?> items) => $"[{string.Join(", ", items.Select(item => $"TransactGetItem(get=Get(tableName={item?.Get?.TableName}))"))}]";

    /// <summary>The keys of the items. The first fault cancels; the reads after it are not looked at.</summary>
    /// <remarks>Observed: tests/tier3/error-messages/transactGetItems.test.ts of nubo-db/dynamodb-conformance.</remarks>
    private static List<(Table Table, byte[] Key)> Prepare(DynamoDbService service, Call call, List<TransactGetAction> gets, List<Projection?> projections)
    {
        var tables = gets.ConvertAll(get => service.Tables.Require(TableName.Parse(call, get.TableName!)));
        var reads = new List<(Table Table, byte[] Key)>(gets.Count);
        for (var i = 0; i < gets.Count; i++)
        {
            var fault = Transaction.FaultOf(call, tables[i]) ?? FaultOf(tables[i], gets[i].Key!.Map);
            if (fault is not null) throw CancellationReason.Cancelled(gets.Count, i, fault);
            if (projections[i] is { } projection) KeyRules.CheckPaths(tables[i], projection.Paths);
            reads.Add((tables[i], ItemKey.Of(tables[i], gets[i].Key!.Map)));
        }
        if (reads.DistinctBy(read => read.Key, BytesComparer.Instance).Count() < reads.Count) throw DynamoDbErrors.MultipleOperationsOnOneItem();
        return reads;
    }

    private static CancellationReason? FaultOf(Table table, AttributeMap key) =>
        KeyRules.ProblemOfKey(table, key) is { } problem ? CancellationReason.Of(problem) : null;

    private static byte[] Answer(TransactGetItemsInput input, List<TransactGetAction> gets, List<Projection?> projections, List<Item> items)
    {
        using var json = new JsonOutput(256 + (2 * items.Sum(item => item.Record.Length)));
        json.BeginObject();
        TransactionCapacity.WriteMember(json, input.ReturnConsumedCapacity, TransactionCapacity.Sum(gets.Zip(items, (get, item) => new TransactionCapacity(get.TableName!, TransactionCapacity.Read(item.Size), IsWrite: false))));
        json.Member("Responses"u8);
        json.BeginArray();
        for (var i = 0; i < items.Count; i++)
        {
            json.BeginObject();
            WriteItem(json, items[i].IsAbsent ? default : projections[i]?.Apply(items[i].Attributes) ?? items[i].Attributes);
            json.EndObject();
        }
        json.EndArray();
        json.EndObject();
        return json.ToArray();
    }

    /// <remarks>Observed: an item that has nothing of what is asked for is left out as one that is not there (nubo-db/dynoxide issue 39).</remarks>
    private static void WriteItem(JsonOutput json, AttributeMap attributes)
    {
        if (attributes.IsEmpty) return;
        json.Member("Item"u8);
        json.Map(attributes);
    }
}

internal sealed class TransactGetItemsInput
{
    public List<TransactGetInput?>? TransactItems { get; private set; }
    public string? ReturnConsumedCapacity { get; private set; }

    public static TransactGetItemsInput Decode(ref InputReader json)
    {
        var input = new TransactGetItemsInput();
        while (json.NextMember())
        {
            if (json.Is("TransactItems"u8)) input.TransactItems = json.Structs("TransactGetItem", TransactGetInput.Decode);
            else if (json.Is("ReturnConsumedCapacity"u8)) input.ReturnConsumedCapacity = json.String();
            else json.Skip();
        }
        return input;
    }
}

/// <summary>One element of TransactItems.</summary>
internal sealed class TransactGetInput
{
    public TransactGetAction? Get { get; private set; }

    public static TransactGetInput Decode(ref InputReader json)
    {
        var input = new TransactGetInput();
        while (json.NextMember())
        {
            if (json.Is("Get"u8)) input.Get = json.Struct("Get", TransactGetAction.Decode);
            else json.Skip();
        }
        return input;
    }
}

/// <summary>The Get of an element.</summary>
internal sealed class TransactGetAction
{
    public string? TableName { get; private set; }
    public AttributeInput? Key { get; private set; }
    public string? ProjectionExpression { get; private set; }
    public Dictionary<string, string?>? ExpressionAttributeNames { get; private set; }

    public static TransactGetAction Decode(ref InputReader json)
    {
        var get = new TransactGetAction();
        while (json.NextMember())
        {
            if (json.Is("TableName"u8)) get.TableName = json.String();
            else if (json.Is("Key"u8)) get.Key = AttributeInput.Decode(ref json);
            else if (json.Is("ProjectionExpression"u8)) get.ProjectionExpression = json.String();
            else if (json.Is("ExpressionAttributeNames"u8)) get.ExpressionAttributeNames = json.StringMap();
            else json.Skip();
        }
        return get;
    }

    /// <summary>What is asked for of the item, once the key's values are found to be values.</summary>
    public Projection? Parse()
    {
        Key!.Require();
        ExpressionParameters.Check([("ProjectionExpression", ProjectionExpression is not null)], [], ExpressionAttributeNames is not null, hasValues: false);
        var scope = ExpressionParameters.Scope(ExpressionAttributeNames);
        var projection = ExpressionParameters.Projection(ProjectionExpression, attributesToGet: null, scope);
        scope.RequireAllUsed();
        return projection;
    }
}
