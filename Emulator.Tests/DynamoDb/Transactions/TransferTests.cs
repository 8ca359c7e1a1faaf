using Emulator.Tests.Storage;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Transactions;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-isolation")]
[TestFixtureSource(typeof(StoreEngine), nameof(StoreEngine.All))]
internal sealed class TransferTests(StoreEngine engine)
{
    private const int Clients = 16;
    private const int Rounds = 25;

    [Test]
    public async Task Transfers_lose_nothing_and_whoever_reads_in_a_transaction_sees_them_whole()
    {
        using var folder = new TemporaryFolder();
        await using var service = new DirectService(engine.Open(folder.Path));
        var transfers = new Transfers(service);
        await transfers.CreateAsync();

        var writing = Task.WhenAll(Enumerable.Range(0, Clients).Select(writer => Task.Run(() => WriteAsync(transfers, writer))));
        var reads = 0;
        while (!writing.IsCompleted || reads == 0)
        {
            Assert.That((await transfers.BalancesAsync()).Sum(), Is.EqualTo(Transfers.Accounts * Transfers.Balance));
            reads++;
        }
        await writing;

        var expected = Enumerable.Repeat((long)Transfers.Balance, Transfers.Accounts).ToArray();
        for (var writer = 0; writer < Clients; writer++)
        {
            var ledger = await transfers.LedgerAsync(writer);
            Assert.That(ledger.Select(transfer => transfer.Number), Is.EqualTo(Enumerable.Range(1, Rounds)));
            foreach (var transfer in ledger) (expected[transfer.From], expected[transfer.To]) = (expected[transfer.From] - transfer.Amount, expected[transfer.To] + transfer.Amount);
        }
        Assert.That(await transfers.BalancesAsync(), Is.EqualTo(expected).And.All.GreaterThanOrEqualTo(0));
    }

    private static async Task WriteAsync(Transfers transfers, int writer)
    {
        var random = new Random(writer);
        for (var number = 1; number <= Rounds; number++) await transfers.TransferAsync(random, writer, number);
    }
}
