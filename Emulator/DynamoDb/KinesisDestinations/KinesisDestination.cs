using Emulator.DynamoDb.Tables;

namespace Emulator.DynamoDb.KinesisDestinations;

/// <summary>A stream of Kinesis to which the changes of a table would go, as it is stored with the table.</summary>
/// <param name="Status">ACTIVE, DISABLED or ENABLE_FAILED.</param>
/// <param name="Precision">MILLISECOND or MICROSECOND; null where it was never named, which is MILLISECOND.</param>
/// <remarks>There is no Kinesis: nothing is sent. Source of texts and statuses: DDB-TABLE-268, 299 to 304, 318 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, taken from AWS.</remarks>
internal sealed record KinesisDestination(string StreamArn, string Status, string? Precision)
{
    // No limit of AWS, which forgets what was disabled after a while.
    private const int Kept = 50;

    public const string Active = "ACTIVE";
    public const string Disabled = "DISABLED";
    public const string Failed = "ENABLE_FAILED";

    /// <summary>What AWS says of an ARN that names no stream that it can reach.</summary>
    public string? StatusDescription => Status == Failed ? "User does not have a permission to use kinesis stream" : null;

    /// <summary>The destinations of a table with one that changed, which keeps its place; a new one stands first.</summary>
    public IReadOnlyList<KinesisDestination> In(IReadOnlyList<KinesisDestination> all) =>
        all.Any(other => other.StreamArn == StreamArn)
            ? [.. all.Select(other => other.StreamArn == StreamArn ? this : other)]
            : [this, .. all.Where((other, index) => index < Kept - 1 || other.Status == Active)];

    /// <summary>Whether an ARN can be that of a stream which a table writes to: in the account and the region of the table.</summary>
    public static bool IsReachable(Table table, string streamArn) =>
        streamArn.Split(':', 6) is ["arn", "aws", "kinesis", var region, var account, var stream] && region == table.Region && account == table.Account && stream.StartsWith("stream/", StringComparison.Ordinal);
}
