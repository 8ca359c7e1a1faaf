using System.Globalization;
using Emulator.Protocols;
using Emulator.S3.Buckets;
using Emulator.S3.Notifications;
using Emulator.S3.Objects;
using Emulator.S3.Restores;
using Emulator.Storage;

namespace Emulator.S3.Operations;

/// <summary>Has an archived object be readable again, after some time and for some days.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html</remarks>
internal static class RestoreObject
{
    public static RestoreObjectInput Bind(RestRequest request) => new(
        S3Request.Bucket(request), S3Request.Key(request), VersionId.Parse(request.QueryValue("versionId")), S3Request.Document(request), request.SourceIp);

    public static async ValueTask<bool> Execute(S3Service service, Call call, RestoreObjectInput input)
    {
        StoredObject seen;
        using (var snapshot = service.Snapshot()) seen = Find(service, call, input, snapshot).Object;
        // Observed: an object that is not archived is refused whatever the document is.
        if (seen.StorageClass != StoredObject.IntelligentTieringClass && !seen.IsInArchive) throw RestoreErrors.NotAllowed(seen.StorageClass);
        var (days, tier) = Read(await input.Document.ReadAsync("RestoreRequest", call.Cancelled), seen);
        var (found, begins) = await service.CommitAsync(write =>
        {
            var found = Find(service, call, input, write.Transaction);
            if (!found.Object.IsInArchive) throw RestoreErrors.NotAllowed(found.Object.StorageClass);
            var (restore, begins) = Restored(found.Object, days, tier, write.Moment);
            var changed = found.Object with { Restore = restore };
            ObjectStore.Update(write, found.Bucket, changed);
            RestoreStore.Add(write.Transaction, found.Bucket, changed, begins ? restore.CompletesAt : restore.ExpiresAt);
            return (found with { Object = changed }, begins);
        });
        service.Restores.Arm();
        if (begins) service.Notify(found.Bucket, call, input.SourceIp, S3Event.RestorePosted(found.Object));
        return begins;
    }

    /// <summary>202 where a restore begins, 200 where the copy that is there stays longer, or shorter.</summary>
    public static Reply Write(bool begins) => Reply.Empty(begins ? 202 : 200);

    private static BucketObject Find(S3Service service, Call call, RestoreObjectInput input, IReader reader)
    {
        var bucket = BucketStore.Require(reader, input.Bucket);
        return new(bucket, service.RequireObject(reader, call, bucket, input.Key, input.VersionId, "POST"));
    }

    private static (int Days, RestoreTier Tier) Read(XmlNode document, StoredObject seen)
    {
        document.Only("Days", "GlacierJobParameters", "Type", "Tier", "Description", "SelectParameters", "OutputLocation");
        foreach (var select in (string[])["Type", "SelectParameters", "OutputLocation"])
        {
            if (document.Child(select) is not null) throw Errors.NotImplemented("RestoreObject", select);
        }
        var days = document.Value("Days");
        if (seen.StorageClass == StoredObject.IntelligentTieringClass) throw days is null ? RestoreErrors.AlreadyInActiveTier() : RestoreErrors.DaysOfIntelligentTiering(days);
        var tier = RestoreTiers.Parse(document.Child("GlacierJobParameters")?.Only("Tier").Required("Tier") ?? document.Value("Tier"), seen.StorageClass);
        if (!int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0) throw RestXml.MalformedXml();
        return (number, tier);
    }

    /// <summary>A restore that begins, one that is sped up, or one whose copy has another expiry now.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-upgrade-tier.html: only a faster tier counts, the days stay.</remarks>
    private static (ObjectRestore Restore, bool Begins) Restored(StoredObject archived, int days, RestoreTier tier, DateTimeOffset now)
    {
        if (archived.Restore is not { } present || now >= present.ExpiresAt) return (ObjectRestore.Begin(tier, days, archived.StorageClass, now), true);
        if (!present.IsOngoing(now)) return (present.Prolong(days, now), false);
        if (tier <= present.Tier) throw RestoreErrors.AlreadyInProgress();
        var faster = ObjectRestore.Begin(tier, present.Days, archived.StorageClass, now);
        return (faster.CompletesAt < present.CompletesAt ? faster : present with { Tier = tier }, true);
    }
}

internal sealed record RestoreObjectInput(BucketReference Bucket, string Key, VersionId? VersionId, S3Document Document, string SourceIp);
