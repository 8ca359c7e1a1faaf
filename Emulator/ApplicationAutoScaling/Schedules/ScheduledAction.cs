using System.Text.Json.Serialization;
using Emulator.ApplicationAutoScaling.Targets;

namespace Emulator.ApplicationAutoScaling.Schedules;

/// <summary>A scheduled action as it is stored.</summary>
internal sealed record ScheduledAction
{
    public required TargetId Target { get; init; }
    public required string Name { get; init; }
    public required string Schedule { get; init; }
    public string? Timezone { get; init; }
    public DateTimeOffset? StartTime { get; init; }
    public DateTimeOffset? EndTime { get; init; }
    public required ScalableTargetAction Action { get; init; }
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it runs next; null where it will not.</summary>
    public DateTimeOffset? NextDue { get; init; }

    [JsonIgnore]
    public string Arn => $"arn:aws:autoscaling:{Target.Region}:{Target.Account}:scheduledAction:{Target.Uuid}:resource/dynamodb/{Target.ResourceId}:scheduledActionName/{Name}";

    /// <summary>The action with the time of its first run after a moment.</summary>
    public ScheduledAction DueAfter(DateTimeOffset moment)
    {
        var due = Schedules.Schedule.Parse(Schedule, Timezone)?.Next(moment, Created, StartTime);
        return this with { NextDue = due > EndTime ? null : due };
    }
}

/// <summary>The bounds that a scheduled action sets.</summary>
internal sealed record ScalableTargetAction(int? MinCapacity, int? MaxCapacity);
