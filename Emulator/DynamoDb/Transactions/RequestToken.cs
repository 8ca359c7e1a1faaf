using System.Buffers.Binary;
using System.Text;
using Emulator.DynamoDb.Tables;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Transactions;

/// <summary>The ClientRequestToken of a request, by which a transaction that succeeded is not done a second time.</summary>
/// <remarks>
/// Kept for ten minutes, of the newest hundred thousand requests: SDKs give every TransactWriteItems a token. Each that is kept lets two go that are past it, so that nothing else has to.
/// Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-apis-txwriteitems
/// </remarks>
/// <param name="Key">Whose token it is: tokens of other accounts, regions and operations are others.</param>
/// <param name="Fingerprint">What the request asks for, by which another request with the same token is found out.</param>
internal sealed record RequestToken(byte[] Key, byte[] Fingerprint)
{
    private static readonly Space Tokens = new("dynamodb.tokens");

    /// <summary>The keys of the tokens by the order in which their requests succeeded.</summary>
    private static readonly Space Order = new("dynamodb.tokenorder");

    private const byte Version = 1;

    /// <summary>null where the request has no token.</summary>
    public static RequestToken? Of(Call call, string operation, string? token, Fingerprint request) =>
        token is null ? null : new([.. TableSpace.Prefix(call.Account, call.Region), .. Encoding.UTF8.GetBytes($"{operation}\0{token}")], request.ToArray());

    /// <summary>What the transaction with this token would read now, had it succeeded within ten minutes; else null.</summary>
    public IReadOnlyList<TransactionCapacity>? Find(IReader reader, DateTimeOffset now)
    {
        if (!reader.TryGet(Tokens, Key, out var row)) return null;
        var entry = Entry.Read(row);
        if (now - entry.At >= DynamoDbLimits.RequestTokenLifetime) return null;
        return entry.Fingerprint.AsSpan().SequenceEqual(Fingerprint) ? entry.Reads : throw DynamoDbErrors.IdempotentParameterMismatch();
    }

    /// <summary>Remembers that the request has succeeded, in its own transaction.</summary>
    public void Remember(IWriteTransaction transaction, DateTimeOffset now, IReadOnlyList<TransactionCapacity> reads)
    {
        var number = transaction.Range(Order, KeyRange.All, descending: true).Select(Number).FirstOrDefault() + 1;
        transaction.Put(Tokens, Key, new Entry(number, now, Fingerprint, reads).Write());
        transaction.Put(Order, Bytes(number), Key);
        foreach (var entry in transaction.Range(Order, KeyRange.All).Take(2).ToList())
        {
            var row = transaction.TryGet(Tokens, entry.Value.Span, out var token) ? Entry.Read(token) : null;
            // A token that was used again after its time has a younger place in the order.
            var isCurrent = row?.Number == Number(entry);
            if (isCurrent && now - row!.At < DynamoDbLimits.RequestTokenLifetime && number - row.Number < DynamoDbLimits.RequestTokens) return;
            if (isCurrent) transaction.Delete(Tokens, entry.Value.Span);
            transaction.Delete(Order, entry.Key.Span);
        }
    }

    private static long Number(Storage.Entry entry) => BinaryPrimitives.ReadInt64BigEndian(entry.Key.Span);

    private static byte[] Bytes(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }

    /// <summary>A request that succeeded.</summary>
    private sealed record Entry(long Number, DateTimeOffset At, byte[] Fingerprint, IReadOnlyList<TransactionCapacity> Reads)
    {
        public byte[] Write()
        {
            using var bytes = new MemoryStream();
            using var writer = new BinaryWriter(bytes);
            writer.Write(Version);
            writer.Write(Number);
            writer.Write(At.UtcTicks);
            writer.Write(Fingerprint);
            foreach (var read in Reads)
            {
                writer.Write(read.TableName);
                writer.Write(read.TableUnits);
            }
            return bytes.ToArray();
        }

        public static Entry Read(ReadOnlyMemory<byte> row)
        {
            using var bytes = new MemoryStream(row.ToArray());
            using var reader = new BinaryReader(bytes);
            if (reader.ReadByte() is var version && version != Version) throw new InvalidDataException($"A request token of format {version} was written by a newer version.");
            var (number, at, fingerprint) = (reader.ReadInt64(), new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero), reader.ReadBytes(Transactions.Fingerprint.Length));
            var reads = new List<TransactionCapacity>();
            while (bytes.Position < bytes.Length) reads.Add(new(reader.ReadString(), reader.ReadDouble(), IsWrite: false));
            return new(number, at, fingerprint, reads);
        }
    }
}
