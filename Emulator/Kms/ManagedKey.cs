using System.Text.Json.Serialization;
using Emulator.Identifiers;

namespace Emulator.Kms;

/// <summary>A key that AWS manages for one service in each account and region.</summary>
internal sealed record ManagedKey(string Alias, string Account, string Region)
{
    public static IReadOnlyList<string> Aliases { get; } = [KmsKeys.DynamoDbAlias, KmsKeys.S3Alias];

    private string Id => KmsKeys.IdOfAlias(Account, Region, Alias);

    public string Arn => KmsKeys.ArnOfId(Account, Region, Id);

    public bool Is(string id) => id == Id;

    // Source: https://github.com/localstack/localstack/blob/main/tests/aws/services/dynamodb/test_dynamodb.snapshot.json and .../s3/test_s3_api.snapshot.json, recorded from AWS.
    public KeyMetadata Metadata => new(Account, Id, Arn, StableId.Of("kms-material", Account, Region, Alias, "0123456789abcdef", 64),
        $"Default key that protects my {(Alias == KmsKeys.S3Alias ? "S3 objects" : "DynamoDB data")} when no other key is defined");
}

/// <summary>A key as KMS describes it.</summary>
/// <remarks>https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html</remarks>
internal sealed record KeyMetadata(
    [property: JsonPropertyName("AWSAccountId")] string Account,
    string KeyId,
    string Arn,
    string CurrentKeyMaterialId,
    string Description)
{
    /// <summary>2020-01-01: the keys that AWS manages are older than what they encrypt.</summary>
    public long CreationDate { get; init; } = 1577836800;

    public bool Enabled { get; init; } = true;

    public string KeyUsage { get; init; } = "ENCRYPT_DECRYPT";

    public string KeyState { get; init; } = "Enabled";

    public string Origin { get; init; } = "AWS_KMS";

    public string KeyManager { get; init; } = "AWS";

    public string CustomerMasterKeySpec { get; init; } = "SYMMETRIC_DEFAULT";

    public string KeySpec { get; init; } = "SYMMETRIC_DEFAULT";

    public IReadOnlyList<string> EncryptionAlgorithms { get; init; } = ["SYMMETRIC_DEFAULT"];

    public bool MultiRegion { get; init; }
}
