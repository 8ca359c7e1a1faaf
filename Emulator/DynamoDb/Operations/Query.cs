using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Operations;

/// <summary>Returns the items of one partition of a table or index in the order of their sort keys.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html</remarks>
internal static class Query
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, QueryInput input)
    {
        var plan = input.Plan;
        var table = service.Tables.Require(TableName.Parse(call, input.TableName!));
        var source = IndexReadRules.Source(table, input, call.Now);
        var range = QueryRange.Of(source, plan.KeyConditions, input.ExclusiveStartKey?.Map, input.ScanIndexForward == false);
        CheckPaths(source, input, plan);

        using var snapshot = service.Store.Snapshot();
        return new(new PageWriter(service.Throughput, source, input, plan.Filter, plan.Projection).Write(snapshot, range, descending: input.ScanIndexForward == false));
    }

    private static void CheckPaths(ReadSource source, QueryInput input, QueryPlan plan)
    {
        KeyRules.CheckPaths(source.Table, plan.Projection?.Paths ?? []);
        var filtered = plan.Filter is null ? [] : Condition.PathsOf(plan.Filter).ToList();
        foreach (var path in filtered)
        {
            if (!source.Keys.Contains(path.Root)) continue;
            throw DynamoDbErrors.Validation($"{(input.FilterExpression is null ? "QueryFilter" : "Filter Expression")} can only contain non-primary key attributes: Primary key attribute: {path.Root}");
        }
        IndexReadRules.CheckSelect(source, input, plan.Projection);
        KeyRules.CheckPaths(source.Table, filtered);
        IndexReadRules.CheckFilter(source, filtered);
    }
}

/// <summary>What a query asks, as far as it can be known and checked without its table.</summary>
internal sealed record QueryPlan(List<KeyCondition> KeyConditions, Condition? Filter, Projection? Projection)
{
    public static QueryPlan Of(QueryInput input)
    {
        CheckConstraints(input);
        ExpressionParameters.Check(
            [("ProjectionExpression", input.ProjectionExpression is not null), ("FilterExpression", input.FilterExpression is not null), ("KeyConditionExpression", input.KeyConditionExpression is not null)],
            [
                ("AttributesToGet", input.AttributesToGet is not null), ("QueryFilter", input.QueryFilter is not null), ("ConditionalOperator", input.ConditionalOperator is not null),
                ("KeyConditions", input.KeyConditions is not null && input.KeyConditionExpression is not null),
            ],
            input.ExpressionAttributeNames is not null, input.ExpressionAttributeValues is not null, "FilterExpression", "KeyConditionExpression");
        LegacyConditions.Check(input.QueryFilter);
        ExpressionParameters.CheckConditionalOperator(input.ConditionalOperator, input.QueryFilter?.Count ?? 0);
        ExpressionParameters.CheckAttributesToGet(input.AttributesToGet);
        input.CheckStartKey();
        if (input.KeyConditions is null && input.KeyConditionExpression is null)
        {
            throw DynamoDbErrors.Validation("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        }
        input.CheckSelect();
        return Parse(input);
    }

    private static QueryPlan Parse(QueryInput input)
    {
        var scope = ExpressionParameters.Scope(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
        var condition = input.KeyConditionExpression is null ? null : ConditionParser.Parse("KeyConditionExpression", input.KeyConditionExpression, scope);
        var filter = input.Filter(scope) ?? LegacyConditions.From(input.QueryFilter, input.ConditionalOperator);
        var projection = ExpressionParameters.Projection(input.ProjectionExpression, input.AttributesToGet, scope);
        scope.RequireAllUsed();
        if (condition is null) LegacyConditions.Check(input.KeyConditions);
        var conditions = condition is not null ? KeyCondition.From(condition)
            : input.KeyConditions!.Select(pair => new KeyCondition(pair.Key, pair.Value.Operator, pair.Value.Values)).ToList();
        // More than two are for an index whose key has several attributes.
        if (conditions.Count is 0 or > 2 * DynamoDbLimits.IndexKeyAttributes || (conditions.Count > 2 && input.IndexName is null)) throw DynamoDbErrors.Validation("Conditions can be of length 1 or 2 only");
        return new(conditions, filter, projection);
    }

    private static void CheckConstraints(QueryInput input)
    {
        // Observed: this one comes alone, and speaks in other words than Scan's (tests/tier3/error-messages/query.test.ts of nubo-db/dynamodb-conformance).
        if (input.Limit < 1) throw DynamoDbErrors.Validation("1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1");
        var constraints = new Constraints();
        input.AddTo(ref constraints);
        constraints.Conditions(input.QueryFilter, "queryFilter");
        constraints.Conditions(input.KeyConditions, "keyConditions");
        constraints.Require();
    }
}

internal sealed class QueryInput : ReadInput
{
    private QueryPlan? _plan;

    public Dictionary<string, ConditionInput>? KeyConditions { get; private set; }
    public Dictionary<string, ConditionInput>? QueryFilter { get; private set; }
    public string? KeyConditionExpression { get; private set; }
    public bool? ScanIndexForward { get; private set; }

    /// <summary>Made once: the authorizer asks for the partition before the query runs.</summary>
    public QueryPlan Plan => _plan ??= QueryPlan.Of(this);

    public static QueryInput Decode(ref InputReader json)
    {
        var input = new QueryInput();
        while (json.NextMember())
        {
            if (json.Is("KeyConditionExpression"u8)) input.KeyConditionExpression = json.String();
            else if (json.Is("ScanIndexForward"u8)) input.ScanIndexForward = json.Boolean();
            else if (json.Is("KeyConditions"u8)) input.KeyConditions = ConditionInput.DecodeMap(ref json);
            else if (json.Is("QueryFilter"u8)) input.QueryFilter = ConditionInput.DecodeMap(ref json);
            else if (!input.TryDecode(ref json)) json.Skip();
        }
        return input;
    }
}
