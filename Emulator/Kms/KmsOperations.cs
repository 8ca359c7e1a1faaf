using System.Text.Json.Serialization;
using Emulator.Protocols;

namespace Emulator.Kms;

/// <summary>What KMS can do (awsJson 1.1, <c>TrentService</c>): tell the keys that other services name.</summary>
/// <remarks>https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html</remarks>
internal static class KmsOperations
{
    public static OperationTable<KmsService> Table { get; } = new OperationTable<KmsService>(KmsJson.Default)
        .Json<DescribeKeyInput, DescribeKeyOutput>("DescribeKey", "kms:DescribeKey", DescribeKey.Resource, DescribeKey.Execute)
        .NotBuilt(
            "CancelKeyDeletion", "ConnectCustomKeyStore", "CreateAlias", "CreateCustomKeyStore", "CreateGrant", "CreateKey", "Decrypt", "DeleteAlias", "DeleteCustomKeyStore", "DeleteImportedKeyMaterial",
            "DeriveSharedSecret", "DescribeCustomKeyStores", "DisableKey", "DisableKeyRotation", "DisconnectCustomKeyStore", "EnableKey", "EnableKeyRotation", "Encrypt", "GenerateDataKey",
            "GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext", "GenerateDataKeyWithoutPlaintext", "GenerateMac", "GenerateRandom", "GetKeyLastUsage", "GetKeyPolicy", "GetKeyRotationStatus",
            "GetParametersForImport", "GetPublicKey", "ImportKeyMaterial", "ListAliases", "ListGrants", "ListKeyPolicies", "ListKeyRotations", "ListKeys", "ListResourceTags", "ListRetirableGrants",
            "PutKeyPolicy", "ReEncrypt", "ReplicateKey", "RetireGrant", "RevokeGrant", "RotateKeyOnDemand", "ScheduleKeyDeletion", "Sign", "TagResource", "UntagResource", "UpdateAlias",
            "UpdateCustomKeyStore", "UpdateKeyDescription", "UpdatePrimaryRegion", "Verify", "VerifyMac");
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DescribeKeyInput))]
[JsonSerializable(typeof(DescribeKeyOutput))]
internal sealed partial class KmsJson : JsonSerializerContext;
