namespace Emulator.Protocols;

/// <summary>Finds the row of a REST table for a method, path and query, as Smithy's http trait prescribes: literals before labels, more query keys before fewer; a row that asks for a header comes before its like without one.</summary>
internal sealed class RestRoutes<T> where T : class
{
    private readonly Dictionary<string, List<Route>> _byMethod = new(StringComparer.Ordinal);

    /// <param name="template">As <c>GET /{Bucket}/{Key+}?uploadId&amp;list-type=2</c>; a third word names a header that must be there (<c>x-amz-copy-source</c>).</param>
    public void Add(string template, T target)
    {
        var words = template.Split(' ');
        var (method, uri, header) = (words[0], words[1], words.Length > 2 ? words[2] : null);
        var mark = uri.IndexOf('?');
        var path = mark < 0 ? uri : uri[..mark];
        var query = mark < 0 ? [] : uri[(mark + 1)..].Split('&').Select(part => part.Split('=', 2)).Select(part => (part[0], part.Length > 1 ? part[1] : null)).ToArray();
        var route = new Route(path.Split('/').Skip(1).ToArray(), query, header, target);
        if (!_byMethod.TryGetValue(method, out var routes)) _byMethod[method] = routes = [];
        var at = routes.FindIndex(other => route.Rank.CompareTo(other.Rank) > 0);
        routes.Insert(at < 0 ? routes.Count : at, route);
    }

    public T? Match(RestRequest request)
    {
        if (!_byMethod.TryGetValue(request.Method, out var routes)) return null;
        foreach (var route in routes)
        {
            if (route.Matches(request, out var labels))
            {
                request.Labels = labels;
                return route.Target;
            }
        }
        return null;
    }

    private sealed record Route(string[] Segments, (string Name, string? Value)[] Query, string? Header, T Target)
    {
        /// <summary>The greater is asked first.</summary>
        public (int, int, int) Rank { get; } = (Query.Length, Segments.Count(segment => !segment.StartsWith('{')), Header is null ? 0 : 1);

        public bool Matches(RestRequest request, out Dictionary<string, string> labels)
        {
            labels = null!;
            foreach (var (name, value) in Query)
            {
                if (request.QueryValue(name) is not { } actual || (value is not null && actual != value)) return false;
            }
            if (Header is not null && !request.Headers.ContainsKey(Header)) return false;
            labels = [];
            var rest = request.RawPath.AsSpan(1);
            for (var i = 0; i < Segments.Length; i++)
            {
                var segment = Segments[i];
                if (segment.EndsWith("+}", StringComparison.Ordinal))
                {
                    for (var end = Segments.Length - 1; end > i; end--)
                    {
                        if (!rest.EndsWith(Segments[end], StringComparison.Ordinal)) return false;
                        rest = rest[..^Segments[end].Length];
                        if (!rest.EndsWith("/", StringComparison.Ordinal)) return false;
                        rest = rest[..^1];
                    }
                    if (rest.IsEmpty) return false;
                    labels[segment[1..^2]] = Uri.UnescapeDataString(rest.ToString());
                    return true;
                }
                var slash = rest.IndexOf('/');
                var last = i == Segments.Length - 1;
                // A trailing slash after the last segment is the same path: "/bucket/" is "/bucket".
                if (slash < 0 ? !last : last && slash != rest.Length - 1) return false;
                var part = slash < 0 ? rest : rest[..slash];
                if (segment.StartsWith('{'))
                {
                    if (part.IsEmpty) return false;
                    labels[segment[1..^1]] = Uri.UnescapeDataString(part.ToString());
                }
                else if (!part.SequenceEqual(segment))
                {
                    return false;
                }
                rest = slash < 0 ? [] : rest[(slash + 1)..];
            }
            return true;
        }
    }
}
