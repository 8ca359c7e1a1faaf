namespace Emulator.DynamoDb.Tables;

/// <summary>What the ARN of a request names: a table, one of its indexes, or a stream.</summary>
/// <remarks>Source of the texts: DDB-TABLE-071, 212, 442 in docs/api-quirks of aws-controllers-k8s/dynamodb-controller, taken from AWS.</remarks>
internal readonly record struct ResourceArn(string Text, TableName Table, string? Index, string? Stream)
{
    public static ResourceArn Parse(string arn)
    {
        if (!arn.StartsWith("arn:", StringComparison.Ordinal)) throw DynamoDbErrors.Invalid($"ARNs must start with 'arn:': {arn}");
        var parts = arn.Split(':', 6);
        var path = parts.Length == 6 && parts[2] == "dynamodb" ? parts[5].Split('/', 4) : [];
        var (kind, name) = path switch
        {
            ["table", _] => ("", ""),
            ["table", _, var of and ("index" or "stream"), var named] => (of, named),
            _ => throw DynamoDbErrors.Invalid($"Provided Arn is not a DynamoDB resource arn: {arn}"),
        };
        return new(arn, new(parts[4], parts[3], path[1]), kind == "index" ? name : null, kind == "stream" ? name : null);
    }

    /// <summary>Refuses the ARN of an index where only tables and streams are named.</summary>
    public void RefuseIndex()
    {
        if (Index is not null) throw DynamoDbErrors.Invalid($"Invalid resource arn provided, only table or stream is accepted. Provided resource arn: {Text}");
    }
}
