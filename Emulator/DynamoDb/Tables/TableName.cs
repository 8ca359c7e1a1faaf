using Emulator.Protocols;

namespace Emulator.DynamoDb.Tables;

/// <summary>A table by its owner, region and name, however the request named it.</summary>
internal readonly record struct TableName(string Account, string Region, string Name)
{
    private const string ArnPrefix = "arn:aws:dynamodb:";

    /// <summary>Reads a name, or an ARN as <c>arn:aws:dynamodb:eu-west-1:000000000000:table/Notes</c>.</summary>
    public static TableName Parse(Call call, string nameOrArn)
    {
        if (!nameOrArn.StartsWith("arn:", StringComparison.Ordinal)) return new(call.Account, call.Region, nameOrArn);
        var parts = nameOrArn.Split(':', 6);
        if (parts.Length < 6 || !nameOrArn.StartsWith(ArnPrefix, StringComparison.Ordinal) || !parts[5].StartsWith("table/", StringComparison.Ordinal) || parts[5].Count('/') > 1)
        {
            throw DynamoDbErrors.Validation($"Invalid table ARN: {nameOrArn}");
        }
        return new(parts[4], parts[3], parts[5]["table/".Length..]);
    }
}

/// <summary>The ARNs of the service.</summary>
internal static class Arns
{
    public static string Table(string account, string region, string name) => $"arn:aws:dynamodb:{region}:{account}:table/{name}";

    public static string Index(Table table, string name) => $"{table.Arn}/index/{name}";

    /// <summary>The table that a request names by name or ARN; all of them where it names none.</summary>
    public static string Table(Call call, string? nameOrArn) =>
        nameOrArn is null ? Table(call.Account, call.Region, "*")
        : nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn
        : Table(call.Account, call.Region, nameOrArn);
}
