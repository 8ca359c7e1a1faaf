using System.Globalization;
using Emulator.DynamoDb.Input;
using Emulator.Identifiers;

namespace Emulator.DynamoDb.Tables;

/// <summary>With which key a table is encrypted: one of KMS, or where none is named one that AWS owns.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSESpecification.html; texts and limits: DDB-TABLE-081, 082, 141 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, taken from AWS.</remarks>
internal static class TableEncryption
{
    public static Table WithEncryption(this Table table, SseInput specification, DateTimeOffset now)
    {
        if (!specification.UsesKms && table.KmsKeyArn is null) throw DynamoDbErrors.Invalid("Table is already encrypted by default");
        // Only the ARN is compared: another name of the same key encrypts the table anew.
        if (specification.KMSMasterKeyId is { } key && key == table.KmsKeyArn)
        {
            throw DynamoDbErrors.Invalid("Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key");
        }
        return table with { KmsKeyArn = KeyArn(table.Account, table.Region, specification), EncryptionChanges = WithinLimit(table.EncryptionChanges, now) };
    }

    /// <summary>The key that a specification asks for; null for the one that AWS owns.</summary>
    public static string? KeyArn(string account, string region, SseInput? specification) =>
        specification is { UsesKms: true } ? KmsKeys.Arn(account, region, specification.KMSMasterKeyId ?? KmsKeys.DynamoDbAlias) : null;

    private static List<DateTimeOffset> WithinLimit(IReadOnlyList<DateTimeOffset> changes, DateTimeOffset now)
    {
        var recent = changes.Where(change => change > now - DynamoDbLimits.EncryptionChangesWindow).ToList();
        if (recent.Count >= DynamoDbLimits.EncryptionChanges && now < recent[^1] + DynamoDbLimits.EncryptionChangeInterval)
        {
            throw DynamoDbErrors.LimitExceeded(
                $"Encryption mode changes are limited in the 24h window ending at {Text(recent[0] + DynamoDbLimits.EncryptionChangesWindow)}. After the first {DynamoDbLimits.EncryptionChanges} change, each subsequent change in the same window can be performed at most once every {DynamoDbLimits.EncryptionChangeInterval.TotalSeconds} seconds. " +
                $"Number of updates today: {recent.Count}. Last change at {Text(recent[^1])}. Next changes can be made at {Text(recent[^1] + DynamoDbLimits.EncryptionChangeInterval)}.");
        }
        return [.. recent, now];
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
