namespace Emulator.S3.ObjectLock;

/// <summary>How a version is kept from being deleted until a moment.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html#object-lock-retention-modes</remarks>
internal sealed record ObjectRetention(RetentionMode Mode, DateTimeOffset RetainUntil);

/// <summary>Governance can be bypassed by who may; compliance by nobody.</summary>
internal enum RetentionMode : byte { Governance, Compliance }
