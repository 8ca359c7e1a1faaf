using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Statuses;

/// <summary>Tables that are being deleted: all that they held is gone, but they are described and listed for a while, and their names are taken.</summary>
internal static class DepartingTables
{
    private static readonly Space Space = new("dynamodb.departing-tables");

    /// <summary>Notes that a table is gone but for its description; forgets those whose time is over.</summary>
    public static void Add(IWriteTransaction transaction, Table table, TableDescription description, DateTimeOffset now, DateTimeOffset until)
    {
        foreach (var entry in transaction.Range(Space, KeyRange.All).Where(entry => Decode(entry.Value).Until <= now).ToList()) transaction.Delete(Space, entry.Key.Span);
        transaction.Put(Space, TableSpace.TableKey(table.Account, table.Region, table.Name), AwsJson.Encode(new DepartingTable(until, AwsJson.Encode(description, DynamoDbJson.Default.TableDescription).ToArray()), DepartingJson.Default.DepartingTable));
    }

    /// <summary>The description of a table that is being deleted; null where there is none of the name.</summary>
    public static TableDescription? Find(IReader reader, TableName name, DateTimeOffset now)
    {
        if (reader.Version(Space) == 0 || !reader.TryGet(Space, TableSpace.TableKey(name.Account, name.Region, name.Name), out var row)) return null;
        var departing = Decode(row);
        return now < departing.Until ? AwsJson.Decode(departing.Description, DynamoDbJson.Default.TableDescription) : null;
    }

    /// <summary>The names in an account and region after one of them, in order.</summary>
    public static List<string> Names(IReader reader, string account, string region, string? after, DateTimeOffset now)
    {
        if (reader.Version(Space) == 0) return [];
        var prefix = TableSpace.Prefix(account, region);
        return
        [
            .. reader.Range(Space, KeyRange.Prefix(prefix)).Where(entry => now < Decode(entry.Value).Until).Select(entry => Encoding.UTF8.GetString(entry.Key.Span[prefix.Length..]))
                .Where(name => after is null || string.CompareOrdinal(name, after) > 0),
        ];
    }

    private static DepartingTable Decode(ReadOnlyMemory<byte> row) => JsonSerializer.Deserialize(row.Span, DepartingJson.Default.DepartingTable)!;
}

/// <param name="Description">A document: what DescribeTable answers.</param>
internal sealed record DepartingTable(DateTimeOffset Until, byte[] Description);

[JsonSerializable(typeof(DepartingTable))]
internal sealed partial class DepartingJson : JsonSerializerContext;
