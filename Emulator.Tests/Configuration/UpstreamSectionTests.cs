using Emulator.Configuration;
using NUnit.Framework;
using static Emulator.Tests.Configuration.Reading;

namespace Emulator.Tests.Configuration;

internal sealed class UpstreamSectionTests
{
    [Test]
    public void All_of_S3_and_single_buckets_have_their_servers()
    {
        Environment.SetEnvironmentVariable("UPSTREAM_SECTION_TESTS_SECRET", "from the environment");
        var config = Config("""
            s3:
              upstream: { endpoint: "http://localhost:7480" }
              buckets:
                archive:
                  upstream:
                    endpoint: https://s3.eu-central-1.amazonaws.com
                    region: eu-central-1
                    accessKeyId: AKIAIOSFODNN7EXAMPLE
                    secretAccessKey: ${UPSTREAM_SECTION_TESTS_SECRET}
                    sessionToken: token
                    addressing: virtual
                    trailers: false
                    timeout: 5m
                    bucket: company-archive
                  policy: { Statement: { Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: "*" } }
            """);
        Assert.Multiple(() =>
        {
            Assert.That(config.S3Upstream, Is.EqualTo(new UpstreamConfig(new("http://localhost:7480"))));
            Assert.That(config.Buckets["archive"].Upstream, Is.EqualTo(new UpstreamConfig(new("https://s3.eu-central-1.amazonaws.com"))
            {
                Region = "eu-central-1",
                AccessKeyId = "AKIAIOSFODNN7EXAMPLE",
                SecretAccessKey = "from the environment",
                SessionToken = "token",
                HasVirtualHosts = true,
                TakesTrailers = false,
                Timeout = TimeSpan.FromMinutes(5),
                Bucket = "company-archive",
            }));
            Assert.That($"{config.Buckets["archive"].Upstream}", Is.EqualTo("https://s3.eu-central-1.amazonaws.com/"), "no secret in texts");
        });
    }

    [TestCase("{ region: a }", "'upstream' lacks 'endpoint'")]
    [TestCase("{ endpoint: localhost }", "'endpoint' is an address as https://s3.eu-central-1.amazonaws.com or http://localhost:7480, without a path")]
    [TestCase("{ endpoint: 'http://localhost/s3' }", "'endpoint' is an address as https://s3.eu-central-1.amazonaws.com or http://localhost:7480, without a path")]
    [TestCase("{ endpoint: 'http://id:secret@localhost' }", "'endpoint' is an address as https://s3.eu-central-1.amazonaws.com or http://localhost:7480, without a path")]
    [TestCase("{ endpoint: 'http://localhost', accessKeyId: a }", "'upstream' lacks 'secretAccessKey'")]
    [TestCase("{ endpoint: 'http://localhost', accessKeyId: a, secretAccessKey: '${UPSTREAM_SECTION_TESTS_NOT_SET}' }", "'secretAccessKey': the environment variable UPSTREAM_SECTION_TESTS_NOT_SET is not set")]
    [TestCase("{ endpoint: 'http://localhost', bucket: a }", "unknown key 'bucket'. 'upstream' has the keys endpoint, region, accessKeyId, secretAccessKey, sessionToken, addressing, trailers, timeout.")]
    public void A_mistake_is_told(string upstream, string problem) => Assert.That(Problems($"s3: {{ upstream: {upstream} }}"), Has.Some.EndsWith(problem));

    [TestCase("s3: { upstream: { endpoint: 'http://localhost' }, buckets: { web: { versioning: Enabled } } }")]
    [TestCase("s3: { buckets: { web: { versioning: Enabled, upstream: { endpoint: 'http://localhost' } } } }")]
    public void What_is_set_upstream_is_not_declared(string yaml) => Assert.That(Problems(yaml), Has.One.EndsWith("'versioning' of a bucket that is upstream is set there"));
}
