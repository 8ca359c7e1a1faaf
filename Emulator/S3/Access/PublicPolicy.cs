using System.Text.Json;

namespace Emulator.S3.Access;

/// <summary>Whether a bucket's policy gives anything to everybody.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status: a policy is taken for public until every allowing statement names fixed values, as principals or in conditions.</remarks>
internal static class PublicPolicy
{
    private static readonly HashSet<string> FixingKeys = new(
        [
            "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:SourceArn", "aws:SourceVpc", "aws:SourceVpce", "aws:SourceOwner", "aws:SourceAccount", "aws:userid", "aws:PrincipalArn", "aws:PrincipalAccount",
            "s3:x-amz-server-side-encryption-aws-kms-key-id", "s3:DataAccessPointArn", "s3:DataAccessPointAccount",
        ], StringComparer.OrdinalIgnoreCase);

    private static readonly string[] FixingOperators = ["StringEquals", "StringLike", "StringEqualsIgnoreCase", "ArnEquals", "ArnLike"];

    /// <param name="policy">A document that S3 has taken.</param>
    public static bool IsPublic(string policy)
    {
        using var document = JsonDocument.Parse(policy);
        var statements = document.RootElement.GetProperty("Statement");
        return statements.ValueKind == JsonValueKind.Array ? statements.EnumerateArray().Any(IsPublic) : IsPublic(statements);
    }

    private static bool IsPublic(JsonElement statement) =>
        statement.GetProperty("Effect").GetString() == "Allow" && IsEverybody(statement) && !IsFixed(statement);

    private static bool IsEverybody(JsonElement statement)
    {
        if (!statement.TryGetProperty("Principal", out var principal)) return true; // NotPrincipal: everybody but some
        if (principal.ValueKind == JsonValueKind.String) return principal.GetString() == "*";
        return principal.ValueKind == JsonValueKind.Object && principal.TryGetProperty("AWS", out var accounts) && Texts(accounts).Contains("*");
    }

    private static bool IsFixed(JsonElement statement)
    {
        if (!statement.TryGetProperty("Condition", out var conditions) || conditions.ValueKind != JsonValueKind.Object) return false;
        foreach (var condition in conditions.EnumerateObject())
        {
            if (condition.Value.ValueKind != JsonValueKind.Object) continue;
            foreach (var key in condition.Value.EnumerateObject())
            {
                if (condition.Name == "IpAddress" && key.Name.Equals("aws:SourceIp", StringComparison.OrdinalIgnoreCase) && Texts(key.Value).All(IsNarrow)) return true;
                if (FixingOperators.Contains(condition.Name) && FixingKeys.Contains(key.Name) && Texts(key.Value).All(value => value.IndexOfAny(['*', '?', '$']) < 0)) return true;
            }
        }
        return false;
    }

    /// <summary>Not a range of half the world: IPv4 from /8 and IPv6 from /32 on are narrow.</summary>
    private static bool IsNarrow(string range)
    {
        var slash = range.IndexOf('/');
        return slash < 0 || (int.TryParse(range.AsSpan(slash + 1), out var bits) && bits >= (range.Contains(':') ? 32 : 8));
    }

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!),
        _ => [],
    };
}
