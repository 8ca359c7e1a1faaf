using Amazon.DynamoDBv2.Model;
using Emulator.Tests.Storage;

namespace Emulator.Tests.DynamoDb.Backups;

/// <summary>The tables of <see cref="DynamoDbFixture"/> on one of the stores, with a clock that stands.</summary>
internal abstract class BackupFixture(bool onDisk) : DynamoDbFixture, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected const string Account = "000000000000";

    protected DateTime Now => Aws.Clock.GetUtcNow().UtcDateTime;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override async Task<AwsEmulator> StartAwsAsync()
    {
        var aws = await AwsEmulator.StartAsync(options => options.DataFolder = onDisk ? _folder.Path : null);
        aws.Clock.Freeze();
        aws.Clock.Set(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        return aws;
    }

    protected async Task<string> BackUpAsync(string table, string name = "backup") =>
        (await DynamoDb.CreateBackupAsync(new CreateBackupRequest { TableName = table, BackupName = name })).BackupDetails.BackupArn;

    protected Task<RestoreTableFromBackupResponse> RestoreAsync(string backupArn, string target) =>
        DynamoDb.RestoreTableFromBackupAsync(new RestoreTableFromBackupRequest { BackupArn = backupArn, TargetTableName = target });

    protected Task EnableRecoveryAsync(string table, int? days = null) => DynamoDb.UpdateContinuousBackupsAsync(new UpdateContinuousBackupsRequest
    {
        TableName = table,
        PointInTimeRecoverySpecification = new() { PointInTimeRecoveryEnabled = true, RecoveryPeriodInDays = days },
    });

    /// <summary>The items of a table as text, in the order of the text.</summary>
    protected async Task<string> ItemsAsync(string table)
    {
        var items = (await DynamoDb.ScanAsync(new ScanRequest { TableName = table, ConsistentRead = true })).Items;
        return string.Join(' ', items.Select(item => string.Join(',', item.OrderBy(attribute => attribute.Key, StringComparer.Ordinal).Select(attribute => $"{attribute.Key}={attribute.Value.S ?? attribute.Value.N}"))).Order(StringComparer.Ordinal));
    }
}
