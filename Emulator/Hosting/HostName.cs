namespace Emulator.Hosting;

/// <summary>A Host header taken apart: the labels before one of the suffixes under which the emulator plays AWS.</summary>
/// <param name="Name">The host without its port, lower-case.</param>
/// <param name="Prefix">What stands before the suffix, as <c>bucket.s3.eu-west-1</c>; null where the host is of no known family (an address, a container's name).</param>
internal readonly record struct HostName(string Name, string? Prefix)
{
    private static readonly string[] Suffixes = [".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".amazoncognito.com", ".on.aws", ".localhost.localstack.cloud", ".localhost"];

    public static HostName Parse(string? host)
    {
        var name = WithoutPort(host ?? "").ToLowerInvariant();
        foreach (var suffix in Suffixes)
        {
            if (name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal)) return new(name, name[..^suffix.Length]);
        }
        return new(name, null);
    }

    /// <summary>Whether the name can only mean this machine: for what a foreign page must not reach (DNS rebinding).</summary>
    public bool IsLocal =>
        Name is "localhost" or "127.0.0.1" or "[::1]" or "localhost.localstack.cloud"
        || Name.EndsWith(".localhost", StringComparison.Ordinal)
        || Name.EndsWith(".localhost.localstack.cloud", StringComparison.Ordinal);

    private static string WithoutPort(string host)
    {
        if (host.StartsWith('['))
        {
            var end = host.IndexOf(']');
            return end < 0 ? host : host[..(end + 1)];
        }
        var colon = host.IndexOf(':');
        return colon < 0 ? host : host[..colon];
    }
}
