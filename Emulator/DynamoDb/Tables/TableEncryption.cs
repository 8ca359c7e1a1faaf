using Emulator.DynamoDb.Input;
using Emulator.Identifiers;

namespace Emulator.DynamoDb.Tables;

/// <summary>With which key a table is encrypted: one of KMS, or where none is named one that AWS owns.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSESpecification.html</remarks>
internal static class TableEncryption
{
    public static Table WithEncryption(this Table table, SseInput? specification) => specification is null ? table : table with
    {
        KmsKeyArn = specification.Enabled == true ? KeyArn(table.Account, table.Region, specification.KMSMasterKeyId) : null,
    };

    /// <summary>The key of the request, or the one that KMS keeps for DynamoDB in each account.</summary>
    private static string KeyArn(string account, string region, string? key) =>
        key is not null && key.StartsWith("arn:", StringComparison.Ordinal)
            ? key
            : $"arn:aws:kms:{region}:{account}:key/{key ?? StableId.Uuid("kms-key", account, region, "alias/aws/dynamodb").ToString()}";
}
