using System.Text;
using System.Text.Json.Serialization.Metadata;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Tables;

/// <summary>A backup, an export or an import of a table, as <c>arn:aws:dynamodb:eu-west-1:000000000000:table/Notes/backup/01489602797149-73d8d5bc</c> names it.</summary>
internal readonly record struct TablePart(TableName Table, string Id)
{
    private const int TokenUnit = 16;
    private const int TokenLeast = 112;

    /// <summary>null where the text is no such ARN.</summary>
    public static TablePart? Parse(Call call, string arn, string kind)
    {
        var parts = arn.Split('/');
        if (parts.Length != 4 || parts[2] != kind || !arn.StartsWith("arn:aws:dynamodb:", StringComparison.Ordinal)) return null;
        return new(TableName.Parse(call, $"{parts[0]}/{parts[1]}"), parts[3]);
    }

    /// <summary>An id as AWS makes them: fourteen digits of the moment, eight of chance.</summary>
    public static string NewId(DynamoDbService service, DateTimeOffset now) => $"{now.ToUnixTimeMilliseconds():D14}-{service.Ids.Hex(8)}";

    /// <summary>The NextToken that stands for it, of the form that clients demand.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListImports.html: ([0-9a-f]{16})+, of 112 digits at least.</remarks>
    public string ToToken()
    {
        var hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes($"{Table.Name}/{Id}"));
        return hex.PadRight(Math.Max(TokenLeast, (hex.Length + TokenUnit - 1) / TokenUnit * TokenUnit), '0');
    }

    /// <summary>null where the text is no such token.</summary>
    public static TablePart? OfToken(Call call, string token)
    {
        var bytes = new byte[token.Length / 2];
        if (Convert.FromHexString(token, bytes, out _, out _) != System.Buffers.OperationStatus.Done) return null;
        var parts = Encoding.UTF8.GetString(bytes.AsSpan().TrimEnd((byte)0)).Split('/');
        return parts.Length == 2 ? new(new(call.Account, call.Region, parts[0]), parts[1]) : null;
    }
}

/// <summary>The parts of one kind, of all accounts and regions: in the order of their tables and, of one table, of their times.</summary>
internal sealed class TableParts<T>(string space, JsonTypeInfo<T> type, Func<T, TablePart> partOf)
{
    private readonly Space _space = new(space);

    public T? Find(IReader reader, TablePart part) => reader.TryGet(_space, Key(part), out var row) ? Decode(row) : default;

    public void Put(IWriteTransaction transaction, T part) => transaction.Put(_space, Key(partOf(part)), AwsJson.Encode(part, type));

    public void Delete(IWriteTransaction transaction, T part) => transaction.Delete(_space, Key(partOf(part)));

    /// <summary>Those of an account and region, or of one table of it.</summary>
    /// <param name="table">Without a name: all tables.</param>
    /// <param name="after">The one behind which they begin.</param>
    public IEnumerable<T> List(IReader reader, TableName table, TablePart? after = null, bool descending = false)
    {
        var range = KeyRange.Prefix(table.Name.Length == 0 ? TableSpace.Prefix(table.Account, table.Region) : Key(new(table, "")));
        if (after is { } part)
        {
            var key = Key(part);
            if (descending) range = range with { To = key.AsSpan().SequenceCompareTo(range.From.Span) > 0 ? key : range.From };
            else if (key.AsSpan().SequenceCompareTo(range.From.Span) > 0) range = range with { From = (byte[])[.. key, 0] };
        }
        return reader.Range(_space, range, descending).Select(entry => Decode(entry.Value));
    }

    private T Decode(ReadOnlyMemory<byte> row) => AwsJson.Decode(row.Span, type);

    private static byte[] Key(TablePart part) => [.. TableSpace.TableKey(part.Table.Account, part.Table.Region, part.Table.Name), 0, .. Encoding.UTF8.GetBytes(part.Id)];
}
