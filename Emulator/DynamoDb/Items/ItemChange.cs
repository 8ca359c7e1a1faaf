namespace Emulator.DynamoDb.Items;

/// <summary>When an item is changed, and by whom: what a stream tells of a change beside the item itself.</summary>
/// <param name="ByTimeToLive">Whether DynamoDB deletes an item that has expired.</param>
internal readonly record struct ItemChange(DateTimeOffset At, bool ByTimeToLive = false);
