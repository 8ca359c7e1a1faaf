namespace Emulator.Configuration.Sections;

/// <summary>Route keys of HTTP APIs.</summary>
/// <remarks>https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html</remarks>
internal static class RouteKeys
{
    /// <summary>What is wrong with a route key, or null.</summary>
    public static string? Check(string key)
    {
        if (key == "$default") return null;
        var space = key.IndexOf(' ');
        if (space < 0 || key.AsSpan(space + 1) is not ['/', ..]) return "a route is '$default', or a method and a path as 'GET /notes/{id}'";
        return key[..space] is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" or "ANY" ? CheckPath(key[(space + 1)..]) : "a route's method is GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS or ANY";
    }

    private static string? CheckPath(string path)
    {
        var parameters = new HashSet<string>();
        var segments = path.Split('/');
        for (var i = 1; i < segments.Length; i++)
        {
            if (!segments[i].AsSpan().ContainsAny("{} ")) continue;
            if (segments[i] is not ['{', .. var name, '}'] || name.AsSpan().ContainsAny("{} ")) return "a parameter fills a whole segment of the path, as '/{id}'";
            if (name.EndsWith('+') && i < segments.Length - 1) return $"the parameter '{{{name}}}' takes the rest of the path, so it is its last segment";
            if (name.TrimEnd('+').Length == 0) return "a parameter has a name";
            if (!parameters.Add(name.TrimEnd('+'))) return $"the parameter '{name.TrimEnd('+')}' stands twice in the path";
        }
        return null;
    }
}
