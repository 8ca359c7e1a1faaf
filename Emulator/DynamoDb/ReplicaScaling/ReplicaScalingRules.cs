using System.Globalization;
using Emulator.DynamoDb.Tables;
using Emulator.Integration;
using Emulator.Protocols;

namespace Emulator.DynamoDb.ReplicaScaling;

/// <summary>What UpdateTableReplicaAutoScaling asks of its parameters and of the table.</summary>
/// <remarks>Source of the texts: DDB-TABLE-187, 190, 241, 242, 253, 255, 323 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, taken from AWS.</remarks>
internal static class ReplicaScalingRules
{
    private const double LeastTarget = 10;
    private const double MostTarget = 90;

    /// <summary>A table with replicas; a regional one is not known here.</summary>
    public static Table Require(DynamoDbService service, Call call, string tableName)
    {
        var name = Tables.TableName.Parse(call, tableName);
        return service.Tables.Find(name) is { GlobalTable: not null } table ? table : throw new AwsException("ResourceNotFoundException", $"Global table with name: '{name.Name}' does not exist.");
    }

    public static void Check(Table table, ReplicaScalingInput input)
    {
        if (input is { Writes: null, IndexWrites: null, Replicas: null }) throw Failed(table, "because at least one update parameter must be specified.");
        var replicas = input.Replicas ?? [];
        if (replicas.Find(replica => replica is { Reads: null, IndexReads: null }) is { } empty) throw Failed(table, $"because at least one update parameter must be specified for region: ‘{empty.RegionName}’.");
        if (replicas.GroupBy(replica => replica!.RegionName).Where(region => region.Count() > 1).Select(region => region.Key).ToList() is { Count: > 0 } twice)
        {
            throw Failed(table, $"because the regions: ‘[{string.Join(", ", twice)}]’ were specified more than once.");
        }
        if (replicas.Select(replica => replica!.RegionName!).Where(region => region != table.Region && table.Replicas.All(replica => replica.Region != region)).ToList() is { Count: > 0 } foreign)
        {
            throw NotFound(table, $"because a replica does not exist in regions: ‘[{string.Join(", ", foreign)}]’.");
        }
        CheckIndexes(table, input);
    }

    /// <summary>The settings that an update leads to; null where it takes the scaling away.</summary>
    public static CapacityScaling? Settings(Table table, in ScalableCapacity capacity, ScalingUpdate update, CapacityScaling? present, Func<Guid> requestId)
    {
        if (update.AutoScalingDisabled == true)
        {
            if (Named(update) is { Count: > 0 } named) throw Failed(table, $": Parameters {Quoted(named)} must be left blank when disabling auto scaling.");
            return null;
        }
        if (table.OnDemand) throw OnDemand(table, capacity.IsWrite);
        var missing = new List<string>();
        if (update.MaximumUnits is null && present is null) missing.Add(nameof(update.MaximumUnits));
        if (update.Policy is null && present?.Policy is null) missing.Add("ScalingPolicyUpdate");
        if (update.MinimumUnits is null && present is null) missing.Add(nameof(update.MinimumUnits));
        if (missing.Count > 0) throw Failed(table, $": Parameters {Quoted(missing)} are required unless auto scaling is being disabled.");
        var settings = new CapacityScaling(Units(update.MinimumUnits) ?? present!.Min, Units(update.MaximumUnits) ?? present!.Max, Policy(update.Policy) ?? present?.Policy);
        CheckScaling(capacity, settings, requestId);
        return settings;
    }

    private static CapacityPolicy? Policy(ScalingPolicyUpdate? update) => update is null ? null
        : new(update.PolicyName, update.Tracking!.TargetValue!.Value, update.Tracking.ScaleInCooldown, update.Tracking.ScaleOutCooldown, update.Tracking.DisableScaleIn);

    /// <summary>What Application Auto Scaling says, with where it said it.</summary>
    private static void CheckScaling(in ScalableCapacity capacity, CapacityScaling settings, Func<Guid> requestId)
    {
        var problem = settings.Max < settings.Min ? "Maximum capacity cannot be less than minimum capacity"
            : settings.Policy?.Target is < LeastTarget or > MostTarget
                ? $"For predefined metric type DynamoDB{(capacity.IsWrite ? "Write" : "Read")}CapacityUtilization, target value must be between '10.0' and '90.0', but was '{settings.Policy.Target.ToString("0.0###############", CultureInfo.InvariantCulture)}'."
                : null;
        if (problem is not null) throw DynamoDbErrors.Validation($"{problem} (Service: AWSApplicationAutoScaling; Status Code: 400; Error Code: ValidationException; Request ID: {requestId()}; Proxy: null)");
    }

    private static void CheckIndexes(Table table, ReplicaScalingInput input)
    {
        var unknown = (input.IndexWrites ?? []).Select(index => index!.IndexName!).Where(name => !IsIndex(table, name)).ToList();
        if (unknown.Count > 0) throw NotFound(table, $"because the global secondary indexes with names: ‘[{string.Join(", ", unknown)}]’ do not exist.");
        foreach (var replica in input.Replicas ?? [])
        {
            if (replica!.IndexReads?.Find(index => !IsIndex(table, index!.IndexName!)) is { } missing) throw NotFound(table, $"because a global secondary index with name: ‘{missing.IndexName}’ does not exist in region: ‘{replica.RegionName}’.");
        }
    }

    private static bool IsIndex(Table table, string? name) => name is not null && table.FindIndex(name) is { Index.IsLocal: false };

    private static List<string> Named(ScalingUpdate update)
    {
        var named = new List<string>();
        if (update.MaximumUnits is not null) named.Add(nameof(update.MaximumUnits));
        if (update.Policy is not null) named.Add("ScalingPolicyUpdate");
        if (update.MinimumUnits is not null) named.Add(nameof(update.MinimumUnits));
        return named;
    }

    private static string Quoted(List<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    private static int? Units(long? units) => units is { } number ? (int)Math.Min(number, int.MaxValue) : null;

    private static AwsException OnDemand(Table table, bool isWrite)
    {
        var regions = string.Join(", ", table.Replicas.Append(table).Select(replica => $"'{replica.Region.ToUpperInvariant()}'").Order(StringComparer.Ordinal));
        var parameter = isWrite ? "GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate" : "ReplicaProvisionedReadCapacityAutoScalingSettingsUpdate";
        return DynamoDbErrors.Validation($"Failed to update global table with name ‘{table.Name}‘. Replicas {regions} BillingMode is PayPerRequest. You must convert table's BillingMode to PROVISIONED to set parameters: '{parameter}'.");
    }

    private static AwsException Failed(Table table, string why) => DynamoDbErrors.Validation(Text(table, why));

    private static AwsException NotFound(Table table, string why) => new("ResourceNotFoundException", Text(table, why));

    private static string Text(Table table, string why) => $"Failed to update settings for global table with name: ‘{table.Name}’{(why.StartsWith(':') ? "" : " ")}{why}";
}
