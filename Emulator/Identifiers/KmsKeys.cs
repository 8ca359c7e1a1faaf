namespace Emulator.Identifiers;

/// <summary>The keys of KMS that services name: those that AWS manages in each account, and whatever key or alias a request names, since no key can be created here.</summary>
internal static class KmsKeys
{
    public const string DynamoDbAlias = "alias/aws/dynamodb";
    public const string S3Alias = "alias/aws/s3";

    /// <summary>The id of the key behind an alias.</summary>
    public static string IdOfAlias(string account, string region, string alias) => StableId.Uuid("kms-key", account, region, alias).ToString();

    public static string ArnOfId(string account, string region, string id) => $"arn:aws:kms:{region}:{account}:key/{id}";

    /// <summary>The ARN of the key that a key id, key ARN, alias or alias ARN names.</summary>
    public static string Arn(string account, string region, string key)
    {
        if (key.StartsWith("alias/", StringComparison.Ordinal)) return ArnOfId(account, region, IdOfAlias(account, region, key));
        if (!key.StartsWith("arn:", StringComparison.Ordinal)) return ArnOfId(account, region, key);
        var parts = key.Split(':', 6);
        return parts.Length == 6 && parts[5].StartsWith("alias/", StringComparison.Ordinal) ? ArnOfId(parts[4], parts[3], IdOfAlias(parts[4], parts[3], parts[5])) : key;
    }
}
