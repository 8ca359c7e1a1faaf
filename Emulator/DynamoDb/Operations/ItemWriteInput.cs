using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;

namespace Emulator.DynamoDb.Operations;

/// <summary>The parameters by which a write of one item is made conditional, alone or within a transaction.</summary>
internal class ItemWriteInput
{
    public string? TableName { get; private set; }
    public string? ConditionExpression { get; private set; }
    public Dictionary<string, string?>? ExpressionAttributeNames { get; private set; }
    public Dictionary<string, ValueInput>? ExpressionAttributeValues { get; private set; }
    public string? ReturnValuesOnConditionCheckFailure { get; private set; }

    /// <summary>Decodes the present member; false where it is none of these.</summary>
    protected virtual bool TryDecode(ref InputReader json)
    {
        if (json.Is("TableName"u8)) TableName = json.String();
        else if (json.Is("ConditionExpression"u8)) ConditionExpression = json.String();
        else if (json.Is("ExpressionAttributeNames"u8)) ExpressionAttributeNames = json.StringMap();
        else if (json.Is("ExpressionAttributeValues"u8)) ExpressionAttributeValues = ValueInput.DecodeMap(ref json);
        else if (json.Is("ReturnValuesOnConditionCheckFailure"u8)) ReturnValuesOnConditionCheckFailure = json.String();
        else return false;
        return true;
    }

    /// <summary>The condition of the write; null where it is unconditional.</summary>
    public virtual Condition? Condition(ExpressionScope scope) =>
        ConditionExpression is null ? null : ConditionParser.Parse("ConditionExpression", ConditionExpression, scope);
}

/// <summary>The parameters that PutItem, UpdateItem and DeleteItem have in common.</summary>
internal class ConditionalWriteInput : ItemWriteInput
{
    public Dictionary<string, ExpectedInput>? Expected { get; private set; }
    public string? ConditionalOperator { get; private set; }
    public string? ReturnValues { get; private set; }
    public string? ReturnConsumedCapacity { get; private set; }
    public string? ReturnItemCollectionMetrics { get; private set; }

    /// <inheritdoc/>
    protected override bool TryDecode(ref InputReader json)
    {
        if (json.Is("ReturnValues"u8)) ReturnValues = json.String();
        else if (json.Is("ReturnConsumedCapacity"u8)) ReturnConsumedCapacity = json.String();
        else if (json.Is("ReturnItemCollectionMetrics"u8)) ReturnItemCollectionMetrics = json.String();
        else if (json.Is("Expected"u8)) Expected = ExpectedInput.DecodeMap(ref json);
        else if (json.Is("ConditionalOperator"u8)) ConditionalOperator = json.String();
        else return base.TryDecode(ref json);
        return true;
    }

    /// <summary>The constraints of these parameters' shapes.</summary>
    public void AddTo(ref Constraints constraints)
    {
        constraints.OneOf(ReturnConsumedCapacity, "returnConsumedCapacity", Enums.ReturnConsumedCapacity);
        constraints.Table(TableName);
        constraints.OneOf(ConditionalOperator, "conditionalOperator", Enums.ConditionalOperator);
        constraints.Expected(Expected);
        constraints.OneOf(ReturnValues, "returnValues", Enums.ReturnValues);
        constraints.OneOf(ReturnItemCollectionMetrics, "returnItemCollectionMetrics", Enums.ReturnItemCollectionMetrics);
        constraints.OneOf(ReturnValuesOnConditionCheckFailure, "returnValuesOnConditionCheckFailure", Enums.ReturnValuesOnConditionCheckFailure);
    }

    /// <inheritdoc/>
    public override Condition? Condition(ExpressionScope scope) => base.Condition(scope) ?? LegacyConditions.From(Expected, ConditionalOperator);
}
