using Emulator.DynamoDb.Items;

namespace Emulator.DynamoDb.Transactions;

/// <summary>The items and request tokens of the transactions that are accepted and not yet committed. They end with the process, as those transactions do.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling</remarks>
internal sealed class OngoingTransactions
{
    private readonly Lock _lock = new();
    private readonly HashSet<byte[]> _items = new(BytesComparer.Instance);
    private readonly HashSet<byte[]> _tokens = new(BytesComparer.Instance);
    private volatile bool _any;

    /// <summary>Whether a transaction on this item is under way. Where none is at all, this costs a glance.</summary>
    public bool Holds(byte[] key)
    {
        if (!_any) return false;
        lock (_lock) return _items.Contains(key);
    }

    /// <summary>Refuses to write an item that is in a transaction.</summary>
    public void Refuse(byte[] key)
    {
        if (Holds(key)) throw DynamoDbErrors.TransactionConflict();
    }

    /// <summary>Takes the items into a transaction, and returns null; where some are in another already, takes none and tells which.</summary>
    public bool[]? Enter(IReadOnlyList<byte[]> keys)
    {
        lock (_lock)
        {
            bool[] held = [.. keys.Select(_items.Contains)];
            if (held.Contains(true)) return held;
            foreach (var key in keys) _items.Add(key);
            _any = true;
            return null;
        }
    }

    public void Leave(IReadOnlyList<byte[]> keys)
    {
        lock (_lock)
        {
            foreach (var key in keys) _items.Remove(key);
            _any = _items.Count > 0;
        }
    }

    /// <summary>False where a request with this token is still being carried out.</summary>
    public bool TryBegin(RequestToken token)
    {
        lock (_lock) return _tokens.Add(token.Key);
    }

    public void End(RequestToken token)
    {
        lock (_lock) _tokens.Remove(token.Key);
    }
}
