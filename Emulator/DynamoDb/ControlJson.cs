using System.Text.Json.Serialization;

namespace Emulator.DynamoDb;

/// <summary>How operations on the settings of tables answer.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Operations.DescribeEndpointsOutput))]
[JsonSerializable(typeof(Operations.DescribeLimitsOutput))]
[JsonSerializable(typeof(ContributorInsights.DescribeContributorInsightsOutput))]
[JsonSerializable(typeof(ContributorInsights.ListContributorInsightsOutput))]
[JsonSerializable(typeof(ContributorInsights.UpdateContributorInsightsOutput))]
[JsonSerializable(typeof(KinesisDestinations.DescribeKinesisStreamingDestinationOutput))]
[JsonSerializable(typeof(KinesisDestinations.KinesisDestinationOutput))]
[JsonSerializable(typeof(TimeToLive.DescribeTimeToLiveOutput))]
[JsonSerializable(typeof(TimeToLive.UpdateTimeToLiveOutput))]
[JsonSerializable(typeof(ReplicaScaling.DescribeTableReplicaAutoScalingOutput))]
[JsonSerializable(typeof(ResourcePolicies.GetResourcePolicyOutput))]
[JsonSerializable(typeof(ResourcePolicies.PolicyRevisionOutput))]
[JsonSerializable(typeof(ResourcePolicies.TablePolicy))]
[JsonSerializable(typeof(Tags.ListTagsOfResourceOutput))]
internal sealed partial class ControlJson : JsonSerializerContext;
