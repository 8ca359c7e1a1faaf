using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Emulator.Tests.DynamoDb.Backups;

[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html")]
[Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html")]
[TestFixture(false)]
[TestFixture(true)]
internal sealed class PointInTimeRecoveryTests(bool onDisk) : BackupFixture(onDisk)
{
    [Test]
    public async Task Recovery_is_disabled_until_it_is_enabled()
    {
        var before = await DescribeAsync(Hash);
        Assert.That((before.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus.Value, before.PointInTimeRecoveryDescription.EarliestRestorableDateTime), Is.EqualTo(("DISABLED", (DateTime?)null)));
        Aws.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await DescribeAsync(Hash)).ContinuousBackupsStatus.Value, Is.EqualTo("ENABLED"));
        var enabled = Now;
        await EnableRecoveryAsync(Hash);
        Aws.Clock.Advance(TimeSpan.FromHours(3));
        var after = await DescribeAsync(Hash);
        var recovery = after.PointInTimeRecoveryDescription;
        Assert.That((after.ContinuousBackupsStatus.Value, recovery.PointInTimeRecoveryStatus.Value, recovery.RecoveryPeriodInDays), Is.EqualTo(("ENABLED", "ENABLED", (int?)35)));
        Assert.That((recovery.EarliestRestorableDateTime!.Value.ToUniversalTime(), recovery.LatestRestorableDateTime!.Value.ToUniversalTime()), Is.EqualTo((enabled, Now)));
    }

    [Test]
    public async Task The_earliest_moment_moves_with_the_period_and_does_not_come_back_with_a_longer_one()
    {
        var enabled = Now;
        await EnableRecoveryAsync(Hash, 7);
        Aws.Clock.Advance(TimeSpan.FromDays(10));
        Assert.That(await EarliestAsync(Hash), Is.EqualTo(enabled.AddDays(3)));
        await EnableRecoveryAsync(Hash, 35);
        Assert.That(await EarliestAsync(Hash), Is.EqualTo(enabled.AddDays(3)));
        Aws.Clock.Advance(TimeSpan.FromDays(40));
        Assert.That(await EarliestAsync(Hash), Is.EqualTo(enabled.AddDays(15)));
    }

    [Test]
    public async Task A_table_is_restored_to_each_moment_of_its_past()
    {
        await PutAsync(Hash, ("p", S("a")), ("v", N("0")));
        await EnableRecoveryAsync(Hash);
        var enabled = Now;
        Aws.Clock.Advance(TimeSpan.FromSeconds(1));
        await PutAsync(Hash, ("p", S("a")), ("v", N("1")));
        await PutAsync(Hash, ("p", S("a")), ("v", N("2")));
        await PutAsync(Hash, ("p", S("b")));
        var written = Now;
        Aws.Clock.Advance(TimeSpan.FromSeconds(1));
        await DynamoDb.DeleteItemAsync(Hash, Item(("p", S("a"))));
        var deleted = Now;
        Aws.Clock.Advance(TimeSpan.FromDays(1));
        await PutAsync(Hash, ("p", S("b")), ("v", N("3")));

        Assert.That(await ItemsAtAsync(Hash, "Restored1", enabled), Is.EqualTo("p=a,v=0"));
        Assert.That(await ItemsAtAsync(Hash, "Restored2", written.AddMilliseconds(-1)), Is.EqualTo("p=a,v=0"));
        Assert.That(await ItemsAtAsync(Hash, "Restored3", written), Is.EqualTo("p=a,v=2 p=b"));
        Assert.That(await ItemsAtAsync(Hash, "Restored4", deleted), Is.EqualTo("p=b"));
        Assert.That(await ItemsAtAsync(Hash, "Restored5", null), Is.EqualTo("p=b,v=3"));
        var summary = (await DynamoDb.DescribeTableAsync("Restored3")).Table.RestoreSummary;
        Assert.That((summary.SourceBackupArn, summary.SourceTableArn, summary.RestoreDateTime!.Value.ToUniversalTime()), Is.EqualTo(((string?)null, $"arn:aws:dynamodb:us-east-1:{Account}:table/{Hash}", written)));
        Assert.That((await DescribeAsync("Restored3")).PointInTimeRecoveryDescription.PointInTimeRecoveryStatus.Value, Is.EqualTo("DISABLED"));
    }

    [Test]
    public async Task Only_the_recovery_period_can_be_restored()
    {
        const string OutOfRange = "An invalid restore time was specified. RestoreDateTime must be between EarliestRestorableDateTime and LatestRestorableDateTime.";
        Fails(() => ItemsAtAsync(Hash, "Restored", null), "PointInTimeRecoveryUnavailableException", $"Point in time recovery is not enabled for table '{Hash}'");
        var enabled = Now;
        await EnableRecoveryAsync(Hash, 1);
        Fails(() => ItemsAtAsync(Hash, "Restored", enabled.AddSeconds(-1)), "InvalidRestoreTimeException", OutOfRange);
        Fails(() => ItemsAtAsync(Hash, "Restored", enabled.AddSeconds(1)), "InvalidRestoreTimeException", OutOfRange);
        Aws.Clock.Advance(TimeSpan.FromHours(25));
        Fails(() => ItemsAtAsync(Hash, "Restored", enabled.AddMinutes(59)), "InvalidRestoreTimeException", OutOfRange);
        Assert.That(await ItemsAtAsync(Hash, "Restored", enabled.AddMinutes(60)), Is.Empty);
        Fails(() => ItemsAtAsync(Hash, Range, null), "TableAlreadyExistsException", $"Table already exists: {Range}");
        Fails(() => ItemsAtAsync("Nothing", "Other", null), "TableNotFoundException", "Table not found: Nothing");
    }

    [Test]
    public async Task Disabling_forgets_the_past()
    {
        await EnableRecoveryAsync(Hash);
        await PutAsync(Hash, ("p", S("a")));
        await DynamoDb.UpdateContinuousBackupsAsync(new UpdateContinuousBackupsRequest { TableName = Hash, PointInTimeRecoverySpecification = new() { PointInTimeRecoveryEnabled = false } });
        Aws.Clock.Advance(TimeSpan.FromHours(1));
        await EnableRecoveryAsync(Hash);
        Assert.That(await EarliestAsync(Hash), Is.EqualTo(Now));
        Assert.That(await ItemsAtAsync(Hash, "Restored", Now), Is.EqualTo("p=a"));
    }

    [Test]
    public async Task A_table_with_recovery_leaves_a_backup_for_35_days_when_it_is_deleted()
    {
        await EnableRecoveryAsync(Hash);
        await PutAsync(Hash, ("p", S("a")));
        await DynamoDb.DeleteTableAsync(Hash);
        await CreateAsync(Hash, ("p", ScalarAttributeType.S));
        var backup = (await DynamoDb.ListBackupsAsync(new ListBackupsRequest { BackupType = BackupTypeFilter.SYSTEM })).BackupSummaries.Single();
        Assert.That((backup.BackupName, backup.BackupType.Value, backup.TableName, backup.BackupExpiryDateTime!.Value.ToUniversalTime()), Is.EqualTo(($"{Hash}$DeletedTableBackup", "SYSTEM", Hash, Now.AddDays(35))));
        Aws.Clock.Advance(TimeSpan.FromDays(34));
        await RestoreAsync(backup.BackupArn, "Restored");
        Assert.That((await ItemsAsync("Restored"), await ItemsAsync(Hash)), Is.EqualTo(("p=a", "")));
        Aws.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That((await DynamoDb.ListBackupsAsync(new ListBackupsRequest { BackupType = BackupTypeFilter.ALL })).BackupSummaries ?? [], Is.Empty);
        Fails(() => RestoreAsync(backup.BackupArn, "Again"), "BackupNotFoundException", $"Backup not found: {backup.BackupArn}");
        await BackUpAsync("Restored");
    }

    [Test]
    [Observed("test/alternator/test_backup.py of scylladb/scylladb, taken from AWS")]
    public async Task The_description_of_a_table_without_recovery_has_its_status_only()
    {
        Fails(() => DescribeAsync("Nothing"), "TableNotFoundException", "Table not found: Nothing");
        var description = await DescribeAsync(Hash);
        Assert.That((description.ContinuousBackupsStatus.Value, description.PointInTimeRecoveryDescription.RecoveryPeriodInDays), Is.EqualTo(("DISABLED", (int?)null)));
        Refuses(() => EnableRecoveryAsync(Hash, 36), "1 validation error detected: Value '36' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays' failed to satisfy constraint: Member must have value less than or equal to 35");
    }

    private async Task<ContinuousBackupsDescription> DescribeAsync(string table) =>
        (await DynamoDb.DescribeContinuousBackupsAsync(new DescribeContinuousBackupsRequest { TableName = table })).ContinuousBackupsDescription;

    private async Task<DateTime> EarliestAsync(string table) => (await DescribeAsync(table)).PointInTimeRecoveryDescription.EarliestRestorableDateTime!.Value.ToUniversalTime();

    /// <summary>Restores a table to a moment, or to the latest one, and returns its items.</summary>
    private async Task<string> ItemsAtAsync(string table, string target, DateTime? moment)
    {
        await DynamoDb.RestoreTableToPointInTimeAsync(new RestoreTableToPointInTimeRequest { SourceTableName = table, TargetTableName = target, RestoreDateTime = moment, UseLatestRestorableTime = moment is null ? true : null });
        return await ItemsAsync(target);
    }
}
