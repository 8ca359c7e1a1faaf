using System.Globalization;
using System.Xml;
using Emulator.Protocols;

namespace Emulator.Iam.Operations;

/// <summary>What ListRoles and ListUsers are asked.</summary>
internal sealed record ListInput(string PathPrefix, string? Marker, int MaxItems)
{
    private const int DefaultMaxItems = 100;

    /// <summary>Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html: 1 to 1000.</summary>
    private const int LargestMaxItems = 1000;

    public static ListInput Bind(RestRequest request)
    {
        var form = AwsQuery.Form(request);
        var maxItems = DefaultMaxItems;
        if (form.TryGetValue("MaxItems", out var text) && (!int.TryParse(text, CultureInfo.InvariantCulture, out maxItems) || maxItems is < 1 or > LargestMaxItems)) throw IamErrors.InvalidMaxItems(text, maxItems < 1, LargestMaxItems);
        return new(form.GetValueOrDefault("PathPrefix") ?? "/", form.GetValueOrDefault("Marker"), maxItems);
    }
}

/// <summary>A page of roles or users.</summary>
/// <param name="Marker">The name after which the next page begins; null where this is the last.</param>
internal sealed record PrincipalPage(IReadOnlyList<IamPrincipal> Items, string? Marker)
{
    public static PrincipalPage Of(IEnumerable<IamPrincipal> all, string account, ListInput input)
    {
        var rest = all
            .Where(principal => principal.Account == account && principal.Path.StartsWith(input.PathPrefix, StringComparison.Ordinal))
            .OrderBy(principal => principal.Name, StringComparer.Ordinal)
            .Where(principal => input.Marker is null || string.CompareOrdinal(principal.Name, input.Marker) > 0)
            .Take(input.MaxItems + 1).ToList();
        return rest.Count <= input.MaxItems ? new(rest, null) : new(rest[..input.MaxItems], rest[input.MaxItems - 1].Name);
    }

    public void Write(XmlWriter xml, string list, Action<XmlWriter, IamPrincipal> member)
    {
        xml.WriteElementString("IsTruncated", Marker is null ? "false" : "true");
        xml.WriteStartElement(list);
        foreach (var principal in Items)
        {
            xml.WriteStartElement("member");
            member(xml, principal);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        if (Marker is not null) xml.WriteElementString("Marker", Marker);
    }
}
