using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Throughput;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Returns up to 100 items of several tables.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html</remarks>
internal static class BatchGetItem
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, BatchGetItemInput input)
    {
        CheckConstraints(input);
        var projections = CheckRules(input);
        var reads = input.RequestItems!.Select(request => Prepare(service, call, request.Key, request.Value!, projections[request.Key])).ToList();

        using var snapshot = service.Store.Snapshot();
        using var json = new JsonOutput(16 * 1024);
        var budget = (long)DynamoDbLimits.BatchGetBytes;
        json.BeginObject();
        json.Member("Responses"u8);
        json.BeginObject();
        foreach (var read in reads) read.WriteItems(service.Throughput, json, snapshot, ref budget);
        if (reads.TrueForAll(read => read.IsThrottled)) throw reads[0].Throttled!.Exception();
        json.EndObject();
        json.Member("UnprocessedKeys"u8);
        json.BeginObject();
        foreach (var read in reads) read.WriteUnprocessed(json);
        json.EndObject();
        WriteCapacity(json, input.ReturnConsumedCapacity, reads);
        json.EndObject();
        return new(json.ToArray());
    }

    private static void CheckConstraints(BatchGetItemInput input)
    {
        if (input.RequestItems is { Count: 0 }) throw DynamoDbErrors.Validation("The requestItems parameter is required for BatchGetItem");
        var constraints = new Constraints();
        constraints.OneOf(input.ReturnConsumedCapacity, "returnConsumedCapacity", Enums.ReturnConsumedCapacity);
        constraints.NotNull(input.RequestItems, "requestItems");
        constraints.TableKeys(input.RequestItems?.Keys, "KeysAndAttributes");
        foreach (var (table, request) in input.RequestItems ?? [])
        {
            constraints.NotNull(request?.Keys, $"requestItems.{table}.member.keys");
            // Observed: in these words (tests/tier3/error-messages/batchGetItem.test.ts of nubo-db/dynamodb-conformance).
            if (request?.Keys?.Count > DynamoDbLimits.BatchGetItems) throw DynamoDbErrors.Validation($"1 validation error detected: Value at 'RequestItems.{table}.member.Keys' failed to satisfy constraint: Member must have length less than or equal to {DynamoDbLimits.BatchGetItems}");
            constraints.Count(request?.Keys?.Count, () => "[]", $"requestItems.{table}.member.keys", 1, DynamoDbLimits.BatchGetItems);
            constraints.AttributesToGet(request?.AttributesToGet, $"requestItems.{table}.member.attributesToGet");
        }
        constraints.Require();
    }

    private static Dictionary<string, Projection?> CheckRules(BatchGetItemInput input)
    {
        var projections = new Dictionary<string, Projection?>(StringComparer.Ordinal);
        var keys = 0;
        foreach (var (table, request) in input.RequestItems!)
        {
            ExpressionParameters.Check(
                [("ProjectionExpression", request!.ProjectionExpression is not null)], [("AttributesToGet", request.AttributesToGet is not null)],
                request.ExpressionAttributeNames is not null, hasValues: false);
            ExpressionParameters.CheckAttributesToGet(request.AttributesToGet);
            var scope = ExpressionParameters.Scope(request.ExpressionAttributeNames);
            projections[table] = ExpressionParameters.Projection(request.ProjectionExpression, request.AttributesToGet, scope);
            scope.RequireAllUsed();
            var seen = new HashSet<string>();
            foreach (var key in request.Keys!)
            {
                key.Require();
                if (!seen.Add(Convert.ToBase64String(key.Map.Entries.Span))) throw DynamoDbErrors.DuplicateKeys();
            }
            keys += request.Keys.Count;
        }
        if (keys > DynamoDbLimits.BatchGetItems) throw DynamoDbErrors.Validation("Too many items requested for the BatchGetItem call");
        return projections;
    }

    private static TableRead Prepare(DynamoDbService service, Call call, string name, KeysAndAttributesInput request, Projection? projection)
    {
        var table = service.Tables.Require(TableName.Parse(call, name));
        var keys = new List<byte[]>();
        foreach (var key in request.Keys!)
        {
            KeyRules.CheckKey(table, key.Map);
            keys.Add(ItemKey.Of(table, key.Map));
        }
        if (projection is not null) KeyRules.CheckPaths(table, projection.Paths);
        return new(name, table, request, keys, projection);
    }

    private static void WriteCapacity(JsonOutput json, string? asked, List<TableRead> reads)
    {
        if (!Capacity.IsAsked(asked)) return;
        json.Member("ConsumedCapacity"u8);
        json.BeginArray();
        foreach (var read in reads) Capacity.Write(json, asked!, read.Name, read.Table, new(read.Units));
        json.EndArray();
    }

    /// <summary>What is read of one table.</summary>
    private sealed class TableRead(string name, Table table, KeysAndAttributesInput request, List<byte[]> keys, Projection? projection)
    {
        private readonly long[] _partitionBytes = new long[Partitions.Most];
        private readonly List<AttributeMap> _unprocessed = [];

        public string Name { get; } = name;

        public Table Table => table;

        public double Units { get; private set; }

        /// <summary>Why a key was left that nothing was left to pay for.</summary>
        public Throttling? Throttled { get; private set; }

        /// <summary>Whether no key was read because of that.</summary>
        public bool IsThrottled => Throttled is not null && _unprocessed.Count == keys.Count;

        /// <summary>Writes what is found, up to 16 MB in all and 1 MB (and one item more) of a partition; what is left costs as little as a key that is not there.</summary>
        /// <remarks>Observed: expectations of test/batchGetItem.js of architect/dynalite, taken from AWS.</remarks>
        public void WriteItems(TableThroughput throughput, JsonOutput json, Storage.IReader reader, ref long budget)
        {
            var consistent = request.ConsistentRead == true;
            json.MemberText(Name);
            json.BeginArray();
            for (var i = 0; i < keys.Count; i++)
            {
                if (throughput.CheckRead(table, null, keys[i]) is { } throttling)
                {
                    Throttled ??= throttling;
                    _unprocessed.Add(request.Keys![i].Map);
                    continue;
                }
                var item = TableItems.Get(reader, keys[i]);
                ref var partition = ref _partitionBytes[Partitions.Of(table, keys[i])];
                var fits = budget > 0 && partition + item.Size <= DynamoDbLimits.PageBytes + DynamoDbLimits.ItemSizeBytes - 3;
                var units = Capacity.Read(fits ? item.Size : 0, consistent);
                throughput.SpendRead(table, new(units), keys[i]);
                Units += units;
                if (!fits)
                {
                    _unprocessed.Add(request.Keys![i].Map);
                    continue;
                }
                budget -= item.Size;
                partition += item.Size;
                if (!item.IsAbsent) json.Map(projection?.Apply(item.Attributes) ?? item.Attributes);
            }
            json.EndArray();
        }

        /// <summary>The keys that were not read, as a request for them.</summary>
        public void WriteUnprocessed(JsonOutput json)
        {
            if (_unprocessed.Count == 0) return;
            json.MemberText(Name);
            json.BeginObject();
            json.Member("Keys"u8);
            json.BeginArray();
            foreach (var key in _unprocessed) json.Map(key);
            json.EndArray();
            request.WriteRest(json);
            json.EndObject();
        }
    }
}

internal sealed class BatchGetItemInput
{
    public Dictionary<string, KeysAndAttributesInput?>? RequestItems { get; private set; }
    public string? ReturnConsumedCapacity { get; private set; }

    public static BatchGetItemInput Decode(ref InputReader json)
    {
        var input = new BatchGetItemInput();
        while (json.NextMember())
        {
            if (json.Is("RequestItems"u8)) input.RequestItems = DecodeRequests(ref json);
            else if (json.Is("ReturnConsumedCapacity"u8)) input.ReturnConsumedCapacity = json.String();
            else json.Skip();
        }
        return input;
    }

    private static Dictionary<string, KeysAndAttributesInput?>? DecodeRequests(ref InputReader json)
    {
        if (!json.BeginMap("KeysAndAttributes")) return null;
        var map = new Dictionary<string, KeysAndAttributesInput?>(StringComparer.Ordinal);
        while (json.NextMember())
        {
            var table = json.Name();
            map[table] = json.BeginStruct("KeysAndAttributes", isElement: true) ? KeysAndAttributesInput.Decode(ref json) : null;
        }
        return map;
    }
}

/// <summary>The keys of one table and what is asked of their items.</summary>
internal sealed class KeysAndAttributesInput
{
    public List<AttributeInput>? Keys { get; private set; }
    public List<string?>? AttributesToGet { get; private set; }
    public bool? ConsistentRead { get; private set; }
    public string? ProjectionExpression { get; private set; }
    public Dictionary<string, string?>? ExpressionAttributeNames { get; private set; }

    public static KeysAndAttributesInput Decode(ref InputReader json)
    {
        var input = new KeysAndAttributesInput();
        while (json.NextMember())
        {
            if (json.Is("Keys"u8)) input.Keys = DecodeKeys(ref json);
            else if (json.Is("AttributesToGet"u8)) input.AttributesToGet = json.Strings();
            else if (json.Is("ConsistentRead"u8)) input.ConsistentRead = json.Boolean();
            else if (json.Is("ProjectionExpression"u8)) input.ProjectionExpression = json.String();
            else if (json.Is("ExpressionAttributeNames"u8)) input.ExpressionAttributeNames = json.StringMap();
            else json.Skip();
        }
        return input;
    }

    /// <summary>Writes what belongs to the request beside its keys.</summary>
    public void WriteRest(JsonOutput json)
    {
        if (AttributesToGet is not null)
        {
            json.Member("AttributesToGet"u8);
            json.BeginArray();
            foreach (var name in AttributesToGet) json.Text(name ?? "");
            json.EndArray();
        }
        if (ConsistentRead is { } consistent)
        {
            json.Member("ConsistentRead"u8);
            json.Bool(consistent);
        }
        if (ProjectionExpression is not null)
        {
            json.Member("ProjectionExpression"u8);
            json.Text(ProjectionExpression);
        }
        if (ExpressionAttributeNames is null) return;
        json.Member("ExpressionAttributeNames"u8);
        json.BeginObject();
        foreach (var (placeholder, name) in ExpressionAttributeNames)
        {
            json.MemberText(placeholder);
            json.Text(name ?? "");
        }
        json.EndObject();
    }

    private static List<AttributeInput>? DecodeKeys(ref InputReader json)
    {
        if (!json.BeginList()) return null;
        var keys = new List<AttributeInput>();
        while (json.NextElement()) keys.Add(AttributeInput.Decode(ref json, isElement: true) ?? new(default(AttributeMap), null));
        return keys;
    }
}
