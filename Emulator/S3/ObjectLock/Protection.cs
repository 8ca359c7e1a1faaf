using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Objects;

namespace Emulator.S3.ObjectLock;

/// <summary>What the lock of a version forbids.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html</remarks>
internal static class Protection
{
    public const string BypassHeader = "x-amz-bypass-governance-retention";

    /// <summary>Whether the version may not be deleted.</summary>
    /// <param name="bypassesGovernance">The request asks for it, and its caller may.</param>
    public static bool Forbids(StoredObject version, DateTimeOffset now, bool bypassesGovernance) =>
        version.LegalHold is true || (version.Retention is { } retention && retention.IsInForce(now) && !(bypassesGovernance && retention.Mode == RetentionMode.Governance));

    /// <summary>Whether the retention may not be changed so: in force it may be lengthened by everyone, and otherwise changed where governance is bypassed.</summary>
    public static bool ForbidsChange(Retention? present, Retention? wanted, DateTimeOffset now, bool bypassesGovernance)
    {
        if (present is null || !present.IsInForce(now)) return false;
        if (wanted is not null && wanted.Mode == present.Mode && wanted.RetainUntil >= present.RetainUntil) return false;
        return present.Mode == RetentionMode.Compliance || !bypassesGovernance;
    }

    /// <summary>Observed: the header is refused where there is nothing to bypass, whatever it says.</summary>
    public static void CheckBypass(Bucket bucket, string? header)
    {
        if (header is not null && !bucket.HasObjectLock) throw S3Errors.InvalidArgument($"{BypassHeader} is only applicable to Object Lock enabled buckets.", BypassHeader);
    }

    public static bool MayBypass(S3Service service, Call call, string? header, string objectArn) =>
        "true".Equals(header, StringComparison.OrdinalIgnoreCase) && service.Allows(call, new("s3:BypassGovernanceRetention", objectArn));

    /// <summary>The lock of a version, to who may know it.</summary>
    public static Reply AddTo(Reply reply, StoredObject told) => reply
        .Header("x-amz-object-lock-mode", told.Retention?.ModeName)
        .Header("x-amz-object-lock-retain-until-date", told.Retention?.RetainUntilDate)
        .Header("x-amz-object-lock-legal-hold", told.LegalHold switch { null => null, true => "ON", false => "OFF" });

    /// <summary>The version with what the caller may know of its lock.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html: the headers are only for who may read retention and legal hold.</remarks>
    public static StoredObject Told(S3Service service, Call call, StoredObject found, string objectArn)
    {
        if (found.Retention is not null && !service.Allows(call, new("s3:GetObjectRetention", objectArn))) found = found with { Retention = null };
        if (found.LegalHold is not null && !service.Allows(call, new("s3:GetObjectLegalHold", objectArn))) found = found with { LegalHold = null };
        return found;
    }
}
