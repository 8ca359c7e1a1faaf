using System.Text.Json.Serialization;
using Emulator.ApplicationAutoScaling.Targets;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.ApplicationAutoScaling.Operations;

/// <summary>Registers what shall be scaled, within which bounds; or changes that.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html</remarks>
internal static class RegisterScalableTarget
{
    public static async ValueTask<RegisterScalableTargetOutput> ExecuteAsync(ApplicationAutoScalingService service, Call call, RegisterScalableTargetInput input)
    {
        var id = input.Target(call, "RegisterScalableTarget");
        var target = await service.ChangeAsync(id, (write, present) =>
        {
            var changed = present is null ? New(id, call, input) : Changed(present, input);
            CheckCapacity(changed);
            if (service.Tables.Provisioned(id.Capacity) is null) throw ApplicationAutoScalingErrors.NoSuchTable(id);
            if (present is null) CheckQuota(write, id);
            AutoScalingStore.Put(write, changed);
            return changed;
        });
        await service.Capacity.KeepBoundsAsync(target);
        return new(id.Arn);
    }

    private static ScalableTarget New(TargetId id, Call call, RegisterScalableTargetInput input)
    {
        Tags.Check(id.Arn, input.Tags ?? []);
        return new()
        {
            Id = id,
            MinCapacity = input.MinCapacity ?? throw ApplicationAutoScalingErrors.Validation("Minimum capacity must be specified"),
            MaxCapacity = input.MaxCapacity ?? throw ApplicationAutoScalingErrors.Validation("Maximum capacity must be specified"),
            Created = call.Now,
            Suspended = new SuspendedState(false, false, false).With(input.SuspendedState),
            Tags = input.Tags ?? [],
        };
    }

    private static ScalableTarget Changed(ScalableTarget present, RegisterScalableTargetInput input)
    {
        if (input.Tags is not null) throw ApplicationAutoScalingErrors.Validation("The scalable target that you tried to tag already exists. To update tags on an existing scalable target, use the TagResource API.");
        return present with
        {
            MinCapacity = input.MinCapacity ?? present.MinCapacity,
            MaxCapacity = input.MaxCapacity ?? present.MaxCapacity,
            Suspended = present.Suspended.With(input.SuspendedState),
        };
    }

    private static void CheckCapacity(ScalableTarget target)
    {
        if (target.MinCapacity < 1) throw ApplicationAutoScalingErrors.Validation("Minimum capacity cannot be less than 1");
        if (target.MaxCapacity < target.MinCapacity) throw ApplicationAutoScalingErrors.MaximumBelowMinimum();
    }

    private static void CheckQuota(IReader reader, TargetId id)
    {
        if (reader.Range(AutoScalingStore.Targets, KeyRange.Prefix(StoreKey.Of(id.Account, id.Region))).Take(ApplicationAutoScalingLimits.ScalableTargets).Count() < ApplicationAutoScalingLimits.ScalableTargets) return;
        throw ApplicationAutoScalingErrors.LimitExceeded($"You have reached the maximum number of scalable targets: {ApplicationAutoScalingLimits.ScalableTargets}");
    }
}

internal sealed record RegisterScalableTargetInput : TargetInput
{
    public int? MinCapacity { get; init; }
    public int? MaxCapacity { get; init; }

    [JsonPropertyName("RoleARN")] public string? RoleArn { get; init; }
    public SuspendedState? SuspendedState { get; init; }
    public Dictionary<string, string>? Tags { get; init; }

    protected override void AddTo(Constraints constraints) => constraints.Text("roleARN", RoleArn, 1600);
}

internal sealed record RegisterScalableTargetOutput([property: JsonPropertyName("ScalableTargetARN")] string ScalableTargetArn);
