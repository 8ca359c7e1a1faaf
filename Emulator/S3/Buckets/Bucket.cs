using Emulator.S3.Rows;

namespace Emulator.S3.Buckets;

/// <summary>A general purpose bucket.</summary>
/// <param name="Id">What its rows are known by: a bucket that is deleted and made again is another one.</param>
/// <param name="Account">The account that owns it and, since ownership is enforced, every object in it.</param>
/// <param name="LocationConstraint">As it was given: null for us-east-1, <c>EU</c> perhaps for eu-west-1.</param>
internal sealed record Bucket(string Name, ulong Id, string Account, string Region, string? LocationConstraint, DateTimeOffset CreationDate)
{
    private const byte Format = 1;

    public string Arn => $"arn:aws:s3:::{Name}";

    public ReadOnlyMemory<byte> ToRow() =>
        new RowWriter(Format).Fixed64(Id).Text(Account).Text(Region).Text(LocationConstraint).Number(CreationDate.UtcTicks).ToRow();

    public static Bucket FromRow(string name, ReadOnlySpan<byte> row)
    {
        var reader = new RowReader(row, Format);
        return new(name, reader.Fixed64(), reader.Text()!, reader.Text()!, reader.Text(), new(reader.Number(), TimeSpan.Zero));
    }
}

/// <summary>How a request names a bucket.</summary>
/// <param name="ExpectedOwner">The account that the client takes for its owner (<c>x-amz-expected-bucket-owner</c>).</param>
internal readonly record struct BucketReference(string Name, string? ExpectedOwner)
{
    public string Arn => $"arn:aws:s3:::{Name}";
}
