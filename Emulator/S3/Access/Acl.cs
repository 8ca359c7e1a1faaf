using Emulator.S3.Rows;

namespace Emulator.S3.Access;

/// <summary>The access control list of a bucket or an object: who owns it, and what it gives to whom.</summary>
/// <param name="Owner">An account; "" where nobody signed the upload.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html</remarks>
internal sealed record Acl(string Owner, IReadOnlyList<AclGrant> Grants)
{
    /// <summary>Nothing for anybody but the owner.</summary>
    public static Acl Private(string owner) => new(owner, [AclGrant.ToAccount(owner, AclPermission.FULL_CONTROL)]);

    /// <summary>Whether it gives anything to everybody, or to every account.</summary>
    public bool IsPublic => Grants.Any(grant => grant.Grantee is AclGroups.AllUsers or AclGroups.AuthenticatedUsers);

    /// <summary>The same text for the same list.</summary>
    public override string ToString() => $"{Owner} {string.Join(' ', Grants.Select(grant => $"{grant.Grantee}={grant.Permission}"))}";

    /// <summary>Whether it gives nothing to anybody but the owner.</summary>
    public bool IsOwnersOnly => Grants.All(grant => grant.Grantee == Owners.CanonicalId(Owner));

    public void Write(RowWriter row)
    {
        row.Text(Owner).Number(Grants.Count);
        foreach (var grant in Grants) row.Byte(grant.IsGroup ? (byte)1 : (byte)0).Text(grant.Grantee).Byte((byte)grant.Permission);
    }

    public static Acl Read(ref RowReader row)
    {
        var owner = row.Text()!;
        var grants = new AclGrant[row.Number()];
        for (var i = 0; i < grants.Length; i++)
        {
            var isGroup = row.Byte() == 1;
            grants[i] = new(isGroup, row.Text()!, (AclPermission)row.Byte());
        }
        return new(owner, grants);
    }
}

/// <param name="Grantee">The URI of a group, or the canonical id of an account.</param>
internal sealed record AclGrant(bool IsGroup, string Grantee, AclPermission Permission)
{
    public static AclGrant ToAccount(string account, AclPermission permission) => new(false, Owners.CanonicalId(account), permission);

    public static AclGrant ToGroup(string uri, AclPermission permission) => new(true, uri, permission);
}

/// <summary>In AWS's spelling.</summary>
internal enum AclPermission : byte { FULL_CONTROL, READ, WRITE, READ_ACP, WRITE_ACP }

internal static class AclGroups
{
    public const string AllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
    public const string AuthenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
    public const string LogDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";

    public static bool IsKnown(string uri) => uri is AllUsers or AuthenticatedUsers or LogDelivery;
}
