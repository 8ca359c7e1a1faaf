using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;

namespace Emulator.DynamoDb.Operations;

/// <summary>The parameters that Query and Scan have in common.</summary>
internal class ReadInput
{
    public string? TableName { get; private set; }
    public string? IndexName { get; private set; }
    public List<string?>? AttributesToGet { get; private set; }
    public int? Limit { get; private set; }
    public string? Select { get; private set; }
    public string? ConditionalOperator { get; private set; }
    public AttributeInput? ExclusiveStartKey { get; private set; }
    public string? ReturnConsumedCapacity { get; private set; }
    public string? ProjectionExpression { get; private set; }
    public string? FilterExpression { get; private set; }
    public Dictionary<string, string?>? ExpressionAttributeNames { get; private set; }
    public Dictionary<string, ValueInput>? ExpressionAttributeValues { get; private set; }
    public bool? ConsistentRead { get; private set; }

    /// <summary>Decodes the present member; false where it is none of these.</summary>
    protected bool TryDecode(ref InputReader json)
    {
        if (json.Is("TableName"u8)) TableName = json.String();
        else if (json.Is("ExpressionAttributeValues"u8)) ExpressionAttributeValues = ValueInput.DecodeMap(ref json);
        else if (json.Is("ExpressionAttributeNames"u8)) ExpressionAttributeNames = json.StringMap();
        else if (json.Is("FilterExpression"u8)) FilterExpression = json.String();
        else if (json.Is("ProjectionExpression"u8)) ProjectionExpression = json.String();
        else if (json.Is("Limit"u8)) Limit = json.Integer();
        else if (json.Is("ExclusiveStartKey"u8)) ExclusiveStartKey = AttributeInput.Decode(ref json);
        else if (json.Is("ConsistentRead"u8)) ConsistentRead = json.Boolean();
        else if (json.Is("IndexName"u8)) IndexName = json.String();
        else if (json.Is("Select"u8)) Select = json.String();
        else if (json.Is("ReturnConsumedCapacity"u8)) ReturnConsumedCapacity = json.String();
        else if (json.Is("AttributesToGet"u8)) AttributesToGet = json.Strings();
        else if (json.Is("ConditionalOperator"u8)) ConditionalOperator = json.String();
        else return false;
        return true;
    }

    /// <summary>The constraints of these parameters' shapes.</summary>
    public void AddTo(ref Constraints constraints)
    {
        constraints.OneOf(Select, "select", Enums.Select);
        if (IndexName is not null) constraints.Name(IndexName, "indexName");
        constraints.OneOf(ReturnConsumedCapacity, "returnConsumedCapacity", Enums.ReturnConsumedCapacity);
        constraints.Table(TableName);
        constraints.OneOf(ConditionalOperator, "conditionalOperator", Enums.ConditionalOperator);
        constraints.AttributesToGet(AttributesToGet, "attributesToGet");
    }

    /// <summary>What is selected must fit what is projected.</summary>
    public void CheckSelect()
    {
        var projected = AttributesToGet is not null ? "AttributesToGet" : ProjectionExpression is not null ? "ProjectionExpression" : null;
        if (Select == "SPECIFIC_ATTRIBUTES" && projected is null)
        {
            throw DynamoDbErrors.Validation("Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
        }
        if (projected is not null && Select is not (null or "SPECIFIC_ATTRIBUTES"))
        {
            throw DynamoDbErrors.Validation($"Cannot specify the {projected} when choosing to get {(Select == "COUNT" ? "only the Count" : Select)}");
        }
        if (Select == "ALL_PROJECTED_ATTRIBUTES" && IndexName is null)
        {
            throw DynamoDbErrors.Invalid("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }
    }

    /// <summary>The first value of the start key that is wrong; AWS says of some faults where they are and of others not.</summary>
    /// <remarks>Observed: expectations of test/query.js and test/scan.js of architect/dynalite.</remarks>
    public void CheckStartKey()
    {
        if (ExclusiveStartKey?.Problem is not { } problem) return;
        var bare = problem.Contains("contains duplicates", StringComparison.Ordinal) || problem.Contains("number set", StringComparison.Ordinal) || problem.Contains("numeric value", StringComparison.Ordinal)
            || problem.Contains("significant digits", StringComparison.Ordinal) || problem.Contains("number with magnitude", StringComparison.Ordinal);
        throw DynamoDbErrors.Validation(bare ? problem : $"The provided starting key is invalid: {problem}");
    }

    /// <summary>The filter of FilterExpression; null where all that is read is returned.</summary>
    public Condition? Filter(ExpressionScope scope) =>
        FilterExpression is null ? null : ConditionParser.Parse("FilterExpression", FilterExpression, scope);
}
