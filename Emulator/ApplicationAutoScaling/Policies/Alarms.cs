using Emulator.ApplicationAutoScaling.Targets;
using Emulator.Identifiers;

namespace Emulator.ApplicationAutoScaling.Policies;

/// <summary>The alarms of a policy: which there are, and when they go off.</summary>
/// <remarks>
/// Source of the thresholds: https://repost.aws/knowledge-center/dynamodb-auto-scaling (above 70 of 100 units for 2 minutes, below 50 for 15), and the alarms that AWS made of a target of 70 % of 5 units:
/// a sum over a minute greater than 210 in 2 periods, less than 150 in 15.
/// </remarks>
internal static class Alarms
{
    public const string High = "AlarmHigh";
    public const string Low = "AlarmLow";

    /// <summary>Names for the alarms of a policy. The last two keep the thresholds of the others up to date in AWS, which here follow from the capacity.</summary>
    public static IReadOnlyList<Alarm> Make(TargetId target, bool scalesIn, IdSource ids) =>
        [.. new[] { High, Low, "ProvisionedCapacityHigh", "ProvisionedCapacityLow" }.Where(kind => scalesIn || kind != Low).Select(kind => Of(target, kind, ids.Uuid()))];

    /// <summary>Which alarm goes off, and the mean use of the minutes that it looked at in units a second; null where none does.</summary>
    /// <param name="minutes">The units that each of the latest minutes consumed, the latest first.</param>
    public static (string Alarm, double UnitsPerSecond)? Check(TargetTrackingConfiguration tracking, long provisioned, ReadOnlySpan<double> minutes)
    {
        var target = tracking.TargetValue!.Value;
        var high = provisioned * 60 * target / 100;
        var low = provisioned * 60 * (target - ApplicationAutoScalingLimits.LowMargin) / 100;
        if (minutes.Length >= ApplicationAutoScalingLimits.MinutesHigh && Lowest(minutes[..ApplicationAutoScalingLimits.MinutesHigh]) > high)
        {
            return (High, Mean(minutes[..ApplicationAutoScalingLimits.MinutesHigh]) / 60);
        }
        if (tracking.DisableScaleIn == true || minutes.Length < ApplicationAutoScalingLimits.MinutesLow || Highest(minutes) >= low) return null;
        return (Low, Mean(minutes) / 60);
    }

    private static Alarm Of(TargetId target, string kind, Guid id)
    {
        var name = $"TargetTracking-{target.ResourceId}-{kind}-{id}";
        return new(name, $"arn:aws:cloudwatch:{target.Region}:{target.Account}:alarm:{name}");
    }

    private static double Lowest(ReadOnlySpan<double> values)
    {
        var lowest = values[0];
        foreach (var value in values) lowest = Math.Min(lowest, value);
        return lowest;
    }

    private static double Highest(ReadOnlySpan<double> values)
    {
        var highest = values[0];
        foreach (var value in values) highest = Math.Max(highest, value);
        return highest;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }
}
