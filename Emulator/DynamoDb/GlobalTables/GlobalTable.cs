namespace Emulator.DynamoDb.GlobalTables;

/// <summary>The regions of a global table in the order in which they were added, as each of its replicas keeps them.</summary>
internal sealed record GlobalTable(IReadOnlyList<ReplicaRegion> Regions)
{
    public const string Version = "2019.11.21";
    public const string SettingsReplication = "ENABLED_WITH_OVERRIDES";

    public IEnumerable<string> Others(string region) => Regions.Select(replica => replica.Name).Where(name => name != region);

    /// <summary>The same with another region, which a request at one of them adds.</summary>
    public GlobalTable With(string region, string source, DateTimeOffset now) => new([.. Regions, new(region, source, now)]);

    /// <summary>The same without a region; null where that leaves one alone.</summary>
    public GlobalTable? Without(string region) => Regions.Where(replica => replica.Name != region).ToList() is { Count: > 1 } left ? new(left) : null;

    /// <summary>Whether a replica that was added from a region within the last day is still there.</summary>
    public bool IsRecentSource(string region, DateTimeOffset now) => Regions.Any(replica => replica.Source == region && now < replica.Added + DynamoDbLimits.ReplicaSourceInterval);
}

/// <param name="Source">The region whose table was updated to add it; null for the first.</param>
internal sealed record ReplicaRegion(string Name, string? Source, DateTimeOffset Added);

/// <summary>Where the items of a replica lie: in the place of the table with which its global table began.</summary>
internal sealed record ItemPlace(string Region, Guid TableId);
