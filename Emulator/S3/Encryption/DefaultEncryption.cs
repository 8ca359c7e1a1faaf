using Emulator.Protocols;
using Emulator.S3.Settings;
using static Emulator.S3.Settings.XmlShape;

namespace Emulator.S3.Encryption;

/// <summary>How a bucket encrypts objects whose requests do not say it.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionRule.html</remarks>
/// <param name="KeyId">As it was put: a key id, an alias, or the ARN of either; null: the key that AWS manages.</param>
/// <param name="Blocked">What is refused in requests; null: nothing was said of it.</param>
internal sealed record DefaultEncryption(EncryptionMethod Method, string? KeyId, bool UsesBucketKey, IReadOnlyList<string>? Blocked)
{
    /// <summary>What a bucket has that was never told otherwise. Recorded: test_s3_default_bucket_encryption</summary>
    public static DefaultEncryption S3 { get; } = new(EncryptionMethod.S3, null, false, null);

    private static readonly XmlShape Shape = Parent("ServerSideEncryptionConfiguration",
        Parent("Rule",
            Parent("ApplyServerSideEncryptionByDefault", Choice("SSEAlgorithm", "AES256", "aws:kms", "aws:kms:dsse").Required(), Text("KMSMasterKeyID")),
            Boolean("BucketKeyEnabled"),
            Parent("BlockedEncryptionTypes", Choice("EncryptionType", "NONE", CustomerKeys).Repeated())).Required());

    private const string CustomerKeys = "SSE-C";

    public bool BlocksCustomerKeys => Blocked?.Contains(CustomerKeys) == true;

    public static DefaultEncryption Parse(XmlNode document)
    {
        var rule = Shape.Check(document).Child("Rule")!;
        var byDefault = rule.Child("ApplyServerSideEncryptionByDefault");
        var method = byDefault?.Value("SSEAlgorithm") is { } name ? ObjectEncryption.FindMethod(name)!.Value : EncryptionMethod.S3;
        var keyId = byDefault?.Value("KMSMasterKeyID");
        if (keyId is not null && method == EncryptionMethod.S3) throw EncryptionErrors.KeyNotApplicable();
        return new(method, keyId, rule.Value("BucketKeyEnabled") == "true", rule.Child("BlockedEncryptionTypes")?.All("EncryptionType").Select(type => type.Text).ToList());
    }

    public Reply ToReply()
    {
        var xml = new XmlBuilder().Root("ServerSideEncryptionConfiguration"u8).Start("Rule"u8)
            .Start("ApplyServerSideEncryptionByDefault"u8).Element("SSEAlgorithm"u8, ObjectEncryption.NameOf(Method)).Element("KMSMasterKeyID"u8, KeyId).End("ApplyServerSideEncryptionByDefault"u8)
            .Element("BucketKeyEnabled"u8, UsesBucketKey);
        if (Blocked is not null)
        {
            xml.Start("BlockedEncryptionTypes"u8);
            foreach (var type in Blocked) xml.Element("EncryptionType"u8, type);
            xml.End("BlockedEncryptionTypes"u8);
        }
        return xml.End("Rule"u8).End("ServerSideEncryptionConfiguration"u8).ToReply();
    }
}
