using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Returns the attributes of one item.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html</remarks>
internal static class GetItem
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, GetItemInput input)
    {
        CheckConstraints(input);
        var projection = CheckRules(input);

        var table = service.Tables.Require(TableName.Parse(call, input.TableName!));
        KeyRules.CheckKey(table, input.Key!.Map);
        if (projection is not null) KeyRules.CheckPaths(table, projection.Paths);

        var key = ItemKey.Of(table, input.Key.Map);
        service.Throughput.AdmitRead(table, null, key);
        using var snapshot = service.Store.Snapshot();
        var item = TableItems.Get(snapshot, key);
        service.Throughput.SpendRead(table, new(Capacity.Read(item.Size, input.ConsistentRead == true)), key);
        return new(Answer(input, table, item, projection));
    }

    private static void CheckConstraints(GetItemInput input)
    {
        var constraints = new Constraints();
        constraints.OneOf(input.ReturnConsumedCapacity, "returnConsumedCapacity", Enums.ReturnConsumedCapacity);
        constraints.AttributesToGet(input.AttributesToGet, "attributesToGet");
        constraints.Table(input.TableName);
        constraints.NotNull(input.Key, "key");
        constraints.Require();
    }

    private static Projection? CheckRules(GetItemInput input)
    {
        ExpressionParameters.Check(
            [("ProjectionExpression", input.ProjectionExpression is not null)], [("AttributesToGet", input.AttributesToGet is not null)],
            input.ExpressionAttributeNames is not null, hasValues: false);
        input.Key!.Require();
        ExpressionParameters.CheckAttributesToGet(input.AttributesToGet);
        if (input.ProjectionExpression is null && input.AttributesToGet is null) return null;
        var scope = ExpressionParameters.Scope(input.ExpressionAttributeNames);
        var projection = ExpressionParameters.Projection(input.ProjectionExpression, input.AttributesToGet, scope);
        scope.RequireAllUsed();
        return projection;
    }

    private static byte[] Answer(GetItemInput input, Table table, Item item, Projection? projection)
    {
        using var json = new JsonOutput(256 + (item.Record.Length * 2));
        json.BeginObject();
        if (!item.IsAbsent)
        {
            json.Member("Item"u8);
            json.Map(projection?.Apply(item.Attributes) ?? item.Attributes);
        }
        Capacity.WriteMember(json, input.ReturnConsumedCapacity, input.TableName!, table, new(Capacity.Read(item.Size, input.ConsistentRead == true)));
        json.EndObject();
        return json.ToArray();
    }
}

internal sealed class GetItemInput
{
    public string? TableName { get; private set; }
    public AttributeInput? Key { get; private set; }
    public List<string?>? AttributesToGet { get; private set; }
    public bool? ConsistentRead { get; private set; }
    public string? ReturnConsumedCapacity { get; private set; }
    public string? ProjectionExpression { get; private set; }
    public Dictionary<string, string?>? ExpressionAttributeNames { get; private set; }

    public static GetItemInput Decode(ref InputReader json)
    {
        var input = new GetItemInput();
        while (json.NextMember())
        {
            if (json.Is("TableName"u8)) input.TableName = json.String();
            else if (json.Is("Key"u8)) input.Key = AttributeInput.Decode(ref json);
            else if (json.Is("ConsistentRead"u8)) input.ConsistentRead = json.Boolean();
            else if (json.Is("ReturnConsumedCapacity"u8)) input.ReturnConsumedCapacity = json.String();
            else if (json.Is("ProjectionExpression"u8)) input.ProjectionExpression = json.String();
            else if (json.Is("ExpressionAttributeNames"u8)) input.ExpressionAttributeNames = json.StringMap();
            else if (json.Is("AttributesToGet"u8)) input.AttributesToGet = json.Strings();
            else json.Skip();
        }
        return input;
    }
}
