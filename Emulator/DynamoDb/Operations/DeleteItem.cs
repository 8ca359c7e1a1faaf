using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Deletes one item; one that is not there is deleted too.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html</remarks>
internal static class DeleteItem
{
    public static async ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, DeleteItemInput input)
    {
        CheckConstraints(input);
        var delete = CheckRules(input);

        var table = service.Tables.Require(TableName.Parse(call, input.TableName!));
        var key = delete.KeyIn(table);
        var collection = ItemCollection.Of(service, input.ReturnItemCollectionMetrics, table, input.Key!.Map);
        return await service.ChangeAsync(table, key, (present, before) =>
            (delete.Apply(present, before), WriteAnswer.Of(input, present, before, default, input.ReturnValues == "ALL_OLD" && !before.IsAbsent ? before.Attributes : default, collection)));
    }

    private static void CheckConstraints(DeleteItemInput input)
    {
        var constraints = new Constraints();
        input.AddTo(ref constraints);
        constraints.NotNull(input.Key, "key");
        constraints.Require();
    }

    private static ItemDelete CheckRules(DeleteItemInput input)
    {
        ExpressionParameters.Check(
            [("ConditionExpression", input.ConditionExpression is not null)], [("Expected", input.Expected is not null), ("ConditionalOperator", input.ConditionalOperator is not null)],
            input.ExpressionAttributeNames is not null, input.ExpressionAttributeValues is not null, "ConditionExpression");
        input.Key!.Require();
        if (input.ReturnValues is not (null or "ALL_OLD" or "NONE")) throw DynamoDbErrors.Validation("ReturnValues can only be ALL_OLD or NONE");
        LegacyConditions.Check(input.Expected);
        ExpressionParameters.CheckConditionalOperator(input.ConditionalOperator, input.Expected?.Count ?? 0);
        var scope = ExpressionParameters.Scope(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
        var condition = input.Condition(scope);
        scope.RequireAllUsed();
        return new(input.Key.Map) { Condition = condition, ReturnValuesOnConditionCheckFailure = input.ReturnValuesOnConditionCheckFailure };
    }
}

internal sealed class DeleteItemInput : ConditionalWriteInput
{
    public AttributeInput? Key { get; private set; }

    public static DeleteItemInput Decode(ref InputReader json)
    {
        var input = new DeleteItemInput();
        while (json.NextMember())
        {
            if (json.Is("Key"u8)) input.Key = AttributeInput.Decode(ref json);
            else if (!input.TryDecode(ref json)) json.Skip();
        }
        return input;
    }
}
