using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Imports;

/// <summary>What an item must be to be imported: what it must be to be put.</summary>
internal static class ImportedItem
{
    /// <summary>The item; an absent one where it cannot be in the table.</summary>
    public static Item Of(Table table, ReadOnlySpan<byte> entries)
    {
        var item = Item.Of(entries);
        try
        {
            KeyRules.CheckItem(table, item.Attributes);
        }
        catch (AwsException)
        {
            return default;
        }
        return item.Size <= DynamoDbLimits.ItemSizeBytes ? item : default;
    }
}
