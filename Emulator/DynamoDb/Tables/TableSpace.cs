using System.Text;
using Emulator.Storage;

namespace Emulator.DynamoDb.Tables;

/// <summary>Where a table's entries lie in the store.</summary>
/// <remarks>
/// Items: account, region, a zero byte, the table's id, the kind (0: the table itself, above: its indexes), then the key of the item as <see cref="Items.ItemKey"/> writes it.
/// A table that is deleted and made again has another id, so that nothing of the old one can come back.
/// The replicas of a global table have the region and the id of the table with which it began.
/// </remarks>
internal sealed class TableSpace
{
    public static readonly Space Tables = new("dynamodb.tables");
    public static readonly Space Items = new("dynamodb.items");
    public static readonly Space Statistics = new("dynamodb.statistics");

    private const byte ItemKind = 0;

    private readonly byte[] _items;

    public TableSpace(Table table)
    {
        var place = table.ItemPlace ?? new(table.Region, table.Id);
        var id = Prefix(table.Account, place.Region);
        Array.Resize(ref id, id.Length + 16);
        place.TableId.TryWriteBytes(id.AsSpan(id.Length - 16), bigEndian: true, out _);
        Whole = id;
        _items = [.. id, ItemKind];
    }

    /// <summary>The prefix of everything that belongs to the table; the key of its statistics.</summary>
    public byte[] Whole { get; }

    /// <summary>The prefix of its items.</summary>
    public ReadOnlySpan<byte> ItemPrefix => _items;

    public static byte[] Prefix(string account, string region) => Encoding.UTF8.GetBytes($"{account}/{region}\0");

    public static byte[] TableKey(string account, string region, string name) => Encoding.UTF8.GetBytes($"{account}/{region}\0{name}");
}
