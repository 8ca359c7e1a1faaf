namespace Emulator.ApplicationAutoScaling;

/// <summary>Collects what in a request violates the shapes of the API's model, into the one error that AWS makes of it.</summary>
internal sealed class Constraints
{
    private readonly List<string> _problems = [];

    public Constraints Required(string member, object? value)
    {
        if (value is null) Add(member, "null", "Member must not be null");
        return this;
    }

    /// <summary>A text of 1 to <paramref name="most"/> characters.</summary>
    public Constraints Text(string member, string? value, int most)
    {
        if (value?.Length == 0) Add(member, "''", "Member must have length greater than or equal to 1");
        if (value?.Length > most) Add(member, $"'{value}'", $"Member must have length less than or equal to {most}");
        return this;
    }

    /// <summary>A text that can be printed: without control characters.</summary>
    public Constraints Printable(string member, string? value, string pattern) => value?.Any(char.IsControl) == true ? NoMatch(member, value, pattern) : this;

    /// <summary>Notes that a text does not match the pattern of its shape.</summary>
    public Constraints NoMatch(string member, string value, string pattern)
    {
        Add(member, $"'{value}'", $"Member must satisfy regular expression pattern: {pattern}");
        return this;
    }

    public Constraints Count<T>(string member, IReadOnlyCollection<T>? values, int most)
    {
        if (values?.Count > most) Add(member, $"'[{string.Join(", ", values)}]'", $"Member must have length less than or equal to {most}");
        return this;
    }

    public Constraints OneOf(string member, string? value, IReadOnlyList<string> words)
    {
        if (value is not null && !words.Contains(value)) Add(member, $"'{value}'", $"Member must satisfy enum value set: [{string.Join(", ", words)}]");
        return this;
    }

    /// <summary>Throws where something was violated.</summary>
    public void Done()
    {
        if (_problems.Count == 0) return;
        throw ApplicationAutoScalingErrors.Validation($"{_problems.Count} validation error{(_problems.Count == 1 ? "" : "s")} detected: {string.Join("; ", _problems)}");
    }

    private void Add(string member, string value, string constraint) => _problems.Add($"Value {value} at '{member}' failed to satisfy constraint: {constraint}");
}

/// <summary>The words that the API's model knows.</summary>
internal static class Words
{
    public static readonly string[] ServiceNamespaces =
    [
        "ecs", "elasticmapreduce", "ec2", "appstream", "dynamodb", "rds", "sagemaker", "custom-resource", "comprehend", "lambda", "cassandra", "kafka", "elasticache", "neptune", "workspaces",
    ];

    public static readonly string[] ScalableDimensions =
    [
        "ecs:service:DesiredCount", "ec2:spot-fleet-request:TargetCapacity", "elasticmapreduce:instancegroup:InstanceCount", "appstream:fleet:DesiredCapacity",
        "dynamodb:table:ReadCapacityUnits", "dynamodb:table:WriteCapacityUnits", "dynamodb:index:ReadCapacityUnits", "dynamodb:index:WriteCapacityUnits",
        "rds:cluster:ReadReplicaCount", "sagemaker:variant:DesiredInstanceCount", "custom-resource:ResourceType:Property",
        "comprehend:document-classifier-endpoint:DesiredInferenceUnits", "comprehend:entity-recognizer-endpoint:DesiredInferenceUnits", "lambda:function:ProvisionedConcurrency",
        "cassandra:table:ReadCapacityUnits", "cassandra:table:WriteCapacityUnits", "kafka:broker-storage:VolumeSize", "elasticache:cache-cluster:Nodes",
        "elasticache:replication-group:NodeGroups", "elasticache:replication-group:Replicas", "neptune:cluster:ReadReplicaCount",
        "sagemaker:variant:DesiredProvisionedConcurrency", "sagemaker:inference-component:DesiredCopyCount", "workspaces:workspacespool:DesiredUserSessions",
    ];

    public static readonly string[] PolicyTypes = ["StepScaling", "TargetTrackingScaling", "PredictiveScaling"];

    public static readonly string[] MetricTypes =
    [
        "DynamoDBReadCapacityUtilization", "DynamoDBWriteCapacityUtilization", "ALBRequestCountPerTarget", "RDSReaderAverageCPUUtilization", "RDSReaderAverageDatabaseConnections",
        "EC2SpotFleetRequestAverageCPUUtilization", "EC2SpotFleetRequestAverageNetworkIn", "EC2SpotFleetRequestAverageNetworkOut", "SageMakerVariantInvocationsPerInstance",
        "ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization", "AppStreamAverageCapacityUtilization", "ComprehendInferenceUtilization",
        "LambdaProvisionedConcurrencyUtilization", "CassandraReadCapacityUtilization", "CassandraWriteCapacityUtilization", "KafkaBrokerStorageUtilization",
        "ElastiCacheEngineCPUUtilization", "ElastiCacheDatabaseMemoryUsagePercentage", "ElastiCachePrimaryEngineCPUUtilization", "ElastiCacheReplicaEngineCPUUtilization",
        "ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage", "NeptuneReaderAverageCPUUtilization", "SageMakerVariantProvisionedConcurrencyUtilization",
        "ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage", "SageMakerInferenceComponentInvocationsPerCopy", "WorkSpacesAverageUserSessionsCapacityUtilization",
        "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution", "SageMakerVariantConcurrentRequestsPerModelHighResolution",
    ];
}
