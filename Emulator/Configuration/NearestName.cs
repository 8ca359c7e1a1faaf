namespace Emulator.Configuration;

/// <summary>Finds what somebody probably meant.</summary>
internal static class NearestName
{
    private const int LongestCompared = 64;
    private const int MostCompared = 1000;

    /// <summary>" Did you mean 'sortKey'?", or "" where nothing is near.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) =>
        Find(name, candidates) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    /// <summary>The candidate that differs least from a name, letter case aside; null where all differ too much.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        if (name.Length is 0 or > LongestCompared) return null;
        string? nearest = null;
        var least = int.MaxValue;
        foreach (var candidate in candidates.Take(MostCompared))
        {
            if (candidate.Length is 0 or > LongestCompared) continue;
            var distance = Distance(name, candidate);
            if (distance >= least || !IsNear(name, candidate, distance)) continue;
            (nearest, least) = (candidate, distance);
        }
        return nearest;
    }

    private static bool IsNear(string name, string candidate, int distance) =>
        distance <= Math.Max(1, Math.Min(name.Length, candidate.Length) / 3)
        || (Math.Min(name.Length, candidate.Length) >= 4
            && (candidate.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(candidate, StringComparison.OrdinalIgnoreCase)));

    /// <summary>How many letters must be put in, left out, replaced or swapped with their neighbour.</summary>
    private static int Distance(string a, string b)
    {
        Span<int> rows = stackalloc int[3 * (LongestCompared + 1)];
        var older = rows[..(LongestCompared + 1)];
        var old = rows.Slice(LongestCompared + 1, LongestCompared + 1);
        var current = rows[(2 * (LongestCompared + 1))..];
        for (var j = 0; j <= b.Length; j++) old[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                current[j] = Math.Min(Math.Min(old[j], current[j - 1]) + 1, old[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1])) current[j] = Math.Min(current[j], older[j - 2] + 1);
            }
            var free = older;
            older = old;
            old = current;
            current = free;
        }
        return old[b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
