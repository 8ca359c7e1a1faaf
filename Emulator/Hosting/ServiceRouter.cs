using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Emulator.Hosting;

/// <summary>Where a request goes: an API, or a plain HTTP endpoint with its target.</summary>
/// <param name="Service">The signing name of the API; null for an endpoint or an unknown service.</param>
/// <param name="Endpoint">The name of a plain endpoint: <c>control</c>, <c>website</c>, <c>execute-api</c>, <c>well-known</c>, ...</param>
/// <param name="Target">What the endpoint needs to know: bucket, API id, pool id.</param>
/// <param name="Path">The raw path as the operation sees it: a virtual host's bucket is put before it, a route's own prefix taken from it.</param>
/// <param name="Region">The region that the host name or the signature tells, if one does.</param>
internal readonly record struct Route(string? Service, string? Endpoint, string Target, string Path, string? Region)
{
    /// <summary>Whether it was the signature.</summary>
    public bool IsSignedRegion { get; init; }

    /// <summary>The region that the host name tells; null where it tells none.</summary>
    public string? HostRegion => IsSignedRegion ? null : Region;

    public static Route Api(string service, string path, string? region = null) => new(service, null, "", path, region);

    public static Route To(string endpoint, string target, string path, string? region = null) => new(null, endpoint, target, path, region);
}

/// <summary>Finds out whom a request is for. Rules in their order; the first that matches wins.</summary>
internal static partial class ServiceRouter
{
    private delegate Route? Rule(in Asked asked);

    /// <summary>What the rules look at.</summary>
    private readonly record struct Asked(HttpRequest Http, HostName Host, string Path, string Query);

    private static readonly Rule[] Rules =
    [
        ReservedPath,       // /_emulator/..., /_console/...
        ByHost,             // bucket.s3.region.amazonaws.com, api.execute-api.localhost, ...
        ByAccountId,        // /v20180820/... with x-amz-account-id
        ByTarget,           // X-Amz-Target: DynamoDB_20120810.GetItem
        ByCredentialScope,  // Credential=AKIA.../20260101/us-east-1/s3/aws4_request
        ByVersion2,         // Authorization: AWS AKIA...:..., ?AWSAccessKeyId=AKIA...
        ByPath,             // /restapis/{id}/{stage}/_user_request_/..., /{poolId}/.well-known/..., /2015-03-31/functions
        ByQueryProtocol,    // Action=GetCallerIdentity
        ByPreflight,        // OPTIONS / for a page that will send X-Amz-Target or an Action
    ];

    /// <summary>Never throws; what no rule knows is S3's.</summary>
    public static Route Resolve(HttpRequest request)
    {
        var (path, query) = RawTarget(request);
        var asked = new Asked(request, HostName.Parse(request.Host.Value), path, query);
        foreach (var rule in Rules)
        {
            if (rule(asked) is { } route) return route;
        }
        return Route.Api("s3", path);
    }

    /// <summary>Path and query as they came on the wire.</summary>
    public static (string Path, string Query) RawTarget(HttpRequest request)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (target.Length == 0 || target[0] != '/')
        {
            // Absolute form ("GET http://host/path") and "*": what follows the authority counts.
            var scheme = target.IndexOf("://", StringComparison.Ordinal);
            var end = scheme < 0 ? -1 : target.IndexOfAny(['/', '?'], scheme + 3);
            target = end < 0 ? "/" : target[end] == '/' ? target[end..] : "/" + target[end..];
        }
        var mark = target.IndexOf('?');
        return mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }

    private static Route? ReservedPath(in Asked asked) =>
        IsUnder(asked.Path, "/_emulator") ? Route.To("control", "", asked.Path) :
        IsUnder(asked.Path, "/_console") ? Route.To("console", "", asked.Path) : null;

    private static bool IsUnder(string path, string root) =>
        path.StartsWith(root, StringComparison.Ordinal) && (path.Length == root.Length || path[root.Length] == '/');

    private static Route? ByHost(in Asked asked)
    {
        if (asked.Host.Prefix is not { } prefix) return null;
        var labels = prefix.Split('.');

        // The service is the last label that names one: what follows is the region, what precedes it the resource (a bucket may contain dots).
        for (var i = labels.Length - 1; i >= 0; i--)
        {
            var region = i + 1 < labels.Length ? labels[^1] : null;
            var resource = string.Join('.', labels, 0, i);
            switch (labels[i])
            {
                case "s3" or "s3-accelerate" or "s3-fips":
                    return Bucket(resource, asked.Path, region is "dualstack" ? null : region);
                case "s3-accesspoint" or "s3-accesspoint-fips" when resource.LastIndexOf('-') is > 0 and var dash:
                    return Route.Api("s3", $"/arn%3Aaws%3As3%3A{region}%3A{resource[(dash + 1)..]}%3Aaccesspoint%2F{resource[..dash]}{asked.Path}", region);
                case "s3-object-lambda" or "s3-outposts" or "s3-global":
                    return Route.Api(labels[i], asked.Path, region); // refused by name
                case "s3-control" or "s3-control-fips":
                    return Route.Api("s3control", asked.Path, region is "dualstack" ? null : region);
                case "s3-website":
                    return Route.To("website", resource, asked.Path, region);
                case "execute-api":
                    return resource.Length == 0 ? null : Route.To("execute-api", resource, asked.Path, region);
                case "lambda-url":
                    return Route.To("lambda-url", resource, asked.Path, region);
                case "auth" when asked.Host.Name.EndsWith(".amazoncognito.com", StringComparison.Ordinal) || asked.Host.Name.EndsWith("localhost", StringComparison.Ordinal):
                    return Route.To("hosted-ui", resource, asked.Path, region);
                case "cognito-idp":
                    return WellKnown(asked.Path, region) ?? Route.Api("cognito-idp", asked.Path, region);
                case "streams" when i + 1 < labels.Length && labels[i + 1] == "dynamodb":
                    return Route.Api("dynamodbstreams", asked.Path, region);
                case "streams-dynamodb": // the name of its dual-stack endpoint
                    return Route.Api("dynamodbstreams", asked.Path, region);
                case "ddb":
                    return Route.Api("dynamodb", asked.Path, region);
                case "dynamodb" when i > 0 && labels[i - 1] == "streams":
                    continue;
                // A client of streams that was given the one local address of both.
                case "dynamodb" when asked.Host.IsLocal && asked.Http.Headers["X-Amz-Target"].ToString().StartsWith("DynamoDBStreams_", StringComparison.Ordinal):
                    return Route.Api("dynamodbstreams", asked.Path, region);
                case { } label when label.StartsWith("s3-website-", StringComparison.Ordinal):
                    return Route.To("website", resource, asked.Path, label["s3-website-".Length..]);
                case { } label when label.StartsWith("s3-", StringComparison.Ordinal) && i == labels.Length - 1:
                    return Bucket(resource, asked.Path, label["s3-".Length..]);
                case { } label when Services.Contains(label) && i <= 1:
                    return Route.Api(label, asked.Path, region);
            }
        }
        // Under amazonaws.com the name is AWS's alone: a service that is not here is refused by its name.
        return asked.Host.Name.EndsWith(".amazonaws.com", StringComparison.Ordinal) ? Route.Api(labels[0], asked.Path, labels.Length > 1 ? labels[^1] : null) : null;
    }

    /// <summary>S3 Control without its name, as at ACCOUNT.localhost: what calls it names the account in a header, which S3 itself does not know.</summary>
    private static Route? ByAccountId(in Asked asked) =>
        IsUnder(asked.Path, "/v20180820") && asked.Http.Headers.ContainsKey("x-amz-account-id") ? Route.Api("s3control", asked.Path) : null;

    private static Route Bucket(string bucket, string path, string? region) =>
        Route.Api("s3", bucket.Length == 0 ? path : $"/{bucket}{path}", region);

    private static Route? ByTarget(in Asked asked)
    {
        var target = asked.Http.Headers["X-Amz-Target"].ToString();
        var dot = target.LastIndexOf('.');
        if (dot < 0) return null;
        return Route.Api(target.AsSpan(0, dot) switch
        {
            "DynamoDB_20120810" => "dynamodb",
            "DynamoDBStreams_20120810" => "dynamodbstreams",
            "AWSCognitoIdentityProviderService" => "cognito-idp",
            "AWSCognitoIdentityService" => "cognito-identity",
            "AnyScaleFrontendService" => "application-autoscaling",
            "TrentService" => "kms",
            "Logs_20140328" => "logs",
            var other => other.ToString(),
        }, asked.Path);
    }

    private static Route? ByCredentialScope(in Asked asked)
    {
        var scope = CredentialScope(asked.Http.Headers.Authorization.ToString(), "Credential=");
        scope ??= CredentialScope(asked.Query, "X-Amz-Credential=");
        // execute-api is signed for by callers of deployed APIs, whose path says which.
        if (scope is not { } found || found.Service is "execute-api") return null;
        // Where the endpoint is a name, SDKs put the bucket before it: bucket.localhost.
        if (found.Service is "s3" && asked.Host is { IsLocal: true, Prefix: { } bucket }) return Bucket(bucket, asked.Path, found.Region) with { IsSignedRegion = true };
        return Route.Api(found.Service, asked.Path, found.Region) with { IsSignedRegion = true };
    }

    /// <summary>Signatures of Version 2 are S3's, but for those of the query protocol; the bucket may stand before a local name, as above.</summary>
    private static Route? ByVersion2(in Asked asked)
    {
        var inQuery = asked.Query.Contains("AWSAccessKeyId=", StringComparison.Ordinal) && !asked.Query.Contains("Action=", StringComparison.Ordinal);
        if (!inQuery && !asked.Http.Headers.Authorization.ToString().StartsWith("AWS ", StringComparison.Ordinal)) return null;
        return asked.Host is { IsLocal: true, Prefix: { } bucket } ? Bucket(bucket, asked.Path, null) : Route.Api("s3", asked.Path);
    }

    /// <summary>Region and service of <c>AKID/20260101/region/service/aws4_request</c>; slashes of a query are encoded.</summary>
    public static (string Region, string Service)? CredentialScope(string text, string marker)
    {
        var start = text.IndexOf(marker, StringComparison.Ordinal);
        if (start < 0) return null;
        var rest = text.AsSpan(start + marker.Length);
        var end = rest.IndexOfAny(',', '&', ' ');
        if (end >= 0) rest = rest[..end];
        var credential = rest.Contains('%') ? Uri.UnescapeDataString(rest.ToString()) : rest.ToString();
        var parts = credential.Split('/');
        return parts.Length >= 5 ? (parts[^3], parts[^2]) : null;
    }

    private static Route? ByPath(in Asked asked)
    {
        var path = asked.Path;
        if (path.StartsWith("/restapis/", StringComparison.Ordinal) && UserRequest().Match(path) is { Success: true } match)
        {
            return Route.To("execute-api", match.Groups["api"].Value, $"/{match.Groups["stage"].Value}/{match.Groups["rest"].Value}");
        }
        if (WellKnown(path, null) is { } wellKnown) return wellKnown;
        if (IsUnder(path, "/oauth2") || path is "/login" or "/signup" or "/logout" or "/confirmUser" or "/forgotPassword") return Route.To("hosted-ui", "", path);
        if (path.Length > 12 && path[0] == '/' && char.IsAsciiDigit(path[1]) && LambdaPath().IsMatch(path)) return Route.Api("lambda", path);
        if (IsUnder(path, "/v2/apis") || IsUnder(path, "/v2/domainnames") || IsUnder(path, "/v2/vpclinks") || IsUnder(path, "/v2/tags") || IsUnder(path, "/restapis") && asked.Http.Headers.Authorization.Count > 0) return Route.Api("apigateway", path);
        return null;
    }

    private static Route? WellKnown(string path, string? region)
    {
        var at = path.IndexOf("/.well-known/", StringComparison.Ordinal);
        // A pool's id is region_id: a bucket's name cannot contain an underscore.
        return at > 1 && path.AsSpan(1, at - 1).Contains('_') && !path.AsSpan(1, at - 1).Contains('/') ? Route.To("well-known", path[1..at], path[at..], region) : null;
    }

    private static Route? ByQueryProtocol(in Asked asked)
    {
        var form = asked.Http.Method == "POST" && asked.Path == "/" && (asked.Http.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ?? false);
        return form || (asked.Path == "/" && asked.Query.Contains("Action=", StringComparison.Ordinal)) ? Route.Api("sts", asked.Path) : null;
    }

    /// <summary>A preflight tells neither target nor action. The APIs that are called at "/" answer it alike, so any of them will do; S3 has nothing there for pages.</summary>
    private static Route? ByPreflight(in Asked asked) =>
        asked.Http.Method == "OPTIONS" && asked.Path == "/" && asked.Http.Headers.Origin.Count > 0 ? Route.Api("sts", asked.Path) : null;

    private static readonly HashSet<string> Services = new(StringComparer.Ordinal)
    {
        "dynamodb", "sts", "iam", "lambda", "cognito-identity", "apigateway", "logs", "kms", "ssm", "sqs", "sns", "events", "secretsmanager",
        "cloudformation", "cloudwatch", "monitoring", "application-autoscaling", "states", "kinesis", "firehose", "xray",
    };

    [GeneratedRegex("^/restapis/(?<api>[^/]+)/(?<stage>[^/]+)/_user_request_(?:/(?<rest>.*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex UserRequest();

    [GeneratedRegex(@"^/20\d\d-\d\d-\d\d/(functions|event-source-mappings|layers|account-settings|tags|code-signing-configs|functions-by-code-signing-config)", RegexOptions.CultureInvariant)]
    private static partial Regex LambdaPath();
}
