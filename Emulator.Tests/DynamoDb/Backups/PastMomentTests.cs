using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Emulator.Storage;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Backups;

/// <summary>Random histories, restored to random moments of them, against what a dictionary was then.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class PastMomentTests(bool onDisk) : BackupFixture(onDisk)
{
    private readonly Dictionary<string, string> _model = [];

    [Test]
    public async Task A_table_is_restored_to_what_it_was([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        var moments = new SortedDictionary<DateTime, string>();
        for (var i = 0; i < 30; i++) await ChangeAsync(random);
        await EnableRecoveryAsync(Range);
        moments[Now] = Text();
        for (var i = 0; i < 250; i++)
        {
            if (random.Next(3) == 0) Aws.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(1, 100_000)));
            await ChangeAsync(random);
            moments[Now] = Text();
        }
        foreach (var (moment, expected) in moments.Where(_ => random.Next(10) == 0))
        {
            var target = $"R{moment.Ticks}";
            await DynamoDb.RestoreTableToPointInTimeAsync(new RestoreTableToPointInTimeRequest { SourceTableName = Range, TargetTableName = target, RestoreDateTime = moment });
            Assert.That(await ItemsAsync(target), Is.EqualTo(expected), moment.ToString("O"));
        }
    }

    [Test]
    public async Task The_history_does_not_outgrow_the_recovery_period()
    {
        await using var service = new DirectService();
        await service.CreateTableAsync("Notes", "p");
        await service.SendAsync("UpdateContinuousBackups", """{"TableName":"Notes","PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true,"RecoveryPeriodInDays":2}}""");
        for (var hour = 0; hour < 240; hour++)
        {
            await service.SendAsync("PutItem", $$$"""{"TableName":"Notes","Item":{"p":{"S":"{{{hour}}}"} } }""");
            service.Service.Clock.Advance(TimeSpan.FromHours(1));
        }
        using var snapshot = service.Store.Snapshot();
        // Two entries a change, 48 changes in two days.
        Assert.That(snapshot.Range(new("dynamodb.history"), KeyRange.All).Count(), Is.EqualTo(2 * 48).Within(4));
    }

    private async Task ChangeAsync(Random random)
    {
        var key = (P: $"p{random.Next(3)}\0", C: random.Next(6).ToString(CultureInfo.InvariantCulture));
        var (p, c) = (S(key.P), S(key.C));
        switch (random.Next(5))
        {
            case 0:
                await DynamoDb.DeleteItemAsync(Range, Item(("p", p), ("c", c)));
                _model.Remove($"c={key.C},p={key.P}");
                break;
            case 1:
                await DynamoDb.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>> { [Range] = [new(new PutRequest(Item(("p", p), ("c", c))))] });
                _model[$"c={key.C},p={key.P}"] = "";
                break;
            default:
                var value = random.Next(1000).ToString(CultureInfo.InvariantCulture);
                await PutAsync(Range, ("p", p), ("c", c), ("v", N(value)));
                _model[$"c={key.C},p={key.P}"] = $",v={value}";
                break;
        }
    }

    private string Text() => string.Join(' ', _model.Select(pair => pair.Key + pair.Value).Order(StringComparer.Ordinal));
}
