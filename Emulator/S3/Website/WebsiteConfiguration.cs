using System.Globalization;
using Emulator.Protocols;

namespace Emulator.S3.Website;

/// <summary>How a bucket is served as a website.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html; the texts of the errors are observed.</remarks>
internal sealed record WebsiteConfiguration
{
    /// <summary>What stands for a folder, as <c>index.html</c>; null where all requests are redirected.</summary>
    public string? IndexSuffix { get; init; }

    /// <summary>The key of the page that is shown for errors.</summary>
    public string? ErrorKey { get; init; }

    public RedirectAll? RedirectAll { get; init; }

    public IReadOnlyList<RoutingRule> RoutingRules { get; init; } = [];

    public static WebsiteConfiguration Parse(XmlNode document)
    {
        document.Only("IndexDocument", "ErrorDocument", "RedirectAllRequestsTo", "RoutingRules");
        var redirectAll = document.Child("RedirectAllRequestsTo");
        if (redirectAll is not null)
        {
            if (document.Children.Count > 1)
            {
                throw S3Errors.InvalidArgument("RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.", "RedirectAllRequestsTo", "not null");
            }
            redirectAll.Only("HostName", "Protocol");
            return new() { RedirectAll = new(redirectAll.Required("HostName"), Protocol(redirectAll.Value("Protocol"))) };
        }
        var index = document.Child("IndexDocument")
            ?? throw S3Errors.InvalidArgument("A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty", "IndexDocument", "null");
        var suffix = index.Only("Suffix").Required("Suffix");
        if (suffix.Length == 0 || suffix.Contains('/')) throw S3Errors.InvalidArgument("The IndexDocument Suffix is not well formed", "IndexDocument", suffix.Length == 0 ? null : suffix);
        return new()
        {
            IndexSuffix = suffix,
            ErrorKey = document.Child("ErrorDocument")?.Only("Key").Required("Key"),
            RoutingRules = document.Child("RoutingRules") is { } rules ? ParseRules(rules) : [],
        };
    }

    public Reply ToReply()
    {
        var xml = new XmlBuilder().Root("WebsiteConfiguration"u8);
        if (RedirectAll is { } all)
        {
            xml.Start("RedirectAllRequestsTo"u8).Element("HostName"u8, all.HostName).Element("Protocol"u8, all.Protocol).End("RedirectAllRequestsTo"u8);
        }
        if (IndexSuffix is not null) xml.Start("IndexDocument"u8).Element("Suffix"u8, IndexSuffix).End("IndexDocument"u8);
        if (ErrorKey is not null) xml.Start("ErrorDocument"u8).Element("Key"u8, ErrorKey).End("ErrorDocument"u8);
        if (RoutingRules.Count > 0)
        {
            xml.Start("RoutingRules"u8);
            foreach (var rule in RoutingRules) rule.Write(xml);
            xml.End("RoutingRules"u8);
        }
        return xml.End("WebsiteConfiguration"u8).ToReply();
    }

    public static List<RoutingRule> ParseRules(XmlNode node)
    {
        var rules = node.Only("RoutingRule").All("RoutingRule").Select(RoutingRule.Parse).ToList();
        if (rules.Count == 0) throw RestXml.MalformedXml();
        return rules.Count <= S3Limits.RoutingRules ? rules : throw S3Errors.InvalidRequest($"{rules.Count} routing rules provided, the number of routing rules in a website configuration is limited to 50.");
    }

    public static string? Protocol(string? protocol) => protocol is null or "http" or "https"
        ? protocol
        : throw S3Errors.InvalidRequest("Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.");
}

/// <summary>Every request goes to another host.</summary>
internal sealed record RedirectAll(string HostName, string? Protocol);

/// <summary>A redirect for some keys or errors.</summary>
internal sealed record RoutingRule
{
    public string? KeyPrefixEquals { get; init; }
    public string? HttpErrorCodeReturnedEquals { get; init; }
    public string? HostName { get; init; }
    public string? Protocol { get; init; }
    public string? HttpRedirectCode { get; init; }
    public string? ReplaceKeyPrefixWith { get; init; }
    public string? ReplaceKeyWith { get; init; }

    /// <summary>Whether the rule is for the key and, once there is an error, for its status.</summary>
    public bool Fits(string key, int? errorStatus) =>
        key.StartsWith(KeyPrefixEquals ?? "", StringComparison.Ordinal)
        && HttpErrorCodeReturnedEquals == errorStatus?.ToString(CultureInfo.InvariantCulture);

    /// <summary>The key under which the other place has it.</summary>
    public string Rewrite(string key) =>
        ReplaceKeyWith ?? (ReplaceKeyPrefixWith is null ? key : ReplaceKeyPrefixWith + key[(KeyPrefixEquals?.Length ?? 0)..]);

    public static RoutingRule Parse(XmlNode node)
    {
        node.Only("Condition", "Redirect");
        var condition = node.Child("Condition")?.Only("KeyPrefixEquals", "HttpErrorCodeReturnedEquals");
        if (condition is { Children.Count: 0 }) throw S3Errors.InvalidRequest("Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.");
        var redirect = (node.Child("Redirect") ?? throw RestXml.MalformedXml()).Only("HostName", "Protocol", "HttpRedirectCode", "ReplaceKeyPrefixWith", "ReplaceKeyWith");
        if (redirect.Children.Count == 0) throw RestXml.MalformedXml();
        if (redirect.Child("ReplaceKeyPrefixWith") is not null && redirect.Child("ReplaceKeyWith") is not null)
        {
            throw S3Errors.InvalidRequest("You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
        }
        return new()
        {
            KeyPrefixEquals = condition?.Value("KeyPrefixEquals"),
            HttpErrorCodeReturnedEquals = ErrorCode(condition?.Value("HttpErrorCodeReturnedEquals")),
            HostName = redirect.Value("HostName"),
            Protocol = WebsiteConfiguration.Protocol(redirect.Value("Protocol")),
            HttpRedirectCode = RedirectCode(redirect.Value("HttpRedirectCode")),
            ReplaceKeyPrefixWith = redirect.Value("ReplaceKeyPrefixWith"),
            ReplaceKeyWith = redirect.Value("ReplaceKeyWith"),
        };
    }

    public void Write(XmlBuilder xml)
    {
        xml.Start("RoutingRule"u8);
        if (KeyPrefixEquals is not null || HttpErrorCodeReturnedEquals is not null)
        {
            xml.Start("Condition"u8).Element("HttpErrorCodeReturnedEquals"u8, HttpErrorCodeReturnedEquals).Element("KeyPrefixEquals"u8, KeyPrefixEquals).End("Condition"u8);
        }
        xml.Start("Redirect"u8).Element("Protocol"u8, Protocol).Element("HostName"u8, HostName).Element("ReplaceKeyPrefixWith"u8, ReplaceKeyPrefixWith)
            .Element("ReplaceKeyWith"u8, ReplaceKeyWith).Element("HttpRedirectCode"u8, HttpRedirectCode).End("Redirect"u8).End("RoutingRule"u8);
    }

    private static string? ErrorCode(string? code) => code is null || (code.Length == 3 && code[0] is '4' or '5' && code.All(char.IsAsciiDigit))
        ? code
        : throw S3Errors.InvalidRequest($"The provided HTTP error code ({code}) is not valid. Valid codes are 4XX or 5XX.");

    private static string? RedirectCode(string? code) => code is null || (code.Length == 3 && code[0] == '3' && code != "300" && code.All(char.IsAsciiDigit))
        ? code
        : throw S3Errors.InvalidRequest($"The provided HTTP redirect code ({code}) is not valid. Valid codes are 3XX except 300.");
}
