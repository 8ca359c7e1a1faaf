using Emulator.Iam;

namespace Emulator.Protocols;

/// <summary>One service's API as the edge sees it.</summary>
/// <param name="name">The name by which the router and the journal know it, as <c>dynamodbstreams</c>.</param>
/// <param name="bodyLimitBytes">The longest body that is buffered; a longer one is refused before it is read.</param>
/// <param name="signingName">The service in the credential scope, as <c>dynamodb</c>, where that is another.</param>
internal abstract class ServiceEndpoint(string name, Protocol protocol, long bodyLimitBytes, string? signingName = null)
{
    public string Name { get; } = name;

    public string SigningName { get; } = signingName ?? name;

    public Protocol Protocol { get; } = protocol;

    public long BodyLimitBytes { get; } = bodyLimitBytes;

    /// <summary>The operation that is asked for; throws what AWS answers where there is none, and 501 where only the emulator has none.</summary>
    public abstract Operation Find(RestRequest request);

    public abstract PreparedCall Prepare(Operation operation, Call call, RestRequest request);

    /// <summary>Turns away what is not for this service here.</summary>
    public virtual void Admit(Operation operation, RestRequest request, string? hostRegion, string? signedRegion) { }

    /// <summary>Headers of the service's own, on each of its answers.</summary>
    public virtual void AddAnswerHeaders(RestRequest request, Caller? caller, Reply reply) { }

    /// <summary>What the service itself says about who may what; null: nothing.</summary>
    public virtual IAccessRules? AccessRules => null;
}

/// <inheritdoc/>
/// <param name="tableOf">Gives the service's table, which is made at the service's first request: a start pays for no service that nobody calls.</param>
internal class ServiceEndpoint<TService>(string name, Protocol protocol, long bodyLimitBytes, TService service, Func<OperationTable<TService>> tableOf, string? signingName = null)
    : ServiceEndpoint(name, protocol, bodyLimitBytes, signingName)
{
    protected TService Service { get; } = service;

    public override Operation Find(RestRequest request)
    {
        var table = tableOf();
        if (Protocol.OperationName(request) is not { } name) return table.Find(request) ?? throw Protocol.UnknownOperation(request);
        return table.Find(name) ?? throw (table.NotBuiltNames.Contains(name) ? Errors.NotImplemented(name) : Protocol.UnknownOperation(request));
    }

    public override PreparedCall Prepare(Operation operation, Call call, RestRequest request) =>
        ((Operation<TService>)operation).Prepare(Service, call, request);

    public override void Admit(Operation operation, RestRequest request, string? hostRegion, string? signedRegion) => (Service as IAdmission)?.Admit(operation, request, hostRegion, signedRegion);

    public override void AddAnswerHeaders(RestRequest request, Caller? caller, Reply reply) => (Service as IAnswerHeaders)?.AddAnswerHeaders(request, caller, reply);

    public override IAccessRules? AccessRules => Service as IAccessRules;
}
