using System.Text.Json.Serialization;
using Emulator.Identifiers;
using Emulator.Integration;
using Emulator.Protocols;

namespace Emulator.ApplicationAutoScaling.Targets;

/// <summary>What can be scaled: one dimension of one resource, as <c>dynamodb:table:ReadCapacityUnits</c> of <c>table/Notes</c>.</summary>
/// <param name="ResourceId"><c>table/Notes</c>, or <c>table/Notes/index/byDate</c>.</param>
internal readonly record struct TargetId(string Account, string Region, string ResourceId, string Dimension)
{
    public const string TableDimension = "dynamodb:table:";
    public const string IndexDimension = "dynamodb:index:";
    private const string Write = "WriteCapacityUnits";

    /// <summary>The identifiers of a target follow from what it is, so that policies may name it before it is there.</summary>
    [JsonIgnore]
    public Guid Uuid => StableId.Uuid("scalable-target", Account, Region, $"{ResourceId} {Dimension}");

    // As radkawar/stackd measured it: the id of a target of DynamoDB begins with 0d26.
    [JsonIgnore]
    public string Arn => $"arn:aws:application-autoscaling:{Region}:{Account}:scalable-target/0d26{Uuid:N}";

    /// <summary>As activities call it.</summary>
    [JsonIgnore]
    public string CapacityName => IsWrite ? "write capacity units" : "read capacity units";

    [JsonIgnore]
    public byte[] Key => StoreKey.Of(Account, Region, ResourceId, Dimension);

    [JsonIgnore]
    public ScalableCapacity Capacity
    {
        get
        {
            var parts = ResourceId.Split('/');
            return new(Account, Region, parts[1], parts.Length == 4 ? parts[3] : null, IsWrite);
        }
    }

    private bool IsWrite => Dimension.EndsWith(Write, StringComparison.Ordinal);

    /// <summary>The target that a request names in full; refuses what cannot be scaled.</summary>
    public static TargetId Of(Call call, string resourceId, string dimension) => Matches(resourceId, dimension)
        ? new(call.Account, call.Region, resourceId, dimension)
        : throw ApplicationAutoScalingErrors.Unsupported();

    /// <summary>Whether the resource is one of the dimension's, or of any where there is none.</summary>
    public static bool Matches(string resourceId, string? dimension)
    {
        var parts = resourceId.Split('/');
        var isTable = parts is ["table", { Length: > 0 }];
        var isIndex = parts is ["table", { Length: > 0 }, "index", { Length: > 0 }];
        if (dimension is null) return isTable || isIndex;
        return (isTable && dimension.StartsWith(TableDimension, StringComparison.Ordinal)) || (isIndex && dimension.StartsWith(IndexDimension, StringComparison.Ordinal));
    }
}
