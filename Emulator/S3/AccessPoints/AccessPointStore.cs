using System.Text;
using System.Text.Json;
using Emulator.S3.Buckets;
using Emulator.Storage;

namespace Emulator.S3.AccessPoints;

/// <summary>The access points of all accounts: names are unique within an account and region, aliases everywhere.</summary>
internal static class AccessPointStore
{
    private static readonly Space Space = new("s3.accessPoints");

    /// <summary>The key of the access point by its alias.</summary>
    private static readonly Space Aliases = new("s3.accessPointAliases");

    public static AccessPoint? Find(IReader reader, string account, string region, string name) => Find(reader, Key(account, region, name));

    public static AccessPoint Require(IReader reader, string account, string region, string name) =>
        Find(reader, account, region, name) ?? throw AccessPointErrors.NotFound(name);

    public static AccessPoint? FindByAlias(IReader reader, string alias) =>
        reader.TryGet(Aliases, Encoding.UTF8.GetBytes(alias), out var key) ? Find(reader, key.Span) : null;

    public static IEnumerable<AccessPoint> All(IReader reader) => List(reader, KeyRange.Prefix([]));

    /// <summary>Those of an account in a region whose names stand after the given one, in order.</summary>
    public static IEnumerable<AccessPoint> List(IReader reader, string account, string region, string? after)
    {
        var range = KeyRange.Prefix(Key(account, region, ""));
        return List(reader, after is null ? range : range with { From = Key(account, region, after + "\0") });
    }

    public static void Put(IWriteTransaction tx, AccessPoint point)
    {
        var key = Key(point.Account, point.Region, point.Name);
        tx.Put(Space, key, JsonSerializer.SerializeToUtf8Bytes(point, S3Json.Default.AccessPoint));
        tx.Put(Aliases, Encoding.UTF8.GetBytes(point.Alias), key);
    }

    public static void Delete(IWriteTransaction tx, AccessPoint point)
    {
        tx.Delete(Space, Key(point.Account, point.Region, point.Name));
        tx.Delete(Aliases, Encoding.UTF8.GetBytes(point.Alias));
    }

    private static AccessPoint? Find(IReader reader, ReadOnlySpan<byte> key) => reader.TryGet(Space, key, out var row) ? FromRow(row) : null;

    private static IEnumerable<AccessPoint> List(IReader reader, KeyRange range)
    {
        foreach (var (_, row) in reader.Range(Space, range)) yield return FromRow(row);
    }

    private static AccessPoint FromRow(ReadOnlyMemory<byte> row) => JsonSerializer.Deserialize(row.Span, S3Json.Default.AccessPoint)!;

    private static byte[] Key(string account, string region, string name) => Encoding.UTF8.GetBytes($"{account}/{region}/{name}");
}
