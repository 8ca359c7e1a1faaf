using Emulator.Protocols;
using Emulator.S3.Objects;

namespace Emulator.S3.Restores;

/// <summary>How fast an archived object is restored: the slowest first.</summary>
internal enum RestoreTier : byte { Bulk, Standard, Expedited }

/// <summary>The times that restores take.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html: of the times that AWS names the longest.</remarks>
internal static class RestoreTiers
{
    public static RestoreTier Parse(string? name, string storageClass) => name switch
    {
        null or "Standard" => RestoreTier.Standard,
        "Bulk" => RestoreTier.Bulk,
        "Expedited" => storageClass == StoredObject.DeepArchiveClass ? throw RestoreErrors.TierNotSupported() : RestoreTier.Expedited,
        _ => throw RestXml.MalformedXml(),
    };

    /// <summary>How long it takes until a copy is there.</summary>
    public static TimeSpan TimeFor(this RestoreTier tier, string storageClass) => (tier, storageClass == StoredObject.DeepArchiveClass) switch
    {
        (RestoreTier.Expedited, _) => TimeSpan.FromMinutes(5),
        (RestoreTier.Standard, false) => TimeSpan.FromHours(5),
        (RestoreTier.Standard, true) => TimeSpan.FromHours(12),
        (_, false) => TimeSpan.FromHours(12),
        (_, true) => TimeSpan.FromHours(48),
    };
}
