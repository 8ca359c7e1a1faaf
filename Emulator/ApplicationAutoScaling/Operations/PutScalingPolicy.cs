using System.Text.Json;
using System.Text.Json.Serialization;
using Emulator.ApplicationAutoScaling.Policies;
using Emulator.ApplicationAutoScaling.Targets;
using Emulator.Protocols;
using Emulator.Storage;

namespace Emulator.ApplicationAutoScaling.Operations;

/// <summary>Makes a target tracking policy, or changes it.</summary>
/// <remarks>https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html</remarks>
internal static class PutScalingPolicy
{
    private const string TargetTracking = "TargetTrackingScaling";

    public static async ValueTask<PutScalingPolicyOutput> ExecuteAsync(ApplicationAutoScalingService service, Call call, PutScalingPolicyInput input)
    {
        var id = input.Target(call, "PutScalingPolicy");
        CheckRules(id, input);
        var policy = await service.ChangeAsync(id, (write, target) =>
        {
            if (target is null) throw ApplicationAutoScalingErrors.NotRegistered(id);
            var policy = Changed(service, call, id, input, AutoScalingStore.Policy(write, id, input.PolicyName!));
            CheckOthers(write, policy);
            AutoScalingStore.Put(write, policy);
            return policy;
        });
        service.Scaler.Arm();
        return new(policy.Arn, policy.Alarms);
    }

    private static void CheckRules(TargetId id, PutScalingPolicyInput input)
    {
        // Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalingpolicy.html: for DynamoDB only TargetTrackingScaling is supported. The texts are not documented.
        if ((input.PolicyType ?? TargetTracking) != TargetTracking) throw ApplicationAutoScalingErrors.Validation($"Unsupported policy type {input.PolicyType} for service namespace: dynamodb");
        if (input.TargetTrackingScalingPolicyConfiguration is not { } tracking) return;
        if (tracking.CustomizedMetricSpecification is not null) throw Errors.NotImplemented("PutScalingPolicy", "CustomizedMetricSpecification");
        if (tracking.PredefinedMetricSpecification?.PredefinedMetricType is not { } metric) throw ApplicationAutoScalingErrors.Validation("You must specify either a predefined or a customized metric specification.");
        if (metric != MetricOf(id)) throw ApplicationAutoScalingErrors.Validation($"Predefined metric type {metric} is not supported for scalable dimension {id.Dimension}");
        if (tracking.TargetValue is < ApplicationAutoScalingLimits.LeastTarget or > ApplicationAutoScalingLimits.MostTarget)
        {
            throw ApplicationAutoScalingErrors.Validation($"Target value must be between {ApplicationAutoScalingLimits.LeastTarget} and {ApplicationAutoScalingLimits.MostTarget}");
        }
        if (tracking.ScaleInCooldown < 0 || tracking.ScaleOutCooldown < 0) throw ApplicationAutoScalingErrors.Validation("Cooldown cannot be negative");
    }

    /// <summary>The new policy, or what becomes of the present one: what the request does not name stays.</summary>
    private static ScalingPolicy Changed(ApplicationAutoScalingService service, Call call, TargetId id, PutScalingPolicyInput input, ScalingPolicy? present)
    {
        var tracking = input.TargetTrackingScalingPolicyConfiguration?.Tracking ?? present?.Tracking;
        if (input.PolicyType is null && present is null) throw ApplicationAutoScalingErrors.Validation("PolicyType must be specified");
        if (tracking is null) throw ApplicationAutoScalingErrors.Validation("TargetTrackingScalingPolicyConfiguration must be specified");
        if (present is not null && present.Tracking == tracking) return present;
        var alarms = Alarms.Make(id, scalesIn: tracking.DisableScaleIn != true, service.Ids);
        return (present ?? new() { Target = id, Name = input.PolicyName!, Tracking = tracking, Alarms = alarms, Created = call.Now }) with { Tracking = tracking, Alarms = alarms };
    }

    /// <summary>A dimension has one metric, and a metric one policy.</summary>
    private static void CheckOthers(IReader reader, ScalingPolicy policy)
    {
        foreach (var entry in reader.Range(AutoScalingStore.Policies, KeyRange.Prefix(policy.Target.Key)))
        {
            if (AutoScalingStore.Read(entry.Value, ApplicationAutoScalingJson.Default.ScalingPolicy).Name != policy.Name) throw ApplicationAutoScalingErrors.DuplicateMetric();
        }
    }

    private static string MetricOf(TargetId id) => id.Capacity.IsWrite ? "DynamoDBWriteCapacityUtilization" : "DynamoDBReadCapacityUtilization";
}

internal sealed record PutScalingPolicyInput : TargetInput
{
    public string? PolicyName { get; init; }
    public string? PolicyType { get; init; }
    public TargetTrackingInput? TargetTrackingScalingPolicyConfiguration { get; init; }

    protected override void AddTo(Constraints constraints)
    {
        constraints.Required("policyName", PolicyName).Text("policyName", PolicyName, 256).Printable("policyName", PolicyName, @"\p{Print}+")
            .OneOf("policyType", PolicyType, Words.PolicyTypes);
        if (TargetTrackingScalingPolicyConfiguration is not { } tracking) return;
        const string Path = "targetTrackingScalingPolicyConfiguration";
        constraints.Required($"{Path}.targetValue", tracking.TargetValue);
        if (tracking.PredefinedMetricSpecification is not { } metric) return;
        constraints.Required($"{Path}.predefinedMetricSpecification.predefinedMetricType", metric.PredefinedMetricType)
            .OneOf($"{Path}.predefinedMetricSpecification.predefinedMetricType", metric.PredefinedMetricType, Words.MetricTypes)
            .Text($"{Path}.predefinedMetricSpecification.resourceLabel", metric.ResourceLabel, 1023);
    }
}

/// <summary>A configuration as it comes, with what is not honoured.</summary>
internal sealed record TargetTrackingInput
{
    public double? TargetValue { get; init; }
    public PredefinedMetric? PredefinedMetricSpecification { get; init; }
    public JsonElement? CustomizedMetricSpecification { get; init; }
    public int? ScaleOutCooldown { get; init; }
    public int? ScaleInCooldown { get; init; }
    public bool? DisableScaleIn { get; init; }

    [JsonIgnore]
    public TargetTrackingConfiguration Tracking => new()
    {
        TargetValue = TargetValue,
        PredefinedMetricSpecification = PredefinedMetricSpecification,
        ScaleOutCooldown = ScaleOutCooldown,
        ScaleInCooldown = ScaleInCooldown,
        DisableScaleIn = DisableScaleIn,
    };
}

internal sealed record PutScalingPolicyOutput([property: JsonPropertyName("PolicyARN")] string PolicyArn, IReadOnlyList<Alarm> Alarms);
