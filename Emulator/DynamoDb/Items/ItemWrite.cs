using Emulator.DynamoDb.Expressions;
using Emulator.DynamoDb.Input;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Items;

/// <summary>What is done to one item under a condition: the core of PutItem, UpdateItem and DeleteItem, of the actions of a transaction and of the statements of PartiQL.</summary>
internal abstract class ItemWrite
{
    /// <summary>What must hold of the item as it is; null where nothing must.</summary>
    public Condition? Condition { get; init; }

    /// <summary>ALL_OLD where the error of a condition that does not hold shall show the item.</summary>
    public string? ReturnValuesOnConditionCheckFailure { get; init; }

    /// <summary>The key of the item in the store; refused where the write does not fit the table's schema.</summary>
    public abstract byte[] KeyIn(Table table);

    /// <summary>The item as it shall be, given how it is; refused where the condition does not hold.</summary>
    public Item Apply(Table table, Item before)
    {
        if (Condition is null || Condition.Holds(before.IsAbsent ? default : before.Attributes)) return After(table, before);
        throw DynamoDbErrors.ConditionalCheckFailed(ReturnValuesOnConditionCheckFailure == "ALL_OLD" && !before.IsAbsent ? before.Attributes : default);
    }

    protected abstract Item After(Table table, Item before);
}

/// <summary>Puts an item in the place of what is there.</summary>
internal sealed class ItemPut(Item item) : ItemWrite
{
    public override byte[] KeyIn(Table table)
    {
        KeyRules.CheckItem(table, item.Attributes);
        return ItemKey.Of(table, item.Attributes);
    }

    protected override Item After(Table table, Item before) => item;
}

/// <summary>Changes attributes of an item, or makes it.</summary>
internal sealed class ItemUpdate(AttributeMap key, Update update) : ItemWrite
{
    public override byte[] KeyIn(Table table)
    {
        KeyRules.CheckKey(table, key);
        foreach (var clause in update.Clauses)
        {
            if (table.Keys.Contains(clause.Path.Root)) throw DynamoDbErrors.Invalid($"Cannot update attribute {clause.Path.Root}. This attribute is part of the key");
        }
        IndexKeyRules.CheckUpdate(table, update);
        foreach (var clause in update.Clauses)
        {
            if (clause.Value is not null) KeyRules.CheckPaths(table, Operand.PathsOf(clause.Value));
        }
        return ItemKey.Of(table, key);
    }

    /// <summary>The error of an item that becomes too deep: PartiQL says less.</summary>
    public string NestingTooDeep { get; init; } = AttributeValueDecoder.NestingTooDeep;

    /// <summary>Of an item, what is at the paths that are updated.</summary>
    public AttributeMap Touched(Item item) => new Projection(update.Clauses.Select(clause => clause.Path)).Apply(item.Attributes);

    protected override Item After(Table table, Item before)
    {
        if (before.IsAbsent && update.OnlyRemoves) return default;
        var after = Item.Of(update.Apply(before.IsAbsent ? key : before.Attributes));
        if (after.Size > DynamoDbLimits.ItemSizeBytes) throw DynamoDbErrors.UpdatedItemTooLarge();
        if (update.Clauses.Exists(clause => clause.Path.IsNested) && Nesting.DepthOf(after.Attributes) > DynamoDbLimits.NestingDepth)
        {
            throw DynamoDbErrors.Validation(NestingTooDeep);
        }
        IndexKeyRules.CheckUpdated(table, before.IsAbsent ? default : before.Attributes, after.Attributes);
        return after;
    }
}

/// <summary>Deletes an item; one that is not there is deleted too.</summary>
internal sealed class ItemDelete(AttributeMap key) : ItemWrite
{
    public override byte[] KeyIn(Table table)
    {
        KeyRules.CheckKey(table, key);
        return ItemKey.Of(table, key);
    }

    protected override Item After(Table table, Item before) => default;
}

/// <summary>Leaves an item as it is: only its condition counts.</summary>
internal sealed class ItemCheck(AttributeMap key) : ItemWrite
{
    public override byte[] KeyIn(Table table)
    {
        KeyRules.CheckKey(table, key);
        return ItemKey.Of(table, key);
    }

    protected override Item After(Table table, Item before) => before;
}
