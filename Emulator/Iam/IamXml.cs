using System.Globalization;
using System.Xml;

namespace Emulator.Iam;

/// <summary>The elements that several answers of IAM share.</summary>
internal static class IamXml
{
    public const string Namespace = "https://iam.amazonaws.com/doc/2010-05-08/";

    /// <summary>What emulator.yaml declares has no birthday.</summary>
    private static readonly DateTimeOffset CreateDate = DateTimeOffset.UnixEpoch;

    public static void WriteRole(XmlWriter xml, IamPrincipal role)
    {
        xml.WriteElementString("Path", role.Path);
        xml.WriteElementString("RoleName", role.Name);
        xml.WriteElementString("RoleId", role.Id);
        xml.WriteElementString("Arn", role.Arn);
        WriteCreateDate(xml);
        // IAM sends policy documents percent-encoded inside the XML.
        if (role.TrustPolicy is { } trust) xml.WriteElementString("AssumeRolePolicyDocument", Uri.EscapeDataString(trust));
        xml.WriteElementString("MaxSessionDuration", role.MaxSessionDuration.TotalSeconds.ToString(CultureInfo.InvariantCulture));
    }

    public static void WriteUser(XmlWriter xml, IamPrincipal user)
    {
        xml.WriteElementString("Path", user.Path);
        xml.WriteElementString("UserName", user.Name);
        xml.WriteElementString("UserId", user.Id);
        xml.WriteElementString("Arn", user.Arn);
        WriteCreateDate(xml);
    }

    public static void WriteCreateDate(XmlWriter xml) =>
        xml.WriteElementString("CreateDate", CreateDate.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));

    public static void WriteTags(XmlWriter xml, IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count == 0) return;
        xml.WriteStartElement("Tags");
        foreach (var (key, value) in tags)
        {
            xml.WriteStartElement("member");
            xml.WriteElementString("Key", key);
            xml.WriteElementString("Value", value);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }
}
