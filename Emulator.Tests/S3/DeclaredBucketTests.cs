using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

/// <summary>Buckets of emulator.yaml.</summary>
internal sealed class DeclaredBucketTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("emulator-s3-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Content_settings_and_types_are_there_when_it_starts()
    {
        Write("web/index.html", "<h1>home</h1>");
        Write("web/img/한 글.svg", "<svg/>");
        await using var aws = await StartAsync();
        using var http = aws.CreateHttpClient();
        using var s3 = aws.CreateClient<AmazonS3Client>();
        using var home = await http.GetAsync("http://site.s3-website.localhost:4566/");
        Assert.Multiple(async () =>
        {
            Assert.That(await home.Content.ReadAsStringAsync(), Is.EqualTo("<h1>home</h1>"));
            Assert.That(home.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/html"));
            Assert.That((await s3.GetObjectMetadataAsync("site", "img/한 글.svg")).Headers.ContentType, Is.EqualTo("image/svg+xml"));
            Assert.That((await s3.GetCORSConfigurationAsync("site")).Configuration.Rules.Single().AllowedMethods, Is.EqualTo(new[] { "GET", "PUT" }));
            Assert.That((await s3.GetBucketPolicyAsync("site")).Policy, Does.Contain("s3:GetObject"));
        });
    }

    [Test]
    public async Task Versioning_and_object_lock_are_declared()
    {
        const string Yaml = """
            s3:
              buckets:
                plain: {}
                versioned: { versioning: Enabled }
                locked: { objectLock: { mode: GOVERNANCE, days: 30 } }
                lockable: { objectLock: {} }
            """;
        await using var aws = await AwsEmulator.StartAsync(options => options.Configuration = Yaml);
        using var s3 = aws.CreateClient<AmazonS3Client>();
        Assert.That((await s3.GetBucketVersioningAsync("plain")).VersioningConfig.Status, Is.EqualTo(VersionStatus.Off));
        foreach (var bucket in new[] { "versioned", "locked", "lockable" }) Assert.That((await s3.GetBucketVersioningAsync(bucket)).VersioningConfig.Status, Is.EqualTo(VersionStatus.Enabled));
        var rule = (await s3.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = "locked" })).ObjectLockConfiguration.Rule;
        Assert.That((rule.DefaultRetention.Mode, rule.DefaultRetention.Days), Is.EqualTo((ObjectLockRetentionMode.Governance, (int?)30)));
        Assert.That((await s3.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest { BucketName = "lockable" })).ObjectLockConfiguration.Rule, Is.Null);
    }

    [TestCase("{ mode: GOVERNANCE }")]
    [TestCase("{ days: 1 }")]
    [TestCase("{ mode: COMPLIANCE, days: 1, years: 1 }")]
    public void Half_a_retention_is_a_problem(string objectLock) =>
        Assert.That(() => AwsEmulator.StartAsync(options => options.Configuration = $"s3: {{ buckets: {{ locked: {{ objectLock: {objectLock} }} }} }}"),
            Throws.Exception.With.Message.Contains("a default retention has a mode and 'days' or 'years', not both"));

    [Test]
    public async Task A_changed_file_is_a_new_version()
    {
        Write("web/a.txt", "one");
        var data = Path.Combine(_folder, "data");
        await using (var first = await StartAsync(data))
        {
            using var s3 = first.CreateClient<AmazonS3Client>();
            await s3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = "site", VersioningConfig = new() { Status = VersionStatus.Enabled } });
        }
        Write("web/a.txt", "second");
        await using var aws = await StartAsync(data);
        using var again = aws.CreateClient<AmazonS3Client>();
        var versions = (await again.ListVersionsAsync("site")).Versions;
        Assert.That(versions.Select(version => (version.Size, version.VersionId is "null")), Is.EqualTo(new[] { ((long?)6, false), (3, true) }));
    }

    [Test]
    public async Task Links_out_of_the_folder_are_not_followed()
    {
        Write("secret.txt", "secret");
        Write("elsewhere/other.txt", "other");
        Write("web/index.html", "home");
        try
        {
            File.CreateSymbolicLink(Path.Combine(_folder, "web", "link.txt"), Path.Combine(_folder, "secret.txt"));
            Directory.CreateSymbolicLink(Path.Combine(_folder, "web", "linked"), Path.Combine(_folder, "elsewhere"));
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            Assert.Ignore("This account may not make links.");
        }
        await using var aws = await StartAsync();
        using var s3 = aws.CreateClient<AmazonS3Client>();
        Assert.That((await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "site" })).S3Objects.Select(one => one.Key), Is.EqualTo(new[] { "index.html" }));
    }

    [Test]
    public async Task Applied_again_it_puts_only_what_has_changed()
    {
        Write("web/a.txt", "a");
        Write("web/b.txt", "b");
        var data = Path.Combine(_folder, "data");
        DateTime? before;
        await using (var aws = await StartAsync(data))
        {
            using var s3 = aws.CreateClient<AmazonS3Client>();
            await s3.PutObjectAsync(new PutObjectRequest { BucketName = "site", Key = "a.txt", ContentBody = "changed by a client" });
            before = (await s3.GetObjectMetadataAsync("site", "a.txt")).LastModified;
        }
        Write("web/b.txt", "b, changed on disk");
        await using (var aws = await StartAsync(data))
        {
            using var s3 = aws.CreateClient<AmazonS3Client>();
            Assert.That((await s3.GetObjectMetadataAsync("site", "a.txt")).LastModified, Is.EqualTo(before));
            using var b = await s3.GetObjectAsync("site", "b.txt");
            Assert.That(await new StreamReader(b.ResponseStream).ReadToEndAsync(), Is.EqualTo("b, changed on disk"));
        }
    }

    [Test]
    public async Task What_was_put_survives_a_restart()
    {
        Write("web/index.html", "home");
        var data = Path.Combine(_folder, "data");
        var large = new byte[1_000_000];
        new System.Random(1).NextBytes(large);
        await using (var aws = await StartAsync(data))
        {
            using var s3 = aws.CreateClient<AmazonS3Client>();
            foreach (var (key, body) in new[] { ("small", large[..100]), ("large", large) }) await s3.PutObjectAsync(new PutObjectRequest { BucketName = "site", Key = key, InputStream = new MemoryStream(body) });
            await s3.CopyObjectAsync("site", "large", "site", "copy");
            await s3.DeleteObjectAsync("site", "large");
        }
        await using (var aws = await StartAsync(data))
        {
            using var s3 = aws.CreateClient<AmazonS3Client>();
            foreach (var (key, body) in new[] { ("small", large[..100]), ("copy", large) })
            {
                using var got = await s3.GetObjectAsync("site", key);
                using var read = new MemoryStream();
                await got.ResponseStream.CopyToAsync(read);
                Assert.That(read.ToArray().AsSpan().SequenceEqual(body), key);
            }
        }
    }

    [Test]
    public async Task A_fork_goes_its_own_way()
    {
        Write("web/index.html", "home");
        await using var aws = await StartAsync();
        using var s3 = aws.CreateClient<AmazonS3Client>();
        var large = new byte[2_000_000];
        new System.Random(2).NextBytes(large);
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = "site", Key = "key", InputStream = new MemoryStream(large) });
        await using var fork = aws.Fork();
        using var forked = fork.CreateClient<AmazonS3Client>();
        await s3.DeleteObjectAsync("site", "key");
        using var got = await forked.GetObjectAsync("site", "key");
        using var read = new MemoryStream();
        await got.ResponseStream.CopyToAsync(read);
        Assert.That(read.ToArray().AsSpan().SequenceEqual(large));
        Assert.That(async () => await s3.GetObjectAsync("site", "key"), Throws.InstanceOf<AmazonS3Exception>());
    }

    private Task<AwsEmulator> StartAsync(string? data = null)
    {
        var path = Path.Combine(_folder, "emulator.yaml");
        File.WriteAllText(path, """
            s3:
              buckets:
                site:
                  website: { index: index.html }
                  content: web
                  cors:
                    - { origins: "*", methods: [GET, PUT] }
                  policy:
                    Version: 2012-10-17
                    Statement:
                      - { Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: "arn:aws:s3:::site/*" }
            """);
        return AwsEmulator.StartAsync(options =>
        {
            options.ConfigurationFile = path;
            options.DataFolder = data;
            options.Log = TestContext.Out.WriteLine;
        });
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
