using System.Text.Json;
using Emulator.DynamoDb.Imports;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;

namespace Emulator.DynamoDb.Configured;

/// <summary>The items with which a declared table begins: those of emulator.yaml and those of files.</summary>
/// <remarks>A file is CSV with the names in its first line (key attributes are of their types, all others texts), JSON (a list of items in plain values), or lines of DynamoDB JSON as an export writes them.</remarks>
internal static class SeedItems
{
    /// <exception cref="AwsException">Of an item that cannot be in the table, with the place where it stands.</exception>
    public static List<Item> Read(Table table, IReadOnlyList<string> plain, IReadOnlyList<string> files, string folder)
    {
        var items = plain.Select((json, at) => Checked(table, PlainItem.Of(json), $"item {at + 1}")).ToList();
        foreach (var file in files)
        {
            var content = File.ReadAllBytes(Path.Combine(folder, file));
            items.AddRange(IsList(content) ? ReadList(table, content, file) : ReadRecords(file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? new CsvItemReader(table, ",", null) : new JsonItemReader(table), content, file));
        }
        return items;
    }

    private static bool IsList(ReadOnlySpan<byte> content) => content.TrimStart("\uFEFF \t\r\n"u8).StartsWith("["u8);

    private static IEnumerable<Item> ReadList(Table table, byte[] content, string file)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(content);
        }
        catch (JsonException error)
        {
            throw DynamoDbErrors.Validation($"{file}: {error.Message}");
        }
        using (document) return [.. document.RootElement.EnumerateArray().Select((item, at) => Checked(table, PlainItem.Of(item), $"{file}: item {at + 1}"))];
    }

    private static List<Item> ReadRecords(ItemReader reader, byte[] content, string file)
    {
        var items = new List<Item>();
        reader.Read(content, items);
        reader.End(items);
        var wrong = items.FindIndex(item => item.IsAbsent);
        return wrong < 0 ? items : throw DynamoDbErrors.Validation($"{file}: item {wrong + 1} cannot be in the table");
    }

    private static Item Checked(Table table, ReadOnlyMemory<byte> entries, string where)
    {
        var item = Item.Of(entries.Span);
        try
        {
            KeyRules.CheckItem(table, item.Attributes);
        }
        catch (AwsException wrong)
        {
            throw DynamoDbErrors.Validation($"{where}: {wrong.Message}");
        }
        return item;
    }
}
