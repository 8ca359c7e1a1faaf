namespace Emulator.DynamoDb.Streams;

/// <summary>A stream by its table and its label, as its ARN names it: <c>arn:aws:dynamodb:eu-west-1:000000000000:table/Notes/stream/2026-01-01T00:00:00.000</c>.</summary>
internal readonly record struct StreamName(string Account, string Region, string Table, string Label)
{
    public string Arn => $"{Tables.Arns.Table(Account, Region, Table)}/stream/{Label}";

    public static StreamName Parse(string arn) => TryParse(arn) ?? throw StreamErrors.InvalidArn();

    public static StreamName? TryParse(string arn)
    {
        var parts = arn.Split(':', 6);
        if (parts.Length < 6 || parts[0] != "arn" || parts[2] != "dynamodb") return null;
        var resource = parts[5].Split('/');
        return resource is ["table", { Length: > 0 } table, "stream", { Length: > 0 } label] ? new(parts[4], parts[3], table, label) : null;
    }
}
