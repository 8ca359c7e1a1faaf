namespace Emulator.S3.Access;

/// <summary>What an ARN names: a bucket, or an object in it.</summary>
/// <param name="Key">null: the bucket itself.</param>
internal readonly record struct S3Resource(string Bucket, string? Key)
{
    private const string Prefix = "arn:aws:s3:::";

    /// <summary>null where the ARN names neither.</summary>
    public static S3Resource? Parse(string arn)
    {
        if (!arn.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var slash = arn.IndexOf('/', Prefix.Length);
        return slash < 0 ? new(arn[Prefix.Length..], null) : new(arn[Prefix.Length..slash], arn[(slash + 1)..]);
    }
}
