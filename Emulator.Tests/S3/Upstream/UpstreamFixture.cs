using Amazon.Runtime;
using Amazon.S3;
using NUnit.Framework;

namespace Emulator.Tests.S3.Upstream;

/// <summary>An emulator whose buckets are kept by a second one, over a real socket. There only the configured credentials are known, and policies are enforced.</summary>
internal abstract class UpstreamFixture : S3Fixture
{
    private const string KeyId = "AKIAUPSTREAMEXAMPLE1";
    private const string Secret = "upstream-secret";

    /// <summary>The emulator that keeps the buckets.</summary>
    protected AwsEmulator There { get; private set; } = null!;

    /// <summary>A client of it.</summary>
    protected AmazonS3Client S3There { get; private set; } = null!;

    protected string Endpoint { get; private set; } = "";

    /// <summary>The keys of the upstream, for a flow mapping.</summary>
    protected string Server => $"endpoint: '{Endpoint}', accessKeyId: {KeyId}, secretAccessKey: {Secret}";

    /// <summary>emulator.yaml of the emulator in front.</summary>
    protected abstract string Yaml { get; }

    protected override async Task PrepareAsync()
    {
        There = await AwsEmulator.StartAsync(options => options.Configuration = $$"""
            iam: enforce
            credentials: known
            accounts: { "222222222222": { keys: [{ id: {{KeyId}}, secret: {{Secret}} }] } }
            """);
        Endpoint = (await There.ListenAsync()).ToString().TrimEnd('/');
        S3There = There.CreateClient<AmazonS3Client>(new BasicAWSCredentials(KeyId, Secret));
    }

    [TearDown]
    public async Task StopThereAsync()
    {
        S3There.Dispose();
        await There.DisposeAsync();
    }

    protected override void Configure(AwsEmulatorOptions options) => options.Configuration = Yaml;

    protected static string[] Keys(IEnumerable<Amazon.S3.Model.S3Object>? objects) => [.. (objects ?? []).Select(one => one.Key)];
}
