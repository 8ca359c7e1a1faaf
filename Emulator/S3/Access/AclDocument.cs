using Emulator.Protocols;
using Emulator.S3.Settings;
using static Emulator.S3.Settings.XmlShape;

namespace Emulator.S3.Access;

/// <summary>ACLs as documents.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_AccessControlPolicy.html; the texts are recorded (test_s3_bucket_acl_exceptions).</remarks>
internal static class AclDocument
{
    private static readonly XmlShape Shape = Parent("AccessControlPolicy",
        Parent("Owner", Text("ID").Required(), Text("DisplayName")).Required(),
        Parent("AccessControlList",
            Parent("Grant",
                Parent("Grantee", Text("DisplayName"), Text("EmailAddress"), Text("ID"), Text("URI")).Required(),
                Choice("Permission", Enum.GetNames<AclPermission>()).Required()).Repeated()).Required());

    /// <param name="owner">Whose the bucket or object is: a document cannot give it to another.</param>
    public static Acl Parse(ReadOnlyMemory<byte> content, string owner, KnownAccounts accounts)
    {
        var document = Read(content);
        var ownerId = document.Child("Owner")!.Value("ID")!;
        if (!accounts.Has(ownerId)) throw InvalidId(ownerId);
        if (ownerId != Owners.CanonicalId(owner)) throw S3Errors.AccessDenied();
        var grants = document.Child("AccessControlList")!.All("Grant").Select(grant => ParseGrant(grant, accounts)).ToList();
        // Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html: an ACL can have up to 100 grants.
        return grants.Count <= 100 ? new(owner, grants) : throw S3Errors.MalformedAcl();
    }

    private static XmlNode Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            return Shape.Check(RestXml.Parse(content, Shape.Name));
        }
        catch (AwsException malformed) when (malformed.Code == "MalformedXML")
        {
            throw S3Errors.MalformedAcl();
        }
    }

    private static AclGrant ParseGrant(XmlNode grant, KnownAccounts accounts)
    {
        var grantee = grant.Child("Grantee")!;
        var permission = Enum.Parse<AclPermission>(grant.Value("Permission")!);
        switch (grantee.Type)
        {
            case "CanonicalUser" when grantee.Value("ID") is { } id:
                return accounts.Has(id) ? new(false, id, permission) : throw InvalidId(id);
            case "Group" when grantee.Value("URI") is { } uri:
                return AclGroups.IsKnown(uri) ? AclGrant.ToGroup(uri, permission) : throw S3Errors.InvalidArgument("Invalid group uri", "Group/URI", uri);
            case "AmazonCustomerByEmail" when grantee.Value("EmailAddress") is { } email:
                return new(false, accounts.IdOfEmail(email) ?? throw S3Errors.UnresolvableEmail(email), permission);
            default:
                throw S3Errors.MalformedAcl();
        }
    }

    private static AwsException InvalidId(string id) => S3Errors.InvalidArgument("Invalid id", "CanonicalUser/ID", id);

    public static Reply Write(Acl acl, Owners owners)
    {
        var xml = new XmlBuilder().Root("AccessControlPolicy"u8);
        owners.Of(acl.Owner).WriteTo(xml);
        xml.Start("AccessControlList"u8);
        foreach (var grant in acl.Grants)
        {
            xml.Start("Grant"u8);
            xml.Raw("<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\""u8);
            xml.Raw(grant.IsGroup ? "Group\">"u8 : "CanonicalUser\">"u8);
            if (grant.IsGroup) xml.Element("URI"u8, grant.Grantee);
            else owners.ById(grant.Grantee).WriteMembersTo(xml);
            xml.End("Grantee"u8).Element("Permission"u8, grant.Permission.ToString()).End("Grant"u8);
        }
        return xml.End("AccessControlList"u8).End("AccessControlPolicy"u8).ToReply();
    }
}
