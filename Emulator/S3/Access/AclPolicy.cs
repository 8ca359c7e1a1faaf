using System.Text.Json;

namespace Emulator.S3.Access;

/// <summary>What ACLs allow, as a policy: so that one evaluator decides about both.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions</remarks>
internal static class AclPolicy
{
    private static readonly string[] ReadBucket = ["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"];

    /// <summary>Who may write may say to whom what he writes is given, and tag it; see <see cref="ResourceAccess"/> for an object that is there.</summary>
    private static readonly string[] WriteBucket = ["s3:PutObject", "s3:DeleteObject", "s3:PutObjectAcl", "s3:PutObjectTagging"];
    private static readonly string[] ReadObject = ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectTorrent"];
    private static readonly string[] ReadAclOfObject = ["s3:GetObjectAcl", "s3:GetObjectVersionAcl"];
    private static readonly string[] WriteAclOfObject = ["s3:PutObjectAcl", "s3:PutObjectVersionAcl"];

    /// <summary>Whether the owner of the object decides about the action; else that of the bucket.</summary>
    public static bool IsOfObject(string action) => ReadObject.Contains(action) || ReadAclOfObject.Contains(action) || WriteAclOfObject.Contains(action);

    /// <summary>Whether the bucket's ACL allows the action on what is not there yet alone.</summary>
    public static bool IsOfNewObject(string action) => action == "s3:PutObjectTagging";

    /// <summary>The statements of a bucket policy, and what ACLs add.</summary>
    /// <param name="policy">null: none.</param>
    /// <param name="keepsAllows">Whether the policy may allow, or only deny: it has no say over what its owner does not own.</param>
    public static string? Combine(string? policy, bool keepsAllows, Acl? bucketAcl, Acl? objectAcl, bool ignoresPublic)
    {
        using var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content))
        {
            json.WriteStartObject();
            json.WriteString("Version", "2012-10-17");
            json.WriteStartArray("Statement");
            if (policy is not null) WriteStatements(json, policy, keepsAllows);
            foreach (var grant in bucketAcl?.Grants ?? []) WriteGrant(json, grant, ActionsOfBucket(grant.Permission), ignoresPublic);
            foreach (var grant in objectAcl?.Grants ?? []) WriteGrant(json, grant, ActionsOfObject(grant.Permission), ignoresPublic);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(content.ToArray());
    }

    private static string[] ActionsOfBucket(AclPermission permission) => permission switch
    {
        AclPermission.READ => ReadBucket,
        AclPermission.WRITE => WriteBucket,
        AclPermission.READ_ACP => ["s3:GetBucketAcl"],
        AclPermission.WRITE_ACP => ["s3:PutBucketAcl"],
        _ => [.. ReadBucket, .. WriteBucket, "s3:GetBucketAcl", "s3:PutBucketAcl"],
    };

    private static string[] ActionsOfObject(AclPermission permission) => permission switch
    {
        AclPermission.READ => ReadObject,
        AclPermission.WRITE => [],
        AclPermission.READ_ACP => ReadAclOfObject,
        AclPermission.WRITE_ACP => WriteAclOfObject,
        _ => [.. ReadObject, .. ReadAclOfObject, .. WriteAclOfObject],
    };

    private static void WriteStatements(Utf8JsonWriter json, string policy, bool keepsAllows)
    {
        using var document = JsonDocument.Parse(policy);
        var statements = document.RootElement.GetProperty("Statement");
        foreach (var statement in statements.ValueKind == JsonValueKind.Array ? [.. statements.EnumerateArray()] : new[] { statements })
        {
            if (keepsAllows || statement.GetProperty("Effect").GetString() == "Deny") statement.WriteTo(json);
        }
    }

    private static void WriteGrant(Utf8JsonWriter json, AclGrant grant, string[] actions, bool ignoresPublic)
    {
        if (grant.Grantee == AclGroups.LogDelivery || (grant.IsGroup && ignoresPublic) || actions.Length == 0) return;
        json.WriteStartObject();
        json.WriteString("Sid", $"ACL {grant.Permission}");
        json.WriteString("Effect", "Allow");
        if (grant.IsGroup)
        {
            json.WriteString("Principal", "*");
        }
        else
        {
            json.WriteStartObject("Principal");
            json.WriteString("CanonicalUser", grant.Grantee);
            json.WriteEndObject();
        }
        json.WriteStartArray("Action");
        foreach (var action in actions) json.WriteStringValue(action);
        json.WriteEndArray();
        json.WriteString("Resource", "*");
        if (grant.Grantee == AclGroups.AuthenticatedUsers)
        {
            // Whoever has signed has an account.
            json.WriteStartObject("Condition");
            json.WriteStartObject("Null");
            json.WriteString("aws:PrincipalAccount", "false");
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
