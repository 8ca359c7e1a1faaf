namespace Emulator.Configuration.Sections;

/// <summary><c>upstream: { endpoint: http://ceph.example.com:7480, accessKeyId: ${CEPH_KEY}, secretAccessKey: ${CEPH_SECRET} }</c></summary>
internal static class UpstreamSection
{
    public static UpstreamConfig Read(ConfigSection section)
    {
        var config = new UpstreamConfig(Endpoint(section.Required("endpoint")))
        {
            Region = section["region"]?.Text(),
            AccessKeyId = section["accessKeyId"]?.Secret(),
            SecretAccessKey = section["secretAccessKey"]?.Secret(),
            SessionToken = section["sessionToken"]?.Secret(),
            HasVirtualHosts = section["addressing"]?.OneOf("path", "virtual") == "virtual",
            TakesTrailers = section["trailers"]?.Flag() ?? true,
            Timeout = section["timeout"]?.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)) ?? TimeSpan.FromMinutes(1),
        };
        if (section.Has("accessKeyId") != section.Has("secretAccessKey")) section.Missing(section.Has("accessKeyId") ? "'secretAccessKey'" : "'accessKeyId'");
        return config;
    }

    public static UpstreamConfig ReadOfBucket(ConfigSection section) => Read(section) with { Bucket = section["bucket"]?.Text(static name => name.Length > 0 && !name.Contains('/') ? null : "a bucket's name has no slash") };

    private static Uri Endpoint(ConfigValue? value)
    {
        var none = new Uri("http://localhost");
        if (value?.Text() is not { } text) return none;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0) return uri;
        value.Problem("'endpoint' is an address as https://s3.eu-central-1.amazonaws.com or http://localhost:7480, without a path");
        return none;
    }
}
