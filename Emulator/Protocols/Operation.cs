using Emulator.Iam;

namespace Emulator.Protocols;

/// <summary>One row of a service's table: a name on the wire, what IAM calls it, and the way from a request to a decoded call.</summary>
/// <param name="name">AWS's name, as <c>GetItem</c>.</param>
/// <param name="access">Whether it asks for a signature.</param>
internal abstract class Operation(string name, OperationAccess access)
{
    public string Name { get; } = name;

    public OperationAccess Access { get; } = access;
}

/// <inheritdoc/>
internal abstract class Operation<TService>(string name, OperationAccess access) : Operation(name, access)
{
    /// <summary>Decodes the request; throws the <see cref="AwsException"/> of what cannot be decoded. Nothing is executed yet.</summary>
    public abstract PreparedCall Prepare(TService service, Call call, RestRequest request);
}

/// <summary>Whether an operation asks for a signature.</summary>
internal enum OperationAccess
{
    /// <summary>A request without a signature is refused by the protocol's own error.</summary>
    Signed,

    /// <summary>An unsigned request is the anonymous caller, whom a resource policy may allow (S3).</summary>
    SignedOrAnonymous,

    /// <summary>AWS does not look at a signature at all (Cognito's SignUp, InitiateAuth, GetId): the call carries its own proof, or needs none.</summary>
    Open,
}

/// <summary>A decoded call: what it asks permission for, and how it is carried out.</summary>
internal abstract class PreparedCall
{
    /// <summary>All of these must be allowed; empty where IAM has no say.</summary>
    public abstract IReadOnlyList<Permission> Permissions { get; }

    public abstract ValueTask<Reply> ExecuteAsync();
}
