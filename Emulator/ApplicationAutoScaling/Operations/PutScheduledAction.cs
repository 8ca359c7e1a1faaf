using Emulator.ApplicationAutoScaling.Schedules;
using Emulator.ApplicationAutoScaling.Targets;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.ApplicationAutoScaling.Operations;

/// <summary>Makes a scheduled action, or changes it.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html</remarks>
internal static class PutScheduledAction
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(ApplicationAutoScalingService service, Call call, PutScheduledActionInput input)
    {
        var id = input.Target(call, "PutScheduledAction");
        await service.ChangeAsync(id, (write, target) =>
        {
            if (target is null) throw ApplicationAutoScalingErrors.NotRegistered(id);
            var present = AutoScalingStore.Schedule(write, id, input.ScheduledActionName!);
            var action = Changed(call, id, input, present);
            CheckRules(action);
            if (present is null) CheckQuota(write, id);
            AutoScalingStore.Put(write, action.DueAfter(call.Now));
            return true;
        });
        service.Scaler.Arm();
        return new();
    }

    /// <summary>What the request does not name stays, but for the times of start and end, which then are none.</summary>
    private static ScheduledAction Changed(Call call, TargetId id, PutScheduledActionInput input, ScheduledAction? present)
    {
        var schedule = input.Schedule ?? present?.Schedule ?? throw ApplicationAutoScalingErrors.Validation("Schedule must be specified");
        var action = input.ScalableTargetAction ?? present?.Action ?? throw ApplicationAutoScalingErrors.NoCapacity();
        return new()
        {
            Target = id,
            Name = input.ScheduledActionName!,
            Schedule = schedule,
            Timezone = input.Timezone ?? present?.Timezone,
            StartTime = EpochSeconds.Parse(input.StartTime),
            EndTime = EpochSeconds.Parse(input.EndTime),
            Action = action,
            Created = present?.Created ?? call.Now,
        };
    }

    private static void CheckRules(ScheduledAction action)
    {
        var (min, max) = action.Action;
        if (min is null && max is null) throw ApplicationAutoScalingErrors.NoCapacity();
        if (min < 1) throw ApplicationAutoScalingErrors.Validation("Minimum capacity cannot be less than 1");
        if (max < (min ?? 1)) throw ApplicationAutoScalingErrors.MaximumBelowMinimum();
        // The texts of these two are not documented.
        if (Schedule.Parse(action.Schedule, null) is null) throw ApplicationAutoScalingErrors.Validation($"Invalid schedule expression: {action.Schedule}");
        if (Schedule.Parse(action.Schedule, action.Timezone) is null) throw ApplicationAutoScalingErrors.Validation($"Invalid time zone: {action.Timezone}");
        if (action.EndTime <= action.StartTime) throw ApplicationAutoScalingErrors.Validation("Start time must be before end time");
    }

    private static void CheckQuota(IReader reader, TargetId id)
    {
        if (reader.Range(AutoScalingStore.Schedules, KeyRange.Prefix(id.Key)).Take(ApplicationAutoScalingLimits.ScheduledActionsPerTarget).Count() < ApplicationAutoScalingLimits.ScheduledActionsPerTarget) return;
        throw ApplicationAutoScalingErrors.LimitExceeded($"You have reached the maximum number of scheduled actions: {ApplicationAutoScalingLimits.ScheduledActionsPerTarget}");
    }
}

internal sealed record PutScheduledActionInput : TargetInput
{
    public string? Schedule { get; init; }
    public string? Timezone { get; init; }
    public string? ScheduledActionName { get; init; }
    public double? StartTime { get; init; }
    public double? EndTime { get; init; }
    public ScalableTargetAction? ScalableTargetAction { get; init; }

    // Source: the pattern of ScheduledActionName in the API's model.
    private const string NamePattern = @"(?!((^[ ]+.*)|(.*([\u0000-\u001f]|[\u007f-\u009f]|[:/|])+.*)|(.*[ ]+$))).+";

    protected override void AddTo(Constraints constraints)
    {
        constraints.Text("schedule", Schedule, 1600).Text("timezone", Timezone, 1600)
            .Required("scheduledActionName", ScheduledActionName).Text("scheduledActionName", ScheduledActionName, 256);
        var isName = ScheduledActionName is not { Length: > 0 } name || (name.Trim(' ') == name && !name.Any(char.IsControl) && name.IndexOfAny([':', '/', '|']) < 0);
        if (!isName) constraints.NoMatch("scheduledActionName", ScheduledActionName!, NamePattern);
    }
}
