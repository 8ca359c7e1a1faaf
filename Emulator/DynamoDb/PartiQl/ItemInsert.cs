using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>Puts an item where none is.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.insert.html</remarks>
internal sealed class ItemInsert(AttributeMap attributes) : ItemWrite
{
    public override byte[] KeyIn(Table table)
    {
        KeyRules.CheckItem(table, attributes);
        return ItemKey.Of(table, attributes);
    }

    protected override Item After(Table table, Item before)
    {
        if (!before.IsAbsent) throw PartiQlErrors.DuplicateItem();
        var item = Item.Of(attributes.Entries.Span);
        return item.Size > DynamoDbLimits.ItemSizeBytes ? throw DynamoDbErrors.ItemTooLarge() : item;
    }
}
