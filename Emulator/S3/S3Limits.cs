namespace Emulator.S3;

/// <summary>The limits of S3. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html</summary>
internal static class S3Limits
{
    /// <summary>The longest key, in bytes of UTF-8. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html</summary>
    public const int KeyBytes = 1024;

    /// <summary>The largest object of a single PUT, and the largest part: 5 GiB.</summary>
    public const long PutBytes = 5L << 30;

    /// <summary>The largest object that a multipart upload makes: 48.8 TiB (5 TiB until December 2025).</summary>
    public const long ObjectBytes = 53_687_091_200_000;

    /// <summary>The largest source of CopyObject: 5 GiB. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html</summary>
    public const long CopyBytes = 5L << 30;

    /// <summary>The least size of a part that is not the last: 5 MiB.</summary>
    public const long PartBytes = 5L << 20;

    public const int PartNumbers = 10_000;

    /// <summary>Entries in one page of a list.</summary>
    public const int PageEntries = 1000;

    /// <summary>Buckets in one page of ListBuckets. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html</summary>
    public const int PageBuckets = 10_000;

    /// <summary>Keys in one DeleteObjects. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html</summary>
    public const int DeletedKeys = 1000;

    /// <summary>User metadata, names and values together, in bytes. https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html</summary>
    public const int MetadataBytes = 2048;

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html</summary>
    public const int ObjectTags = 10;

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-managing.html</summary>
    public const int BucketTags = 50;

    /// <summary>The longest default retention of a bucket. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html</summary>
    public const int RetentionDays = 36_500;
    public const int RetentionYears = 100;

    public const int TagKeyCharacters = 128;
    public const int TagValueCharacters = 256;

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html</summary>
    public const int CorsRules = 100;

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html</summary>
    public const int Notifications = 100;
    public const int NotificationIdCharacters = 255;

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html</summary>
    public const int RoutingRules = 50;

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html</summary>
    public const int LifecycleRules = 1000;

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html</summary>
    public const int LifecycleRuleIdCharacters = 255;

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationConfiguration.html</summary>
    public const int ReplicationRules = 1000;

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationRule.html</summary>
    public const int ReplicationRuleIdCharacters = 255;

    /// <summary>Smaller objects are not moved to another storage class unless a rule or the bucket says so: 128 KiB. https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html</summary>
    public const long TransitionBytes = 128 << 10;

    /// <summary>How long an object is kept at least before it moves to STANDARD_IA or ONEZONE_IA. https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html</summary>
    public const int InfrequentAccessDays = 30;

    /// <summary>A bucket policy's text. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html</summary>
    public const int PolicyBytes = 20 * 1024;

    /// <summary>The documents of a bucket's settings. Of the emulator: AWS states 64 KB for CORS and nothing for the others.</summary>
    public const int SettingsDocumentBytes = 1 << 20;

    /// <summary>The list of keys of DeleteObjects: 1,000 keys of 1,024 bytes, each byte perhaps escaped.</summary>
    public const int DeleteDocumentBytes = 8 << 20;

    /// <summary>The list of parts of CompleteMultipartUpload: 10,000 parts with their checksums.</summary>
    public const int CompleteDocumentBytes = 8 << 20;

    /// <summary>Up to this size a body stands in the store beside its row: one write instead of a file and a write. Of the emulator.</summary>
    public const int InlineBodyBytes = 16 * 1024;

    /// <summary>What is read, written and hashed at a time. Of the emulator.</summary>
    public const int CopyBufferBytes = 256 * 1024;
}
