using Amazon.S3;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Replication;

/// <summary>What waits to be replicated stands in the store: nobody loses it.</summary>
internal sealed class ReplicationClockTests : ReplicationFixture
{
    [Test]
    public async Task A_fork_goes_on_with_what_waits_and_so_does_its_origin()
    {
        await SetRulesAsync(Rule());
        await PutAsync("a", "x");
        await using (var fork = Aws.Fork())
        {
            using var forked = fork.CreateClient<AmazonS3Client>();
            fork.Clock.Advance(TimeSpan.Zero);
            Assert.That((await forked.GetObjectMetadataAsync(Copies, "a")).ReplicationStatus.Value, Is.EqualTo("REPLICA"));
        }
        Assert.That((await StatusAsync("a"), await VersionsAsync()), Is.EqualTo(("PENDING", Array.Empty<string>())));
        Replicate();
        Assert.That(await StatusAsync("a"), Is.EqualTo("COMPLETED"));
    }

    [Test]
    public async Task A_clock_that_runs_replicates_by_itself()
    {
        await SetRulesAsync(Rule());
        Aws.Clock.Resume();
        var puts = Enumerable.Range(0, 250).Select(i => PutAsync($"{i:000}", "x")).ToArray();
        await Task.WhenAll(puts);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await VersionsAsync()).Count < puts.Length)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Test]
    public async Task A_new_process_goes_on_with_what_waits()
    {
        var folder = Directory.CreateTempSubdirectory("replication").FullName;
        try
        {
            await using (var aws = await AwsEmulator.StartAsync(options => options.DataFolder = folder))
            {
                using var s3 = aws.CreateClient<AmazonS3Client>();
                foreach (var bucket in new[] { TheBucket, Copies })
                {
                    await s3.PutBucketAsync(bucket);
                    await s3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new() { Status = VersionStatus.Enabled } });
                }
                await s3.PutBucketReplicationAsync(new PutBucketReplicationRequest { BucketName = TheBucket, Configuration = new() { Role = Role, Rules = [Rule()] } });
                aws.Clock.Freeze();
                await s3.PutObjectAsync(new PutObjectRequest { BucketName = TheBucket, Key = "a", InputStream = new MemoryStream(Bytes(100_000)) });
                Assert.That((await s3.GetObjectMetadataAsync(TheBucket, "a")).ReplicationStatus.Value, Is.EqualTo("PENDING"));
            }
            await using (var aws = await AwsEmulator.StartAsync(options => options.DataFolder = folder))
            {
                using var s3 = aws.CreateClient<AmazonS3Client>();
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
                while ((await s3.GetObjectMetadataAsync(TheBucket, "a", patience.Token)).ReplicationStatus.Value == "PENDING") await Task.Yield();
                await s3.DeleteObjectAsync(TheBucket, "a", (await s3.GetObjectMetadataAsync(TheBucket, "a")).VersionId);
                using var copy = await s3.GetObjectAsync(Copies, "a");
                using var content = new MemoryStream();
                await copy.ResponseStream.CopyToAsync(content);
                Assert.That(content.ToArray(), Is.EqualTo(Bytes(100_000)));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
