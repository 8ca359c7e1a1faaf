using Emulator.Identifiers;

namespace Emulator.Iam;

/// <summary>How S3 names an account: 64 hexadecimal digits.</summary>
/// <remarks>https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html#FindCanonicalId</remarks>
internal static class CanonicalUser
{
    /// <summary>Who uploads without a signature.</summary>
    private const string Anonymous = "65a011a29cdf8ec533ec3d1ccaae921c";

    public static string IdOf(string account) => account.Length == 0 ? Anonymous : StableId.Of("canonical-user", account, "", "", "0123456789abcdef", 64);
}
