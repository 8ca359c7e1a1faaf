using Emulator.Protocols;
using Emulator.S3.Rows;

namespace Emulator.S3.Replication;

/// <summary>Where replicas go, and what is other there.</summary>
/// <param name="Bucket">Its name.</param>
/// <param name="Account">Who is said to own it; null: nothing is said.</param>
/// <param name="StorageClass">null: that of the source.</param>
/// <param name="KmsKey">The ARN of the key for replicas of what KMS encrypts.</param>
/// <param name="OverridesOwner">Whether the destination's owner owns the replicas.</param>
/// <param name="HasMetrics">Whether failures are told by events.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_Destination.html</remarks>
internal sealed record ReplicationDestination(string Bucket, string? Account, string? StorageClass, string? KmsKey, bool OverridesOwner, bool HasMetrics)
{
    public const string ArnPrefix = "arn:aws:s3:::";

    public string Arn => ArnPrefix + Bucket;

    public static ReplicationDestination Parse(XmlNode node)
    {
        var arn = node.Required("Bucket");
        return new(arn.StartsWith(ArnPrefix, StringComparison.Ordinal) ? arn[ArnPrefix.Length..] : arn, node.Value("Account"), node.Value("StorageClass"),
            node.Child("EncryptionConfiguration")?.Value("ReplicaKmsKeyID"), node.Child("AccessControlTranslation") is not null, node.Child("Metrics")?.Value("Status") == "Enabled");
    }

    public void Write(RowWriter row) =>
        row.Text(Bucket).Text(Account).Text(StorageClass).Text(KmsKey).Byte(OverridesOwner ? (byte)1 : (byte)0).Byte(HasMetrics ? (byte)1 : (byte)0);

    public static ReplicationDestination Read(ref RowReader row) => new(row.Text()!, row.Text(), row.Text(), row.Text(), row.Byte() != 0, row.Byte() != 0);
}
