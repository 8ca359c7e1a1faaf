using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Expressions;

/// <summary>AttributeUpdates made into the clauses of an update.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.AttributeUpdates.html; texts as expected by test/updateItem.js of architect/dynalite, taken from AWS.</remarks>
internal static class LegacyUpdates
{
    public static void Check(Dictionary<string, AttributeUpdateInput>? updates)
    {
        Names.Check(updates?.Keys);
        foreach (var (action, value) in updates?.Values ?? Enumerable.Empty<AttributeUpdateInput>())
        {
            if (value is null)
            {
                if (action != "DELETE") throw DynamoDbErrors.Invalid("Only DELETE action is allowed when no attribute value is specified");
                continue;
            }
            if (value.Problem is { } problem) throw DynamoDbErrors.Validation(problem);
            var type = value.Value.Type;
            if (action == "DELETE" && !value.Value.IsSet) throw DynamoDbErrors.Invalid($"DELETE action with value is not supported for the type {type}");
            if (action == "ADD" && !value.Value.IsSet && type is not (AttributeType.N or AttributeType.L)) throw DynamoDbErrors.Invalid($"ADD action is not supported for the type {type}");
        }
    }

    public static Update From(Dictionary<string, AttributeUpdateInput>? updates) =>
        new(updates?.Select(pair => Clause(pair.Key, pair.Value)).ToList() ?? []) { IsLegacy = true };

    private static UpdateClause Clause(string attribute, AttributeUpdateInput update)
    {
        var path = DocumentPath.Of(attribute);
        if (update.Value is null) return new(UpdateAction.Remove, path, null);
        var action = update.Action switch
        {
            "ADD" => UpdateAction.Add,
            "DELETE" => UpdateAction.Delete,
            _ => UpdateAction.Set,
        };
        return new(action, path, ValueOperand.Of(update.Value.Value));
    }
}
