using Emulator.Protocols;

namespace Emulator.ApplicationAutoScaling.Operations;

/// <summary>Forgets a target with its policies and scheduled actions; the capacity stays as it is.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeregisterScalableTarget.html</remarks>
internal static class DeregisterScalableTarget
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(ApplicationAutoScalingService service, Call call, DeregisterScalableTargetInput input)
    {
        var id = input.Target(call, "DeregisterScalableTarget");
        await service.ChangeAsync(id, (write, present) =>
        {
            if (present is null) throw ApplicationAutoScalingErrors.TargetNotFound(id);
            AutoScalingStore.Delete(write, id);
            return true;
        });
        service.Scaler.Arm();
        return new();
    }
}

internal sealed record DeregisterScalableTargetInput : TargetInput;

/// <summary>An answer without members.</summary>
internal sealed record EmptyOutput;
