using Emulator.Identifiers;

namespace Emulator.S3.Encryption;

/// <summary>The key of KMS that a request or a bucket's default names. No key can be created here: each that could be one is taken for one.</summary>
internal static class KmsKey
{
    private const string MultiRegionPrefix = "mrk-";

    /// <summary>The ARN of the key; of the one that AWS manages for S3 where none is named.</summary>
    /// <remarks>An alias is looked up in the requester's account: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html</remarks>
    public static string ArnOf(string? key, string account, string region)
    {
        if (string.IsNullOrEmpty(key)) return KmsKeys.Arn(account, region, KmsKeys.S3Alias);
        if (!key.StartsWith("arn:", StringComparison.Ordinal)) return IsId(key) || IsAlias(key) ? KmsKeys.Arn(account, region, key) : throw EncryptionErrors.InvalidKeyId(key);
        var parts = key.Split(':', 6);
        if (parts is not [_, _, "kms", var keyRegion, _, var resource] || !(IsAlias(resource) || (resource.StartsWith("key/", StringComparison.Ordinal) && IsId(resource[4..])))) throw EncryptionErrors.InvalidKeyId(key);
        return keyRegion == region ? KmsKeys.Arn(account, region, key) : throw EncryptionErrors.InvalidKeyRegion(keyRegion);
    }

    private static bool IsAlias(string key) => key.StartsWith("alias/", StringComparison.Ordinal);

    private static bool IsId(string key) =>
        Guid.TryParseExact(key, "D", out _) || (key.StartsWith(MultiRegionPrefix, StringComparison.Ordinal) && Guid.TryParseExact(key[MultiRegionPrefix.Length..], "N", out _));
}
