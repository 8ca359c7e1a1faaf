using Emulator.S3.Buckets;
using Emulator.S3.Checksums;
using Emulator.S3.ObjectLock;
using Emulator.S3.Objects;
using Emulator.S3.Rows;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Rows as older emulators wrote them, and as a newer one might.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html")]
internal sealed class RowTests
{
    private static StoredObject Made { get; } = new()
    {
        Key = "key",
        Size = 4,
        LastModified = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
        ETag = "etag",
        Sequence = 7,
        VersionId = "id",
        Checksum = new(ObjectChecksum.DefaultAlgorithm, ChecksumType.FullObject, "sum"),
        Headers = new ObjectHeaders(),
    };

    [Test]
    public void A_bucket_of_the_first_format_has_no_versioning()
    {
        var row = new RowWriter(1).Fixed64(5).Text("000000000000").Text("us-east-1").Text(null).Number(DateTimeOffset.UnixEpoch.UtcTicks).ToRow();
        var bucket = Bucket.FromRow("name", row.Span);
        Assert.That((bucket.Id, bucket.Versioning, bucket.HasObjectLock), Is.EqualTo((5UL, VersioningStatus.Unversioned, false)));
        var locked = bucket with { Versioning = VersioningStatus.Enabled, HasObjectLock = true };
        Assert.That(Bucket.FromRow("name", locked.ToRow().Span), Is.EqualTo(locked));
    }

    [Test]
    public void An_object_of_the_first_format_has_no_optional_fields()
    {
        var row = Made.ToRow().ToArray();
        row[0] = 1;
        var read = StoredObject.FromRow("key", row);
        Assert.That((read.ETag, read.VersionId, read.Retention, read.LegalHold, read.IsDeleteMarker), Is.EqualTo(("etag", "id", (Retention?)null, (bool?)null, false)));
    }

    [Test]
    public void Optional_fields_are_there_where_they_were_set()
    {
        var retention = new Retention(RetentionMode.Compliance, DateTimeOffset.UnixEpoch.AddYears(80));
        var read = StoredObject.FromRow("key", (Made with { Retention = retention, LegalHold = false }).ToRow().Span);
        Assert.That((read.Retention, read.LegalHold), Is.EqualTo((retention, (bool?)false)));
    }

    [Test]
    public void A_field_of_a_newer_emulator_is_not_passed_over()
    {
        byte[] row = [.. Made.ToRow().Span, 200, 1];
        Assert.That(() => StoredObject.FromRow("key", row), Throws.TypeOf<InvalidDataException>());
    }
}
