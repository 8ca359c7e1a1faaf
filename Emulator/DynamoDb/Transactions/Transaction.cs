using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Throughput;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb.Transactions;

/// <summary>Writes several items of several tables, or none: what TransactWriteItems and ExecuteTransaction do.</summary>
internal static class Transaction
{
    /// <summary>Carries the actions out and says what they consumed; where a request with this token has succeeded before, only what it would cost to read their items.</summary>
    public static async ValueTask<IReadOnlyList<TransactionCapacity>> WriteAsync(DynamoDbService service, Call call, IReadOnlyList<TransactionAction> actions, RequestToken? token)
    {
        if (token is null) return await CommitAsync(service, Prepare(service, call, actions), null);
        if (!service.Transactions.TryBegin(token)) throw DynamoDbErrors.TransactionInProgress();
        try
        {
            return Find(service, token) ?? await CommitAsync(service, Prepare(service, call, actions), token);
        }
        finally
        {
            service.Transactions.End(token);
        }
    }

    /// <summary>Reads the items of several tables at one moment; cancelled where nothing is left to pay for one of them.</summary>
    public static List<Item> Read(DynamoDbService service, IReader reader, List<(Table Table, byte[] Key)> reads)
    {
        var throttled = reads.ConvertAll(read => service.Throughput.CheckRead(read.Table, null, read.Key));
        if (throttled.Exists(one => one is not null)) throw Cancelled(throttled);
        return reads.ConvertAll(read =>
        {
            var item = TableItems.Get(reader, read.Key);
            service.Throughput.SpendRead(read.Table, new(TransactionCapacity.Read(item.Size)), read.Key);
            return item;
        });
    }

    /// <summary>A table of another account or region cancels the transaction; in which words, AWS does not document.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#API_TransactWriteItems_Errors</remarks>
    public static CancellationReason? FaultOf(Call call, Table table) =>
        table.Account == call.Account && table.Region == call.Region ? null
        : CancellationReason.Of(DynamoDbErrors.Invalid($"The table {table.Arn} is in a different account or region"));

    private static IReadOnlyList<TransactionCapacity>? Find(DynamoDbService service, RequestToken token)
    {
        using var snapshot = service.Store.Snapshot();
        return token.Find(snapshot, service.Clock.GetUtcNow());
    }

    /// <summary>Finds the tables and the items of the actions, and what of them cannot be. The first fault cancels; the actions after it are not looked at.</summary>
    /// <remarks>Observed: test_transact_write_cancellation_reasons_validationerror of scylladb/scylladb test/alternator.</remarks>
    private static List<PreparedAction> Prepare(DynamoDbService service, Call call, IReadOnlyList<TransactionAction> actions)
    {
        var tables = actions.Select(action => service.Tables.Require(TableName.Parse(call, action.TableName))).ToList();
        var prepared = new List<PreparedAction>();
        var keys = new HashSet<byte[]>(BytesComparer.Instance);
        AwsException? cancelled = null;
        for (var i = 0; i < actions.Count; i++)
        {
            if (TryPrepare(call, actions[i], tables[i], out var fault) is not { } action)
            {
                cancelled ??= CancellationReason.Cancelled(actions.Count, i, fault!);
                continue;
            }
            if (!keys.Add(action.Key)) throw DynamoDbErrors.MultipleOperationsOnOneItem();
            prepared.Add(action);
        }
        return cancelled is null ? prepared : throw cancelled;
    }

    private static PreparedAction? TryPrepare(Call call, TransactionAction action, Table table, out CancellationReason? fault)
    {
        fault = FaultOf(call, table);
        if (fault is not null) return null;
        try
        {
            return new(action, table, action.Write.KeyIn(table));
        }
        catch (AwsException error) when (ReasonOf(error) is not null)
        {
            fault = ReasonOf(error);
            return null;
        }
    }

    private static async ValueTask<IReadOnlyList<TransactionCapacity>> CommitAsync(DynamoDbService service, List<PreparedAction> actions, RequestToken? token)
    {
        var keys = actions.ConvertAll(action => action.Key);
        if (service.Transactions.Enter(keys) is { } held) throw CancellationReason.Cancelled(Array.ConvertAll(held, isHeld => isHeld ? CancellationReason.Conflict : CancellationReason.None));
        try
        {
            return await service.Store.WriteAsync(transaction => Commit(service, transaction, actions, token));
        }
        finally
        {
            service.Transactions.Leave(keys);
        }
    }

    private static List<TransactionCapacity> Commit(DynamoDbService service, IWriteTransaction transaction, List<PreparedAction> actions, RequestToken? token)
    {
        var now = service.Clock.GetUtcNow();
        var changes = Apply(service, transaction, actions);
        Spend(service, changes);
        for (var i = 0; i < changes.Count; i++) Replace(transaction, changes, i, now);
        token?.Remember(transaction, now, TransactionCapacity.Sum(changes.Select(change => new TransactionCapacity(change.Action.Action.TableName, TransactionCapacity.Read(Math.Max(change.Before.Size, change.After.Size)), IsWrite: false))));
        return TransactionCapacity.Sum(changes.Select(change => TransactionCapacity.OfWrite(change.Action.Action.TableName, change.Table, change.Before, change.After)));
    }

    private static void Replace(IWriteTransaction transaction, List<(PreparedAction Action, Table Table, Item Before, Item After)> changes, int at, DateTimeOffset now)
    {
        var (action, table, before, after) = changes[at];
        if (action.Action.Write is ItemCheck) return;
        try
        {
            TableItems.Replace(transaction, table, action.Key, before, after, new(now));
        }
        // An item collection that is full.
        catch (AwsException error) when (ReasonOf(error) is not null)
        {
            throw CancellationReason.Cancelled(changes.Count, at, ReasonOf(error)!);
        }
    }

    /// <summary>Spends what the changes cost; cancelled where a table or a global index has too little left. What was spent until then is gone, as in AWS, where a transaction that fails costs too.</summary>
    private static void Spend(DynamoDbService service, List<(PreparedAction Action, Table Table, Item Before, Item After)> changes)
    {
        var throttled = changes.ConvertAll(change => service.Throughput.TrySpendWrite(change.Table, change.Before, change.After, change.Action.Key, inTransaction: true));
        if (throttled.Exists(one => one is not null)) throw Cancelled(throttled);
    }

    private static AwsException Cancelled(List<Throttling?> throttled)
    {
        var errors = throttled.ConvertAll(one => one?.Exception());
        return errors.Find(error => error is not null && CancellationReason.Of(error) is null)
            ?? CancellationReason.Cancelled(errors.ConvertAll(error => error is null ? CancellationReason.None : CancellationReason.Of(error)!));
    }

    /// <summary>What becomes of the items; cancelled with the reasons of all that cannot be.</summary>
    private static List<(PreparedAction Action, Table Table, Item Before, Item After)> Apply(DynamoDbService service, IWriteTransaction transaction, List<PreparedAction> actions)
    {
        var changes = new List<(PreparedAction, Table, Item, Item)>(actions.Count);
        CancellationReason[]? reasons = null;
        for (var i = 0; i < actions.Count; i++)
        {
            var table = TableStore.Require(transaction, actions[i].Table);
            var before = TableItems.Get(transaction, actions[i].Key);
            try
            {
                service.Throughput.AdmitWrite(table, actions[i].Key);
                changes.Add((actions[i], table, before, actions[i].Action.Write.Apply(table, before)));
            }
            catch (AwsException error) when (ReasonOf(error) is not null)
            {
                reasons ??= [.. Enumerable.Repeat(CancellationReason.None, actions.Count)];
                reasons[i] = ReasonOf(error)!;
            }
        }
        return reasons is null ? changes : throw CancellationReason.Cancelled(reasons);
    }

    /// <summary>What refuses the single operation is here a reason beside others, except that an empty key, of the table or an index, refuses the whole request.</summary>
    /// <remarks>Observed: test_transact_put_empty_string_table_key_is_top_level_validation and its neighbours in tests/transactions.rs of nubo-db/dynoxide, taken from AWS in four regions.</remarks>
    private static CancellationReason? ReasonOf(AwsException error) =>
        error.Message.Contains("cannot contain an empty", StringComparison.Ordinal) ? null : CancellationReason.Of(error);
}
