using Emulator.Protocols;

namespace Emulator.ApplicationAutoScaling.Operations;

/// <summary>Deletes a policy with its alarms.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeleteScalingPolicy.html</remarks>
internal static class DeleteScalingPolicy
{
    public static async ValueTask<EmptyOutput> ExecuteAsync(ApplicationAutoScalingService service, Call call, DeleteScalingPolicyInput input)
    {
        var id = input.Target(call, "DeleteScalingPolicy");
        await service.ChangeAsync(id, (write, _) =>
            write.Delete(AutoScalingStore.Policies, AutoScalingStore.PartOf(id, input.PolicyName!)) ? true : throw ApplicationAutoScalingErrors.PolicyNotFound(id, input.PolicyName!));
        service.Scaler.Arm();
        return new();
    }
}

internal sealed record DeleteScalingPolicyInput : TargetInput
{
    public string? PolicyName { get; init; }

    protected override void AddTo(Constraints constraints) => constraints.Required("policyName", PolicyName).Text("policyName", PolicyName, 1600);
}
