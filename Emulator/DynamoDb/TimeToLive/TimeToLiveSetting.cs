namespace Emulator.DynamoDb.TimeToLive;

/// <summary>Whether and by which attribute the items of a table expire.</summary>
/// <param name="AttributeName">null where they do not, any more.</param>
/// <param name="IsBackfilling">Whether items that were there before may still lack their entries.</param>
internal sealed record TimeToLiveSetting(string? AttributeName, DateTimeOffset ChangedAt, bool IsBackfilling = false);
