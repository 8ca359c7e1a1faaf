using Emulator.Configuration;
using Emulator.Storage;
using Emulator.Tests.Storage;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Transactions;

/// <summary>A process that writes transactions is killed, again and again.</summary>
internal sealed class TransferCrashTests
{
    private const int Rounds = 6;

    private readonly TemporaryFolder _folder = new();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public async Task A_killed_process_leaves_every_acknowledged_transaction_whole_and_none_by_halves()
    {
        var random = new Random(7);
        var acknowledged = new long[TransferWriter.Writers];
        for (var round = 0; round < Rounds; round++)
        {
            var before = acknowledged.Sum();
            await CrashProcess.RunAndKillAsync(TransferWriter.Command, _folder.Path, random.Next(1, 150), acknowledged);
            Assert.That(acknowledged.Sum(), Is.GreaterThan(before), "the round wrote something");
            await CheckAsync(acknowledged);
        }
        TestContext.Out.WriteLine($"{acknowledged.Sum()} transactions acknowledged in {Rounds} rounds");
    }

    private async Task CheckAsync(long[] acknowledged)
    {
        await using var service = new DirectService(SqliteStore.Open(_folder.Path, Durability.Process));
        var transfers = new Transfers(service);
        var expected = Enumerable.Repeat((long)Transfers.Balance, Transfers.Accounts).ToArray();
        var lines = new List<Transfer>();
        for (var writer = 0; writer < TransferWriter.Writers; writer++)
        {
            var count = await transfers.CountAsync(writer);
            Assert.That(count, Is.AtLeast(acknowledged[writer]));
            var ledger = await transfers.LedgerAsync(writer);
            Assert.That(ledger.Select(transfer => transfer.Number), Is.EqualTo(Enumerable.Range(1, (int)count)), "one line for each transfer that is counted");
            foreach (var transfer in ledger) (expected[transfer.From], expected[transfer.To]) = (expected[transfer.From] - transfer.Amount, expected[transfer.To] + transfer.Amount);
            lines.AddRange(ledger);
        }
        Assert.That(await transfers.BalancesAsync(), Is.EqualTo(expected));
        for (var from = 0; from < Transfers.Accounts; from++)
        {
            Assert.That(await transfers.IndexAsync(from), Is.EquivalentTo(lines.Where(transfer => transfer.From == from)), "the index agrees with the table");
        }
        var table = (await service.SendAsync("DescribeTable", """{"TableName":"Ledger"}"""))["Table"]!;
        Assert.That(table["ItemCount"]!.GetValue<int>(), Is.EqualTo(lines.Count));
    }
}
