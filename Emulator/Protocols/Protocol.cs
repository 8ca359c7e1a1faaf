using Emulator.Identifiers;

namespace Emulator.Protocols;

/// <summary>How a service speaks on the wire: how an operation is named, how an error looks, which headers stand beside every answer.</summary>
internal abstract class Protocol
{
    /// <summary>Whether the body is read whole before the operation is decoded; S3 streams instead.</summary>
    public abstract bool BuffersBody { get; }

    /// <summary>The answer to a request that is for no operation, as a health check; null where it may be for one.</summary>
    public virtual Reply? AnswerPlainly(RestRequest request) => null;

    /// <summary>The request with its whole body as it was before it was compressed (Content-Encoding); its signature covers what came.</summary>
    public virtual RestRequest Decoded(RestRequest request, long limitBytes) => request;

    /// <summary>The name of the operation that the request asks for, where the protocol carries one (awsJson, awsQuery); null where method and path tell.</summary>
    public abstract string? OperationName(RestRequest request);

    /// <summary>An identifier in the form of the service's own.</summary>
    public abstract string NewRequestId(IdSource ids);

    /// <summary>The error as the service writes it.</summary>
    public abstract Reply Error(AwsException error, RestRequest request, string requestId);

    /// <summary>Adds what stands beside every answer, errors included: request id, content type, checksum.</summary>
    public abstract void Complete(Reply reply, RestRequest request, string requestId);

    /// <summary>The name in X-Amz-Target is not one of this service's, nor of AWS's.</summary>
    public virtual AwsException UnknownOperation(RestRequest request) => Errors.UnknownOperation();
}
