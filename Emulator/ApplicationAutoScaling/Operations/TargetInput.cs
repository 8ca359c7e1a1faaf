using Emulator.ApplicationAutoScaling.Targets;
using Emulator.Protocols;

namespace Emulator.ApplicationAutoScaling.Operations;

/// <summary>The members by which a request names a target.</summary>
internal abstract record TargetInput
{
    public string? ServiceNamespace { get; init; }
    public string? ResourceId { get; init; }
    public string? ScalableDimension { get; init; }

    /// <summary>Checks the shapes of the request, its own members too, and reads the target.</summary>
    public TargetId Target(Call call, string operation)
    {
        var constraints = new Constraints().Required("serviceNamespace", ServiceNamespace).OneOf("serviceNamespace", ServiceNamespace, Words.ServiceNamespaces)
            .Required("resourceId", ResourceId).Text("resourceId", ResourceId, 1600)
            .Required("scalableDimension", ScalableDimension).OneOf("scalableDimension", ScalableDimension, Words.ScalableDimensions);
        AddTo(constraints);
        constraints.Done();
        Namespaces.Require(ServiceNamespace!, operation);
        return TargetId.Of(call, ResourceId!, ScalableDimension!);
    }

    /// <summary>What IAM is asked about: the target, where the request names one.</summary>
    public string Resource(Call call) => ResourceId is { } resource && ScalableDimension is { } dimension ? new TargetId(call.Account, call.Region, resource, dimension).Arn : "*";

    protected virtual void AddTo(Constraints constraints) { }
}

/// <summary>The members by which a list is filtered and paged.</summary>
internal abstract record ListInput
{
    public string? ServiceNamespace { get; init; }
    public string? ScalableDimension { get; init; }
    public int? MaxResults { get; init; }
    public string? NextToken { get; init; }

    /// <param name="resources">The resources that the list is about; none for all.</param>
    protected void Check(string operation, IReadOnlyList<string> resources, string resourceMember, Action<Constraints>? more = null)
    {
        var constraints = new Constraints().Required("serviceNamespace", ServiceNamespace).OneOf("serviceNamespace", ServiceNamespace, Words.ServiceNamespaces);
        foreach (var resource in resources) constraints.Required($"{resourceMember}.member", resource).Text($"{resourceMember}.member", resource, 1600);
        constraints.OneOf("scalableDimension", ScalableDimension, Words.ScalableDimensions);
        more?.Invoke(constraints);
        constraints.Done();
        Namespaces.Require(ServiceNamespace!, operation);
        if (ScalableDimension is not null && resources.Count == 0)
        {
            throw ApplicationAutoScalingErrors.Validation($"{char.ToUpperInvariant(resourceMember[0])}{resourceMember[1..]} must be specified when ScalableDimension is specified");
        }
        if (resources.Any(resource => !TargetId.Matches(resource, ScalableDimension))) throw ApplicationAutoScalingErrors.Unsupported();
    }
}

/// <summary>The services whose resources can be scaled here.</summary>
internal static class Namespaces
{
    public static void Require(string serviceNamespace, string operation)
    {
        if (serviceNamespace != "dynamodb") throw Errors.NotImplemented($"{operation} of the service namespace {serviceNamespace}");
    }
}
