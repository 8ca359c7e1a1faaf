using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>What a statement writes, as the write of one item.</summary>
internal static class StatementWrites
{
    /// <param name="returnValuesOnConditionCheckFailure">ALL_OLD where the error of a condition that does not hold shall show the item.</param>
    public static ItemWrite Of(Statement statement, Table table, string? returnValuesOnConditionCheckFailure = null) => statement switch
    {
        InsertStatement insert => new ItemInsert(insert.Item),
        ModifyStatement modify => Modify(modify, table, returnValuesOnConditionCheckFailure),
        ExistsStatement exists => Check(exists, table),
        _ => throw new InvalidOperationException("A SELECT writes nothing."),
    };

    /// <summary>An UPDATE makes no item; a DELETE of one that is not there does nothing, whatever else its WHERE clause asks.</summary>
    /// <remarks>Observed: tests of nubo-db/dynoxide and floci-io/floci, both compared with AWS.</remarks>
    private static ItemWrite Modify(ModifyStatement statement, Table table, string? returnValuesOnConditionCheckFailure)
    {
        var key = KeyOf(statement, table);
        var presence = new PathOperand(DocumentPath.Of(table.Keys.Partition.Name.Text));
        if (statement.Update is { } update)
        {
            var exists = new FunctionCondition(new("attribute_exists", [presence]));
            return new ItemUpdate(key.Key(), update)
            {
                Condition = key.Rest is null ? exists : new AndCondition(exists, key.Rest),
                ReturnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure,
                NestingTooDeep = PartiQlErrors.NestingTooDeep,
            };
        }
        var absent = new FunctionCondition(new("attribute_not_exists", [presence]));
        return new ItemDelete(key.Key())
        {
            Condition = key.Rest is null ? null : new OrCondition(absent, key.Rest),
            ReturnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure,
        };
    }

    /// <remarks>Observed: DynamoDbPartiQLEdgeCaseIntegrationTest of floci-io/floci, recorded on AWS: of two values for one key attribute the first names the item.</remarks>
    private static ItemCheck Check(ExistsStatement statement, Table table)
    {
        var key = KeyEqualities.Of(table.Keys, statement.Select.Where);
        if (!key.IsWholeKey || key.RestWithContradictions() is not { } rest) throw DynamoDbErrors.Validation("EXISTS() must contain a single item read with additional condition");
        return new(key.Key()) { Condition = rest };
    }

    private static KeyEqualities KeyOf(ModifyStatement statement, Table table)
    {
        var key = KeyEqualities.Of(table.Keys, statement.Where);
        if (!key.IsWholeKey) throw PartiQlErrors.KeyRequired();
        return key.Contradiction is { } twice ? throw PartiQlErrors.TwoKeys(twice) : key;
    }

    /// <summary>What RETURNING asks for; empty where it asks for nothing, or for nothing that there is.</summary>
    public static AttributeMap Returned(Statement statement, ItemWrite write, Item before, Item after)
    {
        if (statement is not ModifyStatement { Returning: { } returning }) return default;
        var item = returning.EndsWith("old", StringComparison.Ordinal) ? before : after;
        if (item.IsAbsent) return default;
        return write is ItemUpdate update && returning.StartsWith("modified", StringComparison.Ordinal) ? update.Touched(item) : item.Attributes;
    }
}
