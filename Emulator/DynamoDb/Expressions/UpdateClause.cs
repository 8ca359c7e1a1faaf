using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Expressions;

internal enum UpdateAction { Set, Remove, Add, Delete }

/// <summary>One change that an update asks for.</summary>
/// <param name="Value">What is set, added or deleted; null for REMOVE.</param>
internal sealed record UpdateClause(UpdateAction Action, DocumentPath Path, Operand? Value);

/// <summary>What an update does to an item: all values are taken from the item as it was.</summary>
internal sealed class Update(List<UpdateClause> clauses)
{
    public List<UpdateClause> Clauses { get; } = clauses;

    /// <summary>Whether it may be that nothing is left to write where there was no item.</summary>
    /// <remarks>Observed: test_update_item_non_existent and test_nested_attribute_remove_from_missing_item of scylladb/scylladb test/alternator.</remarks>
    public bool OnlyRemoves => Clauses.Count > 0 && Clauses.TrueForAll(clause => clause.Action is UpdateAction.Remove or UpdateAction.Delete);

    /// <summary>Legacy AttributeUpdates say what is wrong in other words.</summary>
    public bool IsLegacy { get; init; }

    /// <summary>The attributes of the new item.</summary>
    public byte[] Apply(AttributeMap item)
    {
        var edits = new ItemEdits();
        foreach (var clause in Clauses) Apply(clause, item, edits);
        return edits.Apply(item);
    }

    private void Apply(UpdateClause clause, AttributeMap item, ItemEdits edits)
    {
        switch (clause.Action)
        {
            case UpdateAction.Set:
                var value = clause.Value!.Evaluate(item);
                edits.Set(clause.Path, value.IsAbsent ? throw DynamoDbErrors.AttributeDoesNotExist() : value);
                break;
            case UpdateAction.Remove:
                edits.Remove(clause.Path);
                break;
            case UpdateAction.Add:
                edits.Set(clause.Path, UpdateFunctions.Add(clause.Path.Resolve(item), clause.Value!.Evaluate(item), IsLegacy));
                break;
            default:
                var rest = UpdateFunctions.Delete(clause.Path.Resolve(item), clause.Value!.Evaluate(item), IsLegacy);
                if (rest.IsAbsent) edits.Remove(clause.Path);
                else edits.Set(clause.Path, rest);
                break;
        }
    }
}
