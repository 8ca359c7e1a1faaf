namespace Emulator.Protocols;

/// <summary>A service that has another server answer some of its requests (S3: buckets that are kept upstream).</summary>
internal interface IForwarding<TService>
{
    /// <summary>The call as it is sent on; null where it is executed here.</summary>
    PreparedCall? Forward(Operation<TService> operation, Call call, RestRequest request);
}
