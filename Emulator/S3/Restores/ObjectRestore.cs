using Emulator.Protocols;
using Emulator.S3.Rows;

namespace Emulator.S3.Restores;

/// <summary>The restore of an archived object: a copy of it can be read from one moment to another.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html</remarks>
internal sealed record ObjectRestore(RestoreTier Tier, int Days, DateTimeOffset CompletesAt, DateTimeOffset ExpiresAt)
{
    /// <param name="storageClass">That of the object, on which it depends how long it takes.</param>
    public static ObjectRestore Begin(RestoreTier tier, int days, string storageClass, DateTimeOffset now)
    {
        var completesAt = now + tier.TimeFor(storageClass);
        return new(tier, days, completesAt, Expiry(completesAt, days));
    }

    public bool IsOngoing(DateTimeOffset now) => now < CompletesAt;

    /// <summary>Whether there is a copy that can be read.</summary>
    public bool IsThere(DateTimeOffset now) => now >= CompletesAt && now < ExpiresAt;

    /// <summary>The copy stays for that many days from now on.</summary>
    public ObjectRestore Prolong(int days, DateTimeOffset now) => this with { Days = days, ExpiresAt = Expiry(now, days) };

    /// <summary><c>x-amz-restore</c>; null where the copy has gone.</summary>
    public string? Header(DateTimeOffset now) => IsOngoing(now) ? "ongoing-request=\"true\""
        : IsThere(now) ? $"ongoing-request=\"false\", expiry-date=\"{ExpiresAt:R}\""
        : null;

    /// <summary><c>RestoreStatus</c> in a list; nothing where the copy has gone.</summary>
    public void WriteStatus(XmlBuilder xml, DateTimeOffset now)
    {
        if (now >= ExpiresAt) return;
        xml.Start("RestoreStatus"u8).Element("IsRestoreInProgress"u8, IsOngoing(now));
        if (!IsOngoing(now)) xml.Element("RestoreExpiryDate"u8, ExpiresAt);
        xml.End("RestoreStatus"u8);
    }

    public void Write(RowWriter row) => row.Byte((byte)Tier).Number(Days).Number(CompletesAt.UtcTicks).Number(ExpiresAt.UtcTicks);

    public static ObjectRestore Read(ref RowReader row) =>
        new((RestoreTier)row.Byte(), (int)row.Number(), new(row.Number(), TimeSpan.Zero), new(row.Number(), TimeSpan.Zero));

    /// <summary>The midnight UTC after the days. AWS counts them from "the time"; here that is when the copy is there, lest it goes before it comes.</summary>
    private static DateTimeOffset Expiry(DateTimeOffset from, int days)
    {
        var midnight = from.UtcDateTime.Date;
        var most = (DateTime.MaxValue.Date - midnight).Days;
        return new(midnight.AddDays(Math.Min(days + 1L, most)), TimeSpan.Zero);
    }
}
