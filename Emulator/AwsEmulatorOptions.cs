using Emulator.Configuration;

namespace Emulator;

/// <summary>How an emulator is started. What emulator.yaml says and these options say is added up; the options win.</summary>
public sealed class AwsEmulatorOptions
{
    /// <summary>The path of an emulator.yaml; null for none.</summary>
    public string? ConfigurationFile { get; set; }

    /// <summary>The text of an emulator.yaml, in place of a file.</summary>
    public string? Configuration { get; set; }

    /// <summary>The folder where state lives; null (the default) keeps everything in memory.</summary>
    public string? DataFolder { get; set; }

    /// <summary>The region of clients and of what is declared; null takes the configuration's (default: us-east-1).</summary>
    public string? Region { get; set; }

    /// <summary>The 12 digits of the default account; null takes the configuration's (default: 000000000000).</summary>
    public string? Account { get; set; }

    /// <summary>What the policies' refusals do; null takes the configuration's (default: audit).</summary>
    public IamEnforcement? Iam { get; set; }

    /// <summary>Another server that keeps all of S3; null takes the configuration's (default: S3 is kept here).</summary>
    public S3Upstream? S3Upstream { get; set; }

    /// <summary>Makes identifiers, codes and secrets repeat themselves from run to run; null for secure random ones.</summary>
    public int? Seed { get; set; }

    /// <summary>Functions that are there from the start, as by <see cref="AwsEmulator.Functions"/>.</summary>
    public Action<FunctionRegistry>? Functions { get; set; }

    /// <summary>Receives the emulator's own log lines (a function's output, a refusal under iam: audit, a fault); null drops them.</summary>
    public Action<string>? Log { get; set; }

    /// <summary>Whether the process is the emulator's own: functions are built when it starts, and may leave it their environment variables.</summary>
    internal bool OwnsProcess { get; set; }
}

/// <summary>A server that speaks S3 (AWS, Ceph, MinIO, another emulator), and who the emulator is there.</summary>
/// <param name="endpoint">Its address, as <c>http://ceph.example.com:7480</c>, without a path.</param>
public sealed class S3Upstream(Uri endpoint)
{
    /// <summary>Its address.</summary>
    public Uri Endpoint { get; } = endpoint is { IsAbsoluteUri: true, Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "" } ? endpoint : throw new ArgumentException("An upstream is an address without a path, as http://localhost:7480.", nameof(endpoint));

    /// <summary>The region that requests are signed for; null takes the emulator's.</summary>
    public string? Region { get; set; }

    /// <summary>The access key; null sends requests unsigned.</summary>
    public string? AccessKeyId { get; set; }

    /// <summary>The secret of the access key.</summary>
    public string? SecretAccessKey { get; set; }

    /// <summary>The token of a temporary access key.</summary>
    public string? SessionToken { get; set; }

    /// <summary>Whether a bucket is named in the host's name in place of the path.</summary>
    public bool HasVirtualHosts { get; set; }

    /// <summary>Whether it takes checksums in trailers of uploads, as AWS and MinIO do; without them they are verified here alone.</summary>
    public bool TakesTrailers { get; set; } = true;

    /// <summary>How long it may keep silent.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    internal UpstreamConfig ToConfig() => new(Endpoint)
    {
        Region = Region,
        AccessKeyId = AccessKeyId,
        SecretAccessKey = SecretAccessKey,
        SessionToken = SessionToken,
        HasVirtualHosts = HasVirtualHosts,
        TakesTrailers = TakesTrailers,
        Timeout = Timeout,
    };
}

/// <summary>What a refusal by policy does.</summary>
public enum IamEnforcement
{
    /// <summary>Policies are not looked at.</summary>
    Off = IamMode.Off,

    /// <summary>The call goes through; the journal and the log say what AWS would have refused.</summary>
    Audit = IamMode.Audit,

    /// <summary>The call is refused as AWS refuses it.</summary>
    Enforce = IamMode.Enforce,
}
