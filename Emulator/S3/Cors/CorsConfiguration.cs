using System.Globalization;
using Emulator.Protocols;

namespace Emulator.S3.Cors;

/// <summary>The CORS rules of a bucket.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html</remarks>
internal sealed record CorsConfiguration(IReadOnlyList<CorsRule> Rules)
{
    private static readonly string[] Methods = ["GET", "PUT", "HEAD", "POST", "DELETE"];

    public static CorsConfiguration Parse(XmlNode document)
    {
        var rules = document.Only("CORSRule").All("CORSRule").Select(ParseRule).ToList();
        if (rules.Count is 0 or > S3Limits.CorsRules) throw RestXml.MalformedXml();
        return new(rules);
    }

    public Reply ToReply()
    {
        var xml = new XmlBuilder().Root("CORSConfiguration"u8);
        foreach (var rule in Rules)
        {
            xml.Start("CORSRule"u8).Element("ID"u8, rule.Id);
            foreach (var origin in rule.AllowedOrigins) xml.Element("AllowedOrigin"u8, origin);
            foreach (var method in rule.AllowedMethods) xml.Element("AllowedMethod"u8, method);
            if (rule.MaxAgeSeconds is { } seconds) xml.Element("MaxAgeSeconds"u8, seconds);
            foreach (var header in rule.ExposeHeaders) xml.Element("ExposeHeader"u8, header);
            foreach (var header in rule.AllowedHeaders) xml.Element("AllowedHeader"u8, header);
            xml.End("CORSRule"u8);
        }
        return xml.End("CORSConfiguration"u8).ToReply();
    }

    private static CorsRule ParseRule(XmlNode node)
    {
        node.Only("ID", "AllowedOrigin", "AllowedMethod", "AllowedHeader", "ExposeHeader", "MaxAgeSeconds");
        var rule = new CorsRule
        {
            Id = node.Value("ID"),
            AllowedOrigins = node.Values("AllowedOrigin"),
            AllowedMethods = node.Values("AllowedMethod"),
            AllowedHeaders = node.Values("AllowedHeader"),
            ExposeHeaders = node.Values("ExposeHeader"),
            MaxAgeSeconds = node.Value("MaxAgeSeconds") is not { } seconds ? null
                : int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw RestXml.MalformedXml(),
        };
        Check(rule);
        return rule;
    }

    /// <summary>The rules that a rule must keep, whoever wrote it.</summary>
    public static void Check(CorsRule rule)
    {
        if (rule.AllowedOrigins.Count == 0 || rule.AllowedMethods.Count == 0) throw RestXml.MalformedXml();
        foreach (var method in rule.AllowedMethods)
        {
            if (!Methods.Contains(method)) throw S3Errors.InvalidRequest($"Found unsupported HTTP method in CORS config. Unsupported method is {method}");
        }
        foreach (var origin in rule.AllowedOrigins)
        {
            if (origin.AsSpan().Count('*') > 1) throw S3Errors.InvalidRequest($"AllowedOrigin \"{origin}\" can not have more than one wildcard.");
        }
        foreach (var header in rule.AllowedHeaders)
        {
            if (header.AsSpan().Count('*') > 1) throw S3Errors.InvalidRequest($"AllowedHeader \"{header}\" can not have more than one wildcard.");
        }
        foreach (var header in rule.ExposeHeaders)
        {
            if (header.Contains('*')) throw S3Errors.InvalidRequest($"ExposeHeader \"{header}\" contains wildcard. We currently do not support wildcard for ExposeHeader.");
        }
    }
}

/// <summary>One rule: the first that fits a request answers it.</summary>
internal sealed record CorsRule
{
    public string? Id { get; init; }
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];
    public IReadOnlyList<string> AllowedMethods { get; init; } = [];
    public IReadOnlyList<string> AllowedHeaders { get; init; } = [];
    public IReadOnlyList<string> ExposeHeaders { get; init; } = [];
    public int? MaxAgeSeconds { get; init; }

    /// <summary>Whether the rule lets a page of the origin use the method with the headers.</summary>
    public bool Allows(string origin, string method, IEnumerable<string> headers) =>
        AllowedMethods.Contains(method) && OriginFor(origin) is not null && headers.All(header => AllowedHeaders.Any(allowed => Fits(allowed, header, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The pattern that lets the origin in; null where none does.</summary>
    public string? OriginFor(string origin) => AllowedOrigins.FirstOrDefault(allowed => Fits(allowed, origin, StringComparison.Ordinal));

    private static bool Fits(string pattern, string text, StringComparison comparison)
    {
        var star = pattern.IndexOf('*');
        if (star < 0) return pattern.Equals(text, comparison);
        return text.Length >= pattern.Length - 1
            && text.AsSpan().StartsWith(pattern.AsSpan(0, star), comparison)
            && text.AsSpan().EndsWith(pattern.AsSpan(star + 1), comparison);
    }
}
