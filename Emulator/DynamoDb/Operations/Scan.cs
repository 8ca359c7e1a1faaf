using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Operations;

/// <summary>Returns all items of a table or index, or of a segment of it.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html</remarks>
internal static class Scan
{
    public static ValueTask<ReadOnlyMemory<byte>> ExecuteAsync(DynamoDbService service, Call call, ScanInput input)
    {
        CheckConstraints(input);
        var (filter, projection) = CheckRules(input);

        var table = service.Tables.Require(TableName.Parse(call, input.TableName!));
        var source = IndexReadRules.Source(table, input, call.Now);
        if (input.ExclusiveStartKey?.Map is { } start) CheckStartKey(source, start);
        IndexReadRules.CheckSelect(source, input, projection);
        var range = Range(source, input);
        KeyRules.CheckPaths(table, projection?.Paths ?? []);
        if (filter is not null) KeyRules.CheckPaths(table, Condition.PathsOf(filter));

        using var snapshot = service.Store.Snapshot();
        return new(new PageWriter(service.Throughput, source, input, filter, projection) { Partitions = new(table, range) }.Write(snapshot, range));
    }

    private static void CheckStartKey(ReadSource source, AttributeMap start)
    {
        if (source.Index is not null)
        {
            QueryRange.CheckShape(source, start);
            KeyConditionRules.CheckStartKey(source.Keys, start);
        }
        var wrong = source.Index is null ? KeyRules.ProblemOfKey(source.Table, start) : QueryRange.ProblemOfTableKey(source.Table, start);
        if (wrong is not null) throw DynamoDbErrors.Validation($"The provided starting key is invalid: {wrong.Message}");
    }

    /// <summary>What is asked for, or what is left of it after the start key.</summary>
    private static KeyRange Range(ReadSource source, ScanInput input)
    {
        var range = source.Segment(input.Segment, input.TotalSegments);
        if (input.ExclusiveStartKey is not { } start) return range;
        var key = source.Key(start.Map);
        if (key.AsSpan().SequenceCompareTo(range.From.Span) < 0 || (range.To is { } to && key.AsSpan().SequenceCompareTo(to.Span) >= 0))
        {
            throw DynamoDbErrors.Validation(
                "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. " +
                $"TotalSegments: {input.TotalSegments} Segment: {input.Segment}");
        }
        return QueryRange.After(range, key, descending: false);
    }

    private static void CheckConstraints(ScanInput input)
    {
        var constraints = new Constraints();
        input.AddTo(ref constraints);
        constraints.Conditions(input.ScanFilter, "scanFilter");
        constraints.Least(input.TotalSegments, "totalSegments", 1);
        constraints.Most(input.TotalSegments, "totalSegments", DynamoDbLimits.ScanSegments);
        constraints.Least(input.Segment, "segment", 0);
        constraints.Most(input.Segment, "segment", DynamoDbLimits.ScanSegments - 1);
        constraints.Least(input.Limit, "limit", 1);
        constraints.Require();
    }

    private static (Condition? Filter, Projection? Projection) CheckRules(ScanInput input)
    {
        ExpressionParameters.Check(
            [("ProjectionExpression", input.ProjectionExpression is not null), ("FilterExpression", input.FilterExpression is not null)],
            [("AttributesToGet", input.AttributesToGet is not null), ("ScanFilter", input.ScanFilter is not null), ("ConditionalOperator", input.ConditionalOperator is not null)],
            input.ExpressionAttributeNames is not null, input.ExpressionAttributeValues is not null, "FilterExpression");
        ExpressionParameters.CheckAttributesToGet(input.AttributesToGet);
        LegacyConditions.Check(input.ScanFilter);
        ExpressionParameters.CheckConditionalOperator(input.ConditionalOperator, input.ScanFilter?.Count ?? 0);
        input.CheckStartKey();
        CheckSegments(input);
        input.CheckSelect();
        var scope = ExpressionParameters.Scope(input.ExpressionAttributeNames, input.ExpressionAttributeValues);
        var filter = input.Filter(scope) ?? LegacyConditions.From(input.ScanFilter, input.ConditionalOperator);
        var projection = ExpressionParameters.Projection(input.ProjectionExpression, input.AttributesToGet, scope);
        scope.RequireAllUsed();
        return (filter, projection);
    }

    private static void CheckSegments(ScanInput input)
    {
        if (input.Segment is not null && input.TotalSegments is null)
        {
            throw DynamoDbErrors.Validation("The TotalSegments parameter is required but was not present in the request when Segment parameter is present");
        }
        if (input.TotalSegments is null) return;
        if (input.Segment is null)
        {
            throw DynamoDbErrors.Validation("The Segment parameter is required but was not present in the request when parameter TotalSegments is present");
        }
        if (input.Segment >= input.TotalSegments)
        {
            throw DynamoDbErrors.Validation(
                $"The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {input.Segment} is not less than TotalSegments: {input.TotalSegments}");
        }
    }
}

internal sealed class ScanInput : ReadInput
{
    public Dictionary<string, ConditionInput>? ScanFilter { get; private set; }
    public int? TotalSegments { get; private set; }
    public int? Segment { get; private set; }

    public static ScanInput Decode(ref InputReader json)
    {
        var input = new ScanInput();
        while (json.NextMember())
        {
            if (json.Is("TotalSegments"u8)) input.TotalSegments = json.Integer();
            else if (json.Is("Segment"u8)) input.Segment = json.Integer();
            else if (json.Is("ScanFilter"u8)) input.ScanFilter = ConditionInput.DecodeMap(ref json);
            else if (!input.TryDecode(ref json)) json.Skip();
        }
        return input;
    }
}
