using System.Buffers.Binary;
using Emulator.Storage;

namespace Emulator.S3;

/// <summary>A write to S3 in progress: the transaction, what it gives to the objects that it makes, and what it frees.</summary>
internal sealed class S3Write(S3Service service, IWriteTransaction transaction)
{
    public S3Service Service { get; } = service;

    public IWriteTransaction Transaction { get; } = transaction;

    /// <summary>The moment of the write.</summary>
    public DateTimeOffset Moment { get; } = service.Context.Clock.GetUtcNow();

    /// <summary>The moment in whole seconds, as S3 dates what it keeps.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(Moment.ToUnixTimeSeconds());

    /// <summary>The files that lost their last owner: they are deleted once the transaction has committed.</summary>
    public List<string> Freed { get; } = [];

    /// <summary>Whether rules of replication see what is changed: not what lifecycle rules and replication itself do.</summary>
    public bool Replicates { get; set; } = true;

    /// <summary>Something waits to be replicated once the transaction has committed.</summary>
    public bool QueuesReplication { get; set; }

    /// <summary>A random number for the id of a version.</summary>
    public ulong Nonce() => BinaryPrimitives.ReadUInt64BigEndian(Service.Context.Ids.Bytes(sizeof(ulong)));
}
