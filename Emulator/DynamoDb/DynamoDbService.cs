using Emulator.Configuration;
using Emulator.DynamoDb.Backups;
using Emulator.DynamoDb.Configured;
using Emulator.DynamoDb.Items;
using Emulator.DynamoDb.ResourcePolicies;
using Emulator.DynamoDb.Statuses;
using Emulator.DynamoDb.Streams;
using Emulator.DynamoDb.Tables;
using Emulator.DynamoDb.Throughput;
using Emulator.DynamoDb.TimeToLive;
using Emulator.DynamoDb.Transactions;
using Emulator.Identifiers;
using Emulator.Integration;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.DynamoDb;

/// <summary>The tables and items of DynamoDB: its state and its one door.</summary>
internal sealed class DynamoDbService(ServiceContext context, IObjectStorage? objects = null) : IServiceSlice, IAsyncDisposable
{
    /// <summary>Deletes items that have expired.</summary>
    public ItemExpiry Expiry { get; } = new(context.Store, context.Clock);

    public IStore Store => Expiry.Store;

    /// <summary>Removes old records of streams.</summary>
    public StreamTrimmer Trimmer { get; } = new(context.Store, context.Clock);

    public IdSource Ids { get; } = context.Ids;

    public EmulatorConfig Config { get; } = context.Config;

    public EmulatorClock Clock { get; } = context.Clock;

    public TableStore Tables { get; } = new(context.Store, context.Clock);

    /// <summary>How long tables and indexes are on their way.</summary>
    public Transitions Transitions { get; } = new(context.Config.StatusDuration);

    /// <summary>The objects of S3, which exports write and imports read.</summary>
    public IObjectStorage Objects => objects ?? throw new InvalidOperationException("This service has no S3.");

    public BackgroundWork Background { get; } = new(context.Clock);

    /// <summary>The policies of tables and streams, which the authorizer asks for.</summary>
    public PolicyStore Policies { get; } = new(context.Store);

    public OngoingTransactions Transactions { get; } = new();

    /// <summary>What requests spend of the capacity of tables and indexes.</summary>
    public TableThroughput Throughput { get; } = new(context.Clock, context.Config.Capacity is CapacityMode.Enforce);

    /// <summary>Tables as Application Auto Scaling sees them.</summary>
    public IScalableTables Scalable => new ScalableTables(this);

    /// <summary>How Application Auto Scaling scales tables and their replicas; null where there is none. Set by who puts the services together.</summary>
    public ICapacityScaling? Scaling { get; set; }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> ApplyAsync(CancellationToken cancelled)
    {
        Throughput.Reset();
        await UnfinishedTables.RemoveAllAsync(this);
        var differences = await DeclaredTables.ApplyAsync(this, cancelled);
        await UpdateTimeToLive.ResumeAsync(this);
        Arm();
        return differences;
    }

    /// <inheritdoc/>
    public IEnumerable<ResourceSummary> Resources()
    {
        foreach (var table in Tables.All()) yield return new("dynamodb", "Table", table.Name, table.Id.ToString(), table.Arn);
    }

    void IServiceSlice.Resume() => Arm();

    public async ValueTask DisposeAsync()
    {
        await Expiry.DisposeAsync();
        await Trimmer.DisposeAsync();
        await Background.DisposeAsync();
    }

    private void Arm()
    {
        Expiry.Arm();
        Trimmer.Arm();
    }

    /// <summary>Changes one item of a table, unless a transaction on it is under way: nothing else is written to it between the reading and the writing.</summary>
    /// <param name="change">Given the table as it now is and the item as it was; returns the item as it shall be, and an answer.</param>
    public ValueTask<T> ChangeAsync<T>(Table found, byte[] key, Func<Table, Item, (Item After, T Answer)> change)
    {
        Transactions.Refuse(key);
        return Store.WriteAsync(transaction =>
        {
            var table = TableStore.Require(transaction, found);
            Throughput.AdmitWrite(table, key);
            var before = TableItems.Get(transaction, key);
            var (after, answer) = Changed(table, key, before, change);
            Throughput.SpendWrite(table, before, after, key);
            TableItems.Replace(transaction, table, key, before, after, new(Clock.GetUtcNow()));
            return answer;
        });
    }

    private (Item After, T Answer) Changed<T>(Table table, byte[] key, Item before, Func<Table, Item, (Item After, T Answer)> change)
    {
        try
        {
            return change(table, before);
        }
        catch (AwsException error) when (error.Code is "ConditionalCheckFailedException" or "DuplicateItemException")
        {
            Throughput.SpendFailedWrite(table, before, key);
            throw;
        }
    }
}
