using Emulator.DynamoDb.Operations;
using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.Statuses;

/// <summary>Begins the transitions of tables and indexes, where statuses last.</summary>
/// <param name="duration">How long; zero where they do not.</param>
internal sealed class Transitions(TimeSpan duration)
{
    /// <summary>What emulator.yaml declares is ready at once.</summary>
    public static Transitions None { get; } = new(TimeSpan.Zero);

    /// <summary>When what begins now is over; null where statuses do not last.</summary>
    public DateTimeOffset? Until(DateTimeOffset now) => duration > TimeSpan.Zero ? now + duration : null;

    /// <summary>A new table, which is there for those only who describe it until it is made.</summary>
    public Table Created(Table table, DateTimeOffset now) => table with { Transition = Begin(Transition.Creating, Matter.All, now) };

    /// <summary>A table of which a request changes replicas.</summary>
    public Table Updated(Table table, DateTimeOffset now) => table with { Transition = Begin(Transition.Updating, Matter.All, now) };

    /// <summary>A table that a request has changed.</summary>
    public Table Updated(Table before, Table after, UpdateTableInput input, DateTimeOffset now)
    {
        if (Until(now) is not { } until) return after;
        var gone = (before.Indexes ?? []).Where(index => after.FindIndex(index.Name) is null).Select(index => new DepartingIndex(index, until));
        return after with
        {
            Transition = Of(before, input, now) ?? before.Transition,
            DepartingIndexes = [.. before.DepartingIndexes.Where(index => now < index.Until), .. gone],
            Indexes = after.Indexes is null ? null : [.. after.Indexes.Select(index => Updated(before, index, input, now))],
        };
    }

    private Transition? Of(Table before, UpdateTableInput input, DateTimeOffset now)
    {
        if (input.IsAtOnce || TransitionRules.Wanted(input) is not { } matter || Begin(Transition.Updating, matter, now) is not { } transition) return null;
        return matter switch
        {
            Matter.Throughput => transition with { ReadCapacityUnitsBefore = before.ReadCapacityUnits, WriteCapacityUnitsBefore = before.WriteCapacityUnits },
            // The table is ready again when the new index begins to be filled.
            Matter.Indexes => transition with { Until = transition.Backfills },
            _ => transition,
        };
    }

    private SecondaryIndex Updated(Table before, SecondaryIndex index, UpdateTableInput input, DateTimeOffset now)
    {
        if (before.FindIndex(index.Name) is null) return index with { Transition = Begin(Transition.Creating, Matter.Indexes, now) };
        var isChanged = input.GlobalSecondaryIndexUpdates?.Exists(update => update!.IndexName == index.Name && update.Update is { } change && (change.ProvisionedThroughput ?? (object?)change.OnDemandThroughput) is not null) == true;
        return isChanged || (input.BillingMode is not null && !index.IsLocal) ? index with { Transition = Begin(Transition.Updating, Matter.Throughput, now) } : index;
    }

    private Transition? Begin(string status, Matter matter, DateTimeOffset now) => Until(now) is { } until ? new(status, matter, now, until) : null;
}
