using System.Text.RegularExpressions;
using Emulator.Identifiers;
using Emulator.Protocols;

namespace Emulator.Kms;

/// <summary>Describes a key that AWS manages, named by its id, its ARN, its alias or its alias's ARN.</summary>
/// <remarks>https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html</remarks>
internal static partial class DescribeKey
{
    /// <summary>What IAM is asked about: the key behind the name.</summary>
    public static string Resource(Call call, DescribeKeyInput input) => input.KeyId is { Length: > 0 } key ? KmsKeys.Arn(call.Caller.Account, call.Region, key) : "*";

    public static DescribeKeyOutput Execute(KmsService service, Call call, DescribeKeyInput input)
    {
        if (input.KeyId is null) throw KmsErrors.Validation("Value null at 'keyId' failed to satisfy constraint: Member must not be null");
        if (input.KeyId.Length is 0 or > 2048) throw KmsErrors.Validation($"Value '{input.KeyId}' at 'keyId' failed to satisfy constraint: Member must have length {(input.KeyId.Length == 0 ? "greater than or equal to 1" : "less than or equal to 2048")}");
        return new(Find(call, input.KeyId).Metadata);
    }

    private static ManagedKey Find(Call call, string name)
    {
        var (account, region, key) = (call.Caller.Account, call.Region, name);
        if (name.StartsWith("arn:", StringComparison.Ordinal))
        {
            var parts = name.Split(':', 6);
            if (parts is not ["arn", "aws", "kms", _, _, { Length: > 0 }]) throw KmsErrors.InvalidArn($"Invalid arn {name}");
            if (parts[3] != region) throw KmsErrors.InvalidArn($"Invalid arn {parts[3]}");
            (account, key) = (parts[4], parts[5]);
        }
        if (key.StartsWith("alias/", StringComparison.Ordinal))
        {
            return ManagedKey.Aliases.Contains(key) ? new(key, account, region) : throw KmsErrors.NotFound($"Alias arn:aws:kms:{region}:{account}:{key} is not found.");
        }
        var id = key.StartsWith("key/", StringComparison.Ordinal) && key != name ? key["key/".Length..] : key;
        if (!KeyId().IsMatch(id)) throw KmsErrors.NotFound($"Invalid keyId {id}");
        return ManagedKey.Aliases.Select(alias => new ManagedKey(alias, account, region)).FirstOrDefault(managed => managed.Is(id)) ?? throw KmsErrors.NotFound($"Key '{KmsKeys.ArnOfId(account, region, id)}' does not exist");
    }

    [GeneratedRegex("^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyId();
}

/// <remarks>GrantTokens have nothing to grant here: they are read over.</remarks>
internal sealed record DescribeKeyInput(string? KeyId);

internal sealed record DescribeKeyOutput(KeyMetadata KeyMetadata);
