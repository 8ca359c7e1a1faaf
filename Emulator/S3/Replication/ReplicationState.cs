using Emulator.S3.Rows;

namespace Emulator.S3.Replication;

internal enum ReplicationStatus : byte { Pending = 1, Completed = 2, Failed = 3 }

/// <summary>How a version stands to replication: whether it is a replica, and how far it has come to each of its destinations.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-status.html</remarks>
internal sealed record ReplicationState(bool IsReplica, IReadOnlyList<ReplicationTarget> Targets)
{
    public static ReplicationState Replica { get; } = new(true, []);

    /// <summary>The value of <c>x-amz-replication-status</c>. It waits for all destinations; where one has failed it is FAILED.</summary>
    public string Told =>
        Targets.Any(target => target.Status == ReplicationStatus.Pending) ? "PENDING"
        : Targets.Any(target => target.Status == ReplicationStatus.Failed) ? "FAILED"
        : IsReplica ? "REPLICA"
        : "COMPLETED";

    /// <param name="bucket">The destination.</param>
    public ReplicationState With(string bucket, ReplicationStatus status) =>
        this with { Targets = [.. Targets.Where(target => target.Bucket != bucket), new(bucket, status)] };

    public void Write(RowWriter row)
    {
        row.Byte(IsReplica ? (byte)1 : (byte)0).Number(Targets.Count);
        foreach (var (bucket, status) in Targets) row.Text(bucket).Byte((byte)status);
    }

    public static ReplicationState Read(ref RowReader row)
    {
        var isReplica = row.Byte() != 0;
        var targets = new ReplicationTarget[row.Number()];
        for (var i = 0; i < targets.Length; i++) targets[i] = new(row.Text()!, (ReplicationStatus)row.Byte());
        return new(isReplica, targets);
    }
}

/// <param name="Bucket">The name of the destination.</param>
internal readonly record struct ReplicationTarget(string Bucket, ReplicationStatus Status);
