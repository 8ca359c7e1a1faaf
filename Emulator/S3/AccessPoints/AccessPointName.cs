using System.Buffers;
using Emulator.Identifiers;

namespace Emulator.S3.AccessPoints;

/// <summary>The rules for names of access points, and the aliases that are made of them.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html</remarks>
internal static class AccessPointName
{
    public const string AliasSuffix = "-s3alias";

    /// <summary>An alias has at most the 63 characters of a bucket's name.</summary>
    private const int AliasMetadataCharacters = 34;
    private const int AliasPrefixCharacters = 63 - 1 - AliasMetadataCharacters - 8;

    private static readonly SearchValues<char> InUris = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");

    /// <summary>Refuses what cannot be a name. Recorded: test_access_point_name_validation.</summary>
    public static void Check(string name)
    {
        if (name.Length is < 3 or > 50 || name.AsSpan().ContainsAnyExcept(InUris)) throw S3Errors.InvalidUri($"accesspoint/{name}");
        if (name.Contains('.') || name[0] == '-' || name[^1] == '-' || name.EndsWith(AliasSuffix, StringComparison.Ordinal)) throw AccessPointErrors.InvalidName();
    }

    /// <summary>A new alias, as <c>my-access-point-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias</c>.</summary>
    public static string NewAlias(string name, IdSource ids) =>
        $"{(name.Length > AliasPrefixCharacters ? name[..AliasPrefixCharacters] : name)}-{ids.LowerAlphanumeric(AliasMetadataCharacters)}{AliasSuffix}";
}
