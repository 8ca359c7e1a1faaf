using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Throughput;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Operations;

/// <summary>Puts or deletes up to 25 items of several tables.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html</remarks>
internal static class BatchWriteItem
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, BatchWriteItemInput input)
    {
        CheckConstraints(input);
        CheckRules(input);
        var writes = Prepare(service, call, input);

        // What is in a transaction, or is throttled, is left to be asked for again.
        var ongoing = writes.ConvertAll(write => service.Transactions.Holds(write.Key));
        Throttling? throttled = null;
        var consumed = await service.Store.WriteAsync(transaction => writes.ConvertAll(write => ongoing[write.Index] ? null : Execute(service, call, transaction, write, ref throttled)));
        if (throttled is not null && consumed.TrueForAll(one => one is null)) throw throttled.Exception();
        return Answer(service, input, writes, consumed);
    }

    private static void CheckConstraints(BatchWriteItemInput input)
    {
        if (input.RequestItems is { Count: 0 }) throw DynamoDbErrors.Validation("The requestItems parameter is required for BatchWriteItem");
        var constraints = new Constraints();
        constraints.OneOf(input.ReturnConsumedCapacity, "returnConsumedCapacity", Enums.ReturnConsumedCapacity);
        constraints.OneOf(input.ReturnItemCollectionMetrics, "returnItemCollectionMetrics", Enums.ReturnItemCollectionMetrics);
        constraints.NotNull(input.RequestItems, "requestItems");
        constraints.TableKeys(input.RequestItems?.Keys, "WriteRequest");
        foreach (var (table, requests) in input.RequestItems ?? [])
        {
            if (requests is { Count: 0 or > DynamoDbLimits.BatchWriteItems })
            {
                constraints.Violated(Echo(input.RequestItems!), "requestItems",
                    $"Map value must satisfy constraint: [Member must have length less than or equal to {DynamoDbLimits.BatchWriteItems}, Member must have length greater than or equal to 1]");
            }
            for (var i = 0; i < requests?.Count; i++)
            {
                var path = $"requestItems.{table}.member.{i + 1}.member";
                if (requests[i] is { HasPut: true } put) constraints.NotNull(put.Item, $"{path}.putRequest.item");
                if (requests[i] is { HasDelete: true } delete) constraints.NotNull(delete.Key, $"{path}.deleteRequest.key");
            }
        }
        constraints.Require();
    }

    /// <summary>As AWS shows the requests in its error.</summary>
    private static string Echo(Dictionary<string, List<WriteRequestInput?>?> requests) =>
        $"'{{{string.Join(", ", requests.Select(pair => $"{pair.Key}=[{string.Join(", ", pair.Value?.Select(_ => "com.amazonaws.dynamodb.v20120810.WriteRequest") ?? [])}]"))}}}'";

    private static void CheckRules(BatchWriteItemInput input)
    {
        var count = 0;
        foreach (var requests in input.RequestItems!.Values)
        {
            foreach (var request in requests ?? [])
            {
                // Observed: of a request with neither or both AWS says this (validations/batchWriteItem.js of architect/dynalite).
                if (request is null || request.HasPut == request.HasDelete)
                {
                    throw DynamoDbErrors.Validation("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
                }
                (request.Item ?? request.Key)!.Require();
                if (request.Item is { } item && ItemSize.OfEntries(item.Map.Entries.Span) > DynamoDbLimits.ItemSizeBytes) throw DynamoDbErrors.ItemTooLarge();
                count++;
            }
        }
        if (count > DynamoDbLimits.BatchWriteItems) throw DynamoDbErrors.Validation("Too many items requested for the BatchWriteItem call");
    }

    private static List<BatchWrite> Prepare(DynamoDbService service, Call call, BatchWriteItemInput input)
    {
        var writes = new List<BatchWrite>();
        foreach (var (name, requests) in input.RequestItems!)
        {
            var table = service.Tables.Require(TableName.Parse(call, name));
            var seen = new HashSet<byte[]>(BytesComparer.Instance);
            foreach (var request in requests!)
            {
                if (request!.Item is { } put) KeyRules.CheckBatchItem(table, put.Map);
                else KeyRules.CheckKey(table, request.Key!.Map);
                var key = ItemKey.Of(table, (request.Item ?? request.Key)!.Map);
                if (!seen.Add(key)) throw DynamoDbErrors.DuplicateKeys();
                writes.Add(new(writes.Count, name, table, key, request));
            }
        }
        return writes;
    }

    /// <summary>What the write costs; null where nothing is left to pay for it.</summary>
    private static (Table Table, ConsumedUnits Units)? Execute(DynamoDbService service, Call call, IWriteTransaction transaction, BatchWrite write, ref Throttling? throttled)
    {
        var table = TableStore.Require(transaction, write.Table);
        var before = TableItems.Get(transaction, write.Key);
        var after = write.Request.Item is { } item ? Item.Of(item.Map.Entries.Span) : default;
        if (service.Throughput.TrySpendWrite(table, before, after, write.Key) is { } throttling)
        {
            throttled ??= throttling;
            return null;
        }
        TableItems.Replace(transaction, table, write.Key, before, after, new(call.Now));
        return (table, ConsumedUnits.OfWrite(table, before, after));
    }

    /// <param name="consumed">What each write cost; null where it was not done.</param>
    private static byte[] Answer(DynamoDbService service, BatchWriteItemInput input, List<BatchWrite> writes, List<(Table Table, ConsumedUnits Units)?> consumed)
    {
        using var json = new JsonOutput();
        json.BeginObject();
        json.Member("UnprocessedItems"u8);
        json.BeginObject();
        foreach (var table in writes.Where(write => consumed[write.Index] is null).GroupBy(write => write.TableName))
        {
            json.MemberText(table.Key);
            json.BeginArray();
            foreach (var write in table) write.Request.Write(json);
            json.EndArray();
        }
        json.EndObject();
        ItemCollection.WriteMember(json, writes.Select(write => (write.TableName, ItemCollection.Of(service, input.ReturnItemCollectionMetrics, write.Table, (write.Request.Item ?? write.Request.Key)!.Map))));
        if (Capacity.IsAsked(input.ReturnConsumedCapacity))
        {
            json.Member("ConsumedCapacity"u8);
            json.BeginArray();
            foreach (var table in writes.GroupBy(write => write.TableName))
            {
                var done = table.Select(write => consumed[write.Index]).OfType<(Table Table, ConsumedUnits Units)>().ToList();
                Capacity.Write(json, input.ReturnConsumedCapacity!, table.Key, done.Count > 0 ? done[0].Table : table.First().Table, done.Aggregate(default(ConsumedUnits), (sum, one) => sum + one.Units));
            }
            json.EndArray();
        }
        json.EndObject();
        return json.ToArray();
    }

    /// <summary>One put or delete.</summary>
    private sealed record BatchWrite(int Index, string TableName, Table Table, byte[] Key, WriteRequestInput Request);
}

internal sealed class BatchWriteItemInput
{
    public Dictionary<string, List<WriteRequestInput?>?>? RequestItems { get; private set; }
    public string? ReturnConsumedCapacity { get; private set; }
    public string? ReturnItemCollectionMetrics { get; private set; }

    public static BatchWriteItemInput Decode(ref InputReader json)
    {
        var input = new BatchWriteItemInput();
        while (json.NextMember())
        {
            if (json.Is("RequestItems"u8)) input.RequestItems = DecodeRequests(ref json);
            else if (json.Is("ReturnConsumedCapacity"u8)) input.ReturnConsumedCapacity = json.String();
            else if (json.Is("ReturnItemCollectionMetrics"u8)) input.ReturnItemCollectionMetrics = json.String();
            else json.Skip();
        }
        return input;
    }

    private static Dictionary<string, List<WriteRequestInput?>?>? DecodeRequests(ref InputReader json)
    {
        if (!json.BeginMap("java.util.List<com.amazonaws.dynamodb.v20120810.WriteRequest>")) return null;
        var map = new Dictionary<string, List<WriteRequestInput?>?>(StringComparer.Ordinal);
        while (json.NextMember())
        {
            var table = json.Name();
            List<WriteRequestInput?>? requests = null;
            if (json.BeginList(isElement: true))
            {
                requests = [];
                while (json.NextElement()) requests.Add(json.BeginStruct("WriteRequest", isElement: true) ? WriteRequestInput.Decode(ref json) : null);
            }
            map[table] = requests ?? [];
        }
        return map;
    }
}

/// <summary>One PutRequest or DeleteRequest.</summary>
internal sealed class WriteRequestInput
{
    public bool HasPut { get; private set; }
    public bool HasDelete { get; private set; }
    public AttributeInput? Item { get; private set; }
    public AttributeInput? Key { get; private set; }

    public static WriteRequestInput Decode(ref InputReader json)
    {
        var input = new WriteRequestInput();
        while (json.NextMember())
        {
            if (json.Is("PutRequest"u8))
            {
                input.HasPut = json.BeginStruct("PutRequest");
                if (input.HasPut) input.Item = DecodeMember(ref json, "Item"u8);
            }
            else if (json.Is("DeleteRequest"u8))
            {
                input.HasDelete = json.BeginStruct("DeleteRequest");
                if (input.HasDelete) input.Key = DecodeMember(ref json, "Key"u8);
            }
            else
            {
                json.Skip();
            }
        }
        return input;
    }

    /// <summary>Writes the request as it is asked for again.</summary>
    public void Write(JsonOutput json)
    {
        json.BeginObject();
        json.Member(HasPut ? "PutRequest"u8 : "DeleteRequest"u8);
        json.BeginObject();
        json.Member(HasPut ? "Item"u8 : "Key"u8);
        json.Map((Item ?? Key)!.Map);
        json.EndObject();
        json.EndObject();
    }

    private static AttributeInput? DecodeMember(ref InputReader json, ReadOnlySpan<byte> name)
    {
        AttributeInput? attributes = null;
        while (json.NextMember())
        {
            if (json.Is(name)) attributes = AttributeInput.Decode(ref json);
            else json.Skip();
        }
        return attributes;
    }
}
