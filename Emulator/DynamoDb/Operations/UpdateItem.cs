using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Changes attributes of an item, or creates it.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html</remarks>
internal static class UpdateItem
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, UpdateItemInput input)
    {
        CheckConstraints(input);
        var update = CheckRules(input);

        var table = service.Tables.Require(TableName.Parse(call, input.TableName!));
        var key = update.KeyIn(table);
        var collection = ItemCollection.Of(service, input.ReturnItemCollectionMetrics, table, input.Key!.Map);
        return await service.ChangeAsync(table, key, (present, before) =>
        {
            var after = update.Apply(present, before);
            return (after, WriteAnswer.Of(input, present, before, after, Returned(input.ReturnValues, update, before, after), collection));
        });
    }

    private static void CheckConstraints(UpdateItemInput input)
    {
        var constraints = new Constraints();
        input.AddTo(ref constraints);
        constraints.NotNull(input.Key, "key");
        foreach (var (attribute, update) in input.AttributeUpdates ?? [])
        {
            constraints.OneOf(update.Action, $"attributeUpdates.{attribute}.member.action", Enums.AttributeAction);
        }
        constraints.Require();
    }

    private static ItemUpdate CheckRules(UpdateItemInput input)
    {
        ExpressionParameters.Check(
            [("UpdateExpression", input.UpdateExpression is not null), ("ConditionExpression", input.ConditionExpression is not null)],
            [("AttributeUpdates", input.AttributeUpdates is not null), ("Expected", input.Expected is not null), ("ConditionalOperator", input.ConditionalOperator is not null)],
            input.ExpressionAttributeNames is not null, input.ExpressionAttributeValues is not null, "UpdateExpression", "ConditionExpression");
        input.Key!.Require();
        LegacyUpdates.Check(input.AttributeUpdates);
        LegacyConditions.Check(input.Expected);
        ExpressionParameters.CheckConditionalOperator(input.ConditionalOperator, input.Expected?.Count ?? 0);
        var scope = ExpressionParameters.Scope(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
        var update = input.UpdateExpression is not null ? UpdateParser.Parse(input.UpdateExpression, scope) : LegacyUpdates.From(input.AttributeUpdates);
        var condition = input.Condition(scope);
        scope.RequireAllUsed();
        return new(input.Key.Map, update) { Condition = condition, ReturnValuesOnConditionCheckFailure = input.ReturnValuesOnConditionCheckFailure };
    }

    /// <summary>Of a part that was updated, what is at its paths before or after.</summary>
    private static AttributeMap Returned(string? returnValues, ItemUpdate update, Item before, Item after)
    {
        var item = returnValues is "ALL_OLD" or "UPDATED_OLD" ? before : returnValues is "ALL_NEW" or "UPDATED_NEW" ? after : default;
        if (item.IsAbsent) return default;
        return returnValues is "ALL_OLD" or "ALL_NEW" ? item.Attributes : update.Touched(item);
    }
}

internal sealed class UpdateItemInput : ConditionalWriteInput
{
    public AttributeInput? Key { get; private set; }
    public Dictionary<string, AttributeUpdateInput>? AttributeUpdates { get; private set; }
    public string? UpdateExpression { get; private set; }

    public static UpdateItemInput Decode(ref InputReader json)
    {
        var input = new UpdateItemInput();
        while (json.NextMember())
        {
            if (json.Is("Key"u8)) input.Key = AttributeInput.Decode(ref json);
            else if (json.Is("UpdateExpression"u8)) input.UpdateExpression = json.String();
            else if (json.Is("AttributeUpdates"u8)) input.AttributeUpdates = AttributeUpdateInput.DecodeMap(ref json);
            else if (!input.TryDecode(ref json)) json.Skip();
        }
        return input;
    }
}
