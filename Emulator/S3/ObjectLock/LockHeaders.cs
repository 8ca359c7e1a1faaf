using Emulator.Iam;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.SigV4.Checksums;
using Emulator.Storage;

namespace Emulator.S3.ObjectLock;

/// <summary>What the headers of an upload say of the lock of the version that it makes.</summary>
internal sealed record LockHeaders(Retention? Retention, bool? LegalHold)
{
    private const string ModeHeader = "x-amz-object-lock-mode";
    private const string DateHeader = "x-amz-object-lock-retain-until-date";
    private const string LegalHoldHeader = "x-amz-object-lock-legal-hold";

    public static LockHeaders None { get; } = new(null, null);

    public static LockHeaders Of(RestRequest request)
    {
        var (mode, date, hold) = (request.Header(ModeHeader), request.Header(DateHeader), request.Header(LegalHoldHeader));
        return mode is null && date is null && hold is null ? None : new(RetentionOf(mode, date), hold switch
        {
            null => null,
            "ON" => true,
            "OFF" => false,
            _ => throw S3Errors.InvalidArgument("Legal Hold must be either of 'ON' or 'OFF'", LegalHoldHeader, hold),
        });
    }

    public IEnumerable<Permission> Permissions(string objectArn)
    {
        if (Retention is not null) yield return new("s3:PutObjectRetention", objectArn);
        if (LegalHold is not null) yield return new("s3:PutObjectLegalHold", objectArn);
    }

    /// <summary>Refuses a lock that the bucket cannot keep, and one that has ended before it began.</summary>
    public void Check(Bucket bucket, DateTimeOffset now)
    {
        if (this == None) return;
        if (Retention is { } retention && !retention.IsInForce(now)) throw S3Errors.RetainUntilPast(DateHeader, retention.RetainUntilDate);
        if (!bucket.HasObjectLock) throw S3Errors.InvalidRequest("Bucket is missing ObjectLockConfiguration"); // observed: one word here, three in the operations on locks
    }

    /// <summary>What is locked must come with a checksum. Observed: Content-MD5 or one of x-amz-checksum-*.</summary>
    /// <param name="what">Object or Part.</param>
    public void DemandChecksum(IReader reader, Bucket bucket, in DeclaredChecksum declared, string what)
    {
        if (!bucket.HasObjectLock || declared.Md5 is not null || declared.Algorithm is not null) return;
        if (this == None && BucketSettings.ObjectLock.Find(reader, bucket)?.Mode is null) return;
        throw S3Errors.InvalidRequest($"Content-MD5 OR x-amz-checksum- HTTP header is required for Put {what} requests with Object Lock parameters");
    }

    private static Retention? RetentionOf(string? mode, string? date)
    {
        const string Both = "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied";
        if (mode is null && date is null) return null;
        if (date is null) throw S3Errors.InvalidArgument(Both, DateHeader);
        if (mode is null) throw S3Errors.InvalidArgument(Both, ModeHeader);
        return new(
            ObjectLock.Retention.FindMode(mode) ?? throw S3Errors.InvalidArgument("Unknown wormMode directive.", ModeHeader, mode),
            ObjectLock.Retention.FindDate(date) ?? throw S3Errors.InvalidArgument("The retain until date must be provided in ISO 8601 format", DateHeader, date));
    }
}
