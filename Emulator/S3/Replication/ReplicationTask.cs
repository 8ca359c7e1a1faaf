using Emulator.S3.Rows;

namespace Emulator.S3.Replication;

/// <summary>What is replicated of a version.</summary>
internal enum ReplicationOperation : byte { Object = 1, DeleteMarker = 2, Tagging = 3, Acl = 4, Retention = 5, LegalHold = 6 }

/// <summary>One thing to be done at one destination, as its rule had it at the time: a rule that is changed or deleted meanwhile changes nothing of it.</summary>
/// <param name="BucketId">Of the source: a bucket that is deleted and made again is another one.</param>
internal sealed record ReplicationTask(ReplicationOperation Operation, string Bucket, ulong BucketId, string Key, string VersionId, DateTimeOffset Requested, string Role, string RuleId, ReplicationDestination Destination)
{
    private const byte Format = 1;

    /// <summary>As events tell it.</summary>
    public string OperationName => Operation switch
    {
        ReplicationOperation.Object => "OBJECT_PUT",
        ReplicationOperation.DeleteMarker => "DELETE_MARKER",
        ReplicationOperation.Tagging => "TAGGING_PUT",
        ReplicationOperation.Acl => "ACL_PUT",
        ReplicationOperation.Retention => "RETENTION_PUT",
        _ => "LEGAL_HOLD_PUT",
    };

    public ReadOnlyMemory<byte> ToRow()
    {
        var row = new RowWriter(Format).Byte((byte)Operation).Text(Bucket).Fixed64(BucketId).Text(Key).Text(VersionId).Number(Requested.UtcTicks).Text(Role).Text(RuleId);
        Destination.Write(row);
        return row.ToRow();
    }

    public static ReplicationTask FromRow(ReadOnlySpan<byte> bytes)
    {
        var row = new RowReader(bytes, Format);
        return new((ReplicationOperation)row.Byte(), row.Text()!, row.Fixed64(), row.Text()!, row.Text()!, new(row.Number(), TimeSpan.Zero), row.Text()!, row.Text()!, ReplicationDestination.Read(ref row));
    }
}
