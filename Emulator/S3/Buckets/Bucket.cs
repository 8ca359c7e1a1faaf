using Emulator.S3.Rows;

namespace Emulator.S3.Buckets;

/// <summary>A general purpose bucket.</summary>
/// <param name="Id">What its rows are known by: a bucket that is deleted and made again is another one.</param>
/// <param name="Account">The account that owns it and, since ownership is enforced, every object in it.</param>
/// <param name="LocationConstraint">As it was given: null for us-east-1, <c>EU</c> perhaps for eu-west-1.</param>
internal sealed record Bucket(string Name, ulong Id, string Account, string Region, string? LocationConstraint, DateTimeOffset CreationDate)
{
    /// <summary>1 knew neither versioning nor object lock.</summary>
    private const byte Format = 2;

    public string Arn => $"arn:aws:s3:::{Name}";

    public VersioningStatus Versioning { get; init; }

    /// <summary>Whether versions may be locked: once enabled it stays, and so does versioning.</summary>
    public bool HasObjectLock { get; init; }

    public ReadOnlyMemory<byte> ToRow() =>
        new RowWriter(Format).Fixed64(Id).Text(Account).Text(Region).Text(LocationConstraint).Number(CreationDate.UtcTicks)
            .Byte((byte)Versioning).Byte(HasObjectLock ? (byte)1 : (byte)0).ToRow();

    public static Bucket FromRow(string name, ReadOnlySpan<byte> row)
    {
        var reader = new RowReader(row, Format);
        var bucket = new Bucket(name, reader.Fixed64(), reader.Text()!, reader.Text()!, reader.Text(), new(reader.Number(), TimeSpan.Zero));
        return reader.Version == 1 ? bucket : bucket with { Versioning = (VersioningStatus)reader.Byte(), HasObjectLock = reader.Byte() != 0 };
    }
}

/// <summary>Whether writes keep what they replace. A bucket never comes back to <see cref="Unversioned"/>.</summary>
internal enum VersioningStatus : byte { Unversioned, Enabled, Suspended }

/// <summary>How a request names a bucket.</summary>
/// <param name="ExpectedOwner">The account that the client takes for its owner (<c>x-amz-expected-bucket-owner</c>).</param>
internal readonly record struct BucketReference(string Name, string? ExpectedOwner)
{
    public string Arn => $"arn:aws:s3:::{Name}";
}
