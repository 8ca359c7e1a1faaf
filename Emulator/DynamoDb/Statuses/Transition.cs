using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Statuses;

/// <summary>What a table or an index is on its way to, as it is stored with it: over by the clock alone.</summary>
/// <param name="Status">CREATING or UPDATING.</param>
/// <param name="Matter">What is changed.</param>
/// <remarks>There is one only where emulator.yaml says that statuses last (<c>dynamodb: { statuses: 5s }</c>).</remarks>
internal sealed record Transition(string Status, Matter Matter, DateTimeOffset Since, DateTimeOffset Until)
{
    public const string Creating = "CREATING";
    public const string Updating = "UPDATING";
    public const string Active = "ACTIVE";

    /// <summary>The units before: they are told until the change is over.</summary>
    public long? ReadCapacityUnitsBefore { get; init; }
    public long? WriteCapacityUnitsBefore { get; init; }

    /// <summary>An index is given its place in the first half of its creation, and filled in the second.</summary>
    public DateTimeOffset Backfills => Since + (Until - Since) / 2;

    public bool IsOver(DateTimeOffset now) => now >= Until;
}

internal enum Matter
{
    All,
    Throughput,
    Stream,
    TableClass,
    Indexes,
}

/// <summary>An index that is being deleted: its entries are gone, its description is not.</summary>
internal sealed record DepartingIndex(SecondaryIndex Index, DateTimeOffset Until);

internal static class TransitionStatus
{
    public static string StatusAt(this Transition? transition, DateTimeOffset now) => transition is null || transition.IsOver(now) ? Transition.Active : transition.Status;

    public static bool IsCreatingAt(this Table table, DateTimeOffset now) => table.Transition is { Status: Transition.Creating } transition && !transition.IsOver(now);
}
