using Emulator.Protocols;

namespace Emulator.ApplicationAutoScaling.Operations;

/// <summary>Deletes a scheduled action.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeleteScheduledAction.html</remarks>
internal static class DeleteScheduledAction
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(ApplicationAutoScalingService service, Call call, DeleteScheduledActionInput input)
    {
        var id = input.Target(call, "DeleteScheduledAction");
        await service.ChangeAsync(id, (write, _) => write.Delete(AutoScalingStore.Schedules, AutoScalingStore.PartOf(id, input.ScheduledActionName!))
            ? true
            : throw ApplicationAutoScalingErrors.ScheduledActionNotFound(id, input.ScheduledActionName!));
        service.Scaler.Arm();
        return new();
    }
}

internal sealed record DeleteScheduledActionInput : TargetInput
{
    public string? ScheduledActionName { get; init; }

    protected override void AddTo(Constraints constraints) => constraints.Required("scheduledActionName", ScheduledActionName).Text("scheduledActionName", ScheduledActionName, 1600);
}
