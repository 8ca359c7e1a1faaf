using Emulator.DynamoDb.Backups;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Output;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Values;
using Emulator.Storage;

namespace Emulator.DynamoDb.Exports;

/// <summary>One line of a data file: an item, or how one changed.</summary>
/// <param name="SizeBytes">What is billed for it.</param>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html</remarks>
internal readonly record struct ExportedLine(int Partition, int SizeBytes, byte[] Text)
{
    public static IEnumerable<ExportedLine> All(IReader reader, Table table, Export export) =>
        export.Request.IsIncremental ? Changes(reader, table, export) : Items(reader, table, export);

    private static IEnumerable<ExportedLine> Items(IReader reader, Table table, Export export)
    {
        var moment = PointInTimeRecovery.EndOf(export.Request.ExportTime ?? export.Started);
        return ItemHistory.At(reader, table, moment).Select(stored =>
        {
            var item = Item.Read(stored.Record);
            using var json = new JsonOutput(item.Size * 2);
            json.BeginObject();
            json.Member("Item"u8);
            json.Map(item.Attributes);
            json.EndObject();
            return new ExportedLine(Partitions.Of(table, stored.KeyIn(table)), item.Size, json.ToArray());
        });
    }

    /// <summary>The first moment is inclusive, the last exclusive. Of an item that came and went in between nothing is told.</summary>
    private static IEnumerable<ExportedLine> Changes(IReader reader, Table table, Export export)
    {
        var (from, to) = (export.Request.From!.Value.AddTicks(-1), (export.Request.To ?? export.Started).AddTicks(-1));
        return ItemHistory.Between(reader, table, from, to)
            .Where(item => item.Changed is not null && !(item.Earlier.IsEmpty && item.Later.IsEmpty))
            .Select(item => Change(table, item, export.Request.View == ExportRequest.NewAndOldImages));
    }

    private static ExportedLine Change(Table table, ItemPast item, bool withOld)
    {
        var old = item.Earlier.IsEmpty ? default : Item.Read(item.Earlier);
        var made = item.Later.IsEmpty ? default : Item.Read(item.Later);
        using var json = new JsonOutput((old.Size + made.Size) * 2);
        json.BeginObject();
        json.Member("Metadata"u8);
        json.BeginObject();
        json.Member("WriteTimestampMicros"u8);
        json.BeginObject();
        json.Member("N"u8);
        json.Text(((item.Changed!.Value.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond).ToString());
        json.EndObject();
        json.EndObject();
        json.Member("Keys"u8);
        WriteKeys(json, table, (made.IsAbsent ? old : made).Attributes);
        if (withOld && !old.IsAbsent)
        {
            json.Member("OldImage"u8);
            json.Map(old.Attributes);
        }
        if (!made.IsAbsent)
        {
            json.Member("NewImage"u8);
            json.Map(made.Attributes);
        }
        json.EndObject();
        return new(Partitions.Of(table, new StoredItem(item.Key, default).KeyIn(table)), Math.Max(old.Size, made.Size), json.ToArray());
    }

    private static void WriteKeys(JsonOutput json, Table table, AttributeMap item)
    {
        json.BeginObject();
        foreach (var key in table.Keys.All)
        {
            json.MemberText(key.Name.Text);
            json.Value(item.Get(key.Name));
        }
        json.EndObject();
    }
}
