using System.Text;
using System.Text.Json;
using Emulator.Configuration;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Identifiers;

namespace Emulator.DynamoDb.Configured;

/// <summary>Makes the tables that emulator.yaml declares.</summary>
internal static class DeclaredTables
{
    /// <summary>Creates what is missing, with its items; tells what is there in another form.</summary>
    public static async ValueTask<IReadOnlyList<string>> ApplyAsync(DynamoDbService service, CancellationToken cancelled)
    {
        var differences = new List<string>();
        foreach (var (name, declared) in service.Config.Tables)
        {
            cancelled.ThrowIfCancellationRequested();
            var wanted = TableOf(service, name, declared);
            if (service.Tables.Find(new(wanted.Account, wanted.Region, name)) is { } present) differences.AddRange(Differences(present, wanted, declared));
            else await CreateAsync(service, wanted, declared);
        }
        return differences;
    }

    private static Table TableOf(DynamoDbService service, string name, TableConfig declared)
    {
        var config = service.Config;
        Configuration.KeyAttribute[] keys = declared.SortKey is null ? [declared.PartitionKey] : [declared.PartitionKey, declared.SortKey];
        return new Table
        {
            Name = name,
            Account = config.Account,
            Region = config.Region,
            Id = StableId.Uuid("table", config.Account, config.Region, name),
            Created = service.Clock.GetUtcNow(),
            AttributeDefinitions = [.. keys.Select(key => new AttributeDefinition(key.Name, key.Type))],
            KeySchema = [.. keys.Select((key, index) => new KeySchemaElement(key.Name, index == 0 ? "HASH" : "RANGE"))],
            OnDemand = declared.ReadCapacityUnits is null && declared.WriteCapacityUnits is null,
            ReadCapacityUnits = declared.ReadCapacityUnits ?? (declared.WriteCapacityUnits is null ? 0 : 1),
            WriteCapacityUnits = declared.WriteCapacityUnits ?? (declared.ReadCapacityUnits is null ? 0 : 1),
        };
    }

    private static async ValueTask CreateAsync(DynamoDbService service, Table table, TableConfig declared)
    {
        var items = declared.Items.Select(item => Item.Of(PlainItem(item).Span)).ToList();
        foreach (var item in items) KeyRules.CheckItem(table, item.Attributes);
        await service.Store.WriteAsync(transaction =>
        {
            TableStore.Put(transaction, table);
            foreach (var item in items)
            {
                var key = ItemKey.Of(table, item.Attributes);
                TableItems.Replace(transaction, table, key, TableItems.Get(transaction, key), item, new(table.Created));
            }
            return items.Count;
        });
    }

    private static IEnumerable<string> Differences(Table present, Table wanted, TableConfig declared)
    {
        if (!present.KeySchema.SequenceEqual(wanted.KeySchema) || !present.AttributeDefinitions.ToHashSet().SetEquals(wanted.AttributeDefinitions))
        {
            yield return $"The table {present.Name} is there with the key {Keys(present)}; emulator.yaml declares {Keys(wanted)}.";
        }
        // Units that are scaled are what scaling made of them.
        if (present.OnDemand != wanted.OnDemand || (declared.ReadAutoScaling is null && present.ReadCapacityUnits != wanted.ReadCapacityUnits) || (declared.WriteAutoScaling is null && present.WriteCapacityUnits != wanted.WriteCapacityUnits))
        {
            yield return $"The table {present.Name} is there with {Throughput(present)}; emulator.yaml declares {Throughput(wanted)}.";
        }
    }

    private static string Keys(Table table) => string.Join(", ", table.KeySchema.Select(element =>
        $"{element.AttributeName}:{table.AttributeDefinitions.FirstOrDefault(definition => definition.AttributeName == element.AttributeName)?.AttributeType}"));

    private static string Throughput(Table table) =>
        table.OnDemand ? "on-demand capacity" : $"{table.ReadCapacityUnits} read and {table.WriteCapacityUnits} write capacity units";

    /// <summary>An item written as plain JSON: strings, numbers, booleans, nulls, lists and maps.</summary>
    public static ReadOnlyMemory<byte> PlainItem(string json)
    {
        using var document = JsonDocument.Parse(json);
        using var writer = new ValueWriter();
        WriteEntries(writer, document.RootElement);
        return writer.ToArray();
    }

    private static void WriteEntries(ValueWriter writer, JsonElement map)
    {
        var starts = new List<int>();
        foreach (var member in map.EnumerateObject())
        {
            starts.Add(writer.Length);
            writer.LengthPrefixed(Encoding.UTF8.GetBytes(member.Name));
            WriteValue(writer, member.Value);
        }
        writer.SortEntries([.. starts]);
    }

    private static void WriteValue(ValueWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                writer.Scalar(AttributeType.S, Encoding.UTF8.GetBytes(value.GetString()!));
                break;
            case JsonValueKind.Number:
                WriteNumber(writer, Encoding.UTF8.GetBytes(value.GetRawText()));
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.Bool(value.GetBoolean());
                break;
            case JsonValueKind.Null:
                writer.Null();
                break;
            case JsonValueKind.Array:
                var list = writer.Begin(AttributeType.L);
                foreach (var element in value.EnumerateArray()) WriteValue(writer, element);
                writer.End(list);
                break;
            default:
                var map = writer.Begin(AttributeType.M);
                WriteEntries(writer, value);
                writer.End(map);
                break;
        }
    }

    private static void WriteNumber(ValueWriter writer, byte[] text)
    {
        Span<byte> digits = stackalloc byte[NumberEncoding.MaxLength];
        var problem = NumberEncoding.TryEncode(text, digits, out var length);
        if (problem != NumberProblem.None) throw DynamoDbErrors.Validation(DynamoDbErrors.NumberText(problem, text));
        writer.Scalar(AttributeType.N, digits[..length]);
    }
}
