using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Creates an item, or replaces the one with the same key.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html</remarks>
internal static class PutItem
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, PutItemInput input)
    {
        CheckConstraints(input);
        var put = CheckRules(input);

        var table = service.Tables.Require(TableName.Parse(call, input.TableName!));
        var key = put.KeyIn(table);
        var collection = ItemCollection.Of(service, input.ReturnItemCollectionMetrics, table, input.Item!.Map);
        return await service.ChangeAsync(table, key, (present, before) =>
        {
            var after = put.Apply(present, before);
            return (after, WriteAnswer.Of(input, present, before, after, input.ReturnValues == "ALL_OLD" && !before.IsAbsent ? before.Attributes : default, collection));
        });
    }

    private static void CheckConstraints(PutItemInput input)
    {
        var constraints = new Constraints();
        input.AddTo(ref constraints);
        constraints.NotNull(input.Item, "item");
        constraints.Require();
    }

    private static ItemPut CheckRules(PutItemInput input)
    {
        ExpressionParameters.Check(
            [("ConditionExpression", input.ConditionExpression is not null)], [("Expected", input.Expected is not null), ("ConditionalOperator", input.ConditionalOperator is not null)],
            input.ExpressionAttributeNames is not null, input.ExpressionAttributeValues is not null, "ConditionExpression");
        input.Item!.Require();
        if (input.ReturnValues is not (null or "ALL_OLD" or "NONE")) throw DynamoDbErrors.Validation("ReturnValues can only be ALL_OLD or NONE");
        var item = Item.Of(input.Item.Map.Entries.Span);
        if (item.Size > DynamoDbLimits.ItemSizeBytes) throw DynamoDbErrors.ItemTooLarge();
        LegacyConditions.Check(input.Expected);
        ExpressionParameters.CheckConditionalOperator(input.ConditionalOperator, input.Expected?.Count ?? 0);
        var scope = ExpressionParameters.Scope(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
        var condition = input.Condition(scope);
        scope.RequireAllUsed();
        return new(item) { Condition = condition, ReturnValuesOnConditionCheckFailure = input.ReturnValuesOnConditionCheckFailure };
    }
}

internal sealed class PutItemInput : ConditionalWriteInput
{
    public AttributeInput? Item { get; private set; }

    public static PutItemInput Decode(ref InputReader json)
    {
        var input = new PutItemInput();
        while (json.NextMember())
        {
            if (json.Is("Item"u8)) input.Item = AttributeInput.Decode(ref json);
            else if (!input.TryDecode(ref json)) json.Skip();
        }
        return input;
    }
}
