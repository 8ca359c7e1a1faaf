namespace Emulator.ApiGateway.HttpApis;

/// <summary>Finds the route of a request.</summary>
/// <remarks>
/// The most specific path wins, a literal segment before a variable, a variable before a greedy one; among equal paths the method before ANY; <c>$default</c> takes what is left.
/// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
/// </remarks>
internal sealed class RouteTable
{
    private readonly Candidate[] _candidates;
    private readonly HttpApiRoute? _default;

    public RouteTable(IReadOnlyList<HttpApiRoute> routes)
    {
        _default = routes.FirstOrDefault(route => route.RouteKey == "$default");
        _candidates = [.. routes.Where(route => route.RouteKey != "$default").Select(Candidate.Parse).Order()];
    }

    /// <param name="path">Decoded, without the stage.</param>
    public RouteMatch? Match(string method, string path)
    {
        var segments = Segments(path);
        foreach (var candidate in _candidates)
        {
            if (candidate.Method != method && candidate.Method != "ANY") continue;
            if (candidate.Matches(segments, out var parameters)) return new RouteMatch(candidate.Route, parameters);
        }
        return _default is null ? null : new RouteMatch(_default, null);
    }

    private static string[] Segments(string path) => path.Length <= 1 ? [] : path[1..].Split('/');

    /// <summary>A route key taken apart; ordered by how specific it is.</summary>
    private sealed record Candidate(HttpApiRoute Route, string Method, string[] Path, string Rank) : IComparable<Candidate>
    {
        public static Candidate Parse(HttpApiRoute route)
        {
            var space = route.RouteKey.IndexOf(' ');
            var method = route.RouteKey[..space];
            var path = Segments(route.RouteKey[(space + 1)..]);
            // One digit a segment: literal 0, variable 1, greedy 2; the method breaks a tie.
            var rank = string.Concat(path.Select(segment => segment.EndsWith("+}", StringComparison.Ordinal) ? '2' : segment.StartsWith('{') ? '1' : '0'));
            return new Candidate(route, method, path, rank);
        }

        public int CompareTo(Candidate? other)
        {
            var byPath = string.CompareOrdinal(Rank, other!.Rank);
            return byPath != 0 ? byPath : (Method == "ANY").CompareTo(other.Method == "ANY");
        }

        public bool Matches(string[] segments, out Dictionary<string, string>? parameters)
        {
            parameters = null;
            for (var i = 0; i < Path.Length; i++)
            {
                var part = Path[i];
                if (part.EndsWith("+}", StringComparison.Ordinal))
                {
                    if (i >= segments.Length || (i == segments.Length - 1 && segments[i].Length == 0)) return false;
                    (parameters ??= [])[part[1..^2]] = string.Join('/', segments, i, segments.Length - i);
                    return true;
                }
                if (i >= segments.Length) return false;
                if (part.StartsWith('{'))
                {
                    if (segments[i].Length == 0) return false;
                    (parameters ??= [])[part[1..^1]] = segments[i];
                }
                else if (part != segments[i])
                {
                    return false;
                }
            }
            return segments.Length == Path.Length;
        }
    }
}

/// <summary>The route of a request and the values of its path's variables.</summary>
internal sealed record RouteMatch(HttpApiRoute Route, Dictionary<string, string>? PathParameters);
