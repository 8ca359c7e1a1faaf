using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Replication;

/// <summary>Random writes at both ends, and what must stand at the destination then.</summary>
internal sealed class ReplicationModelTests : ReplicationFixture
{
    private static readonly string[] Keys = ["a", "b", "c"];

    [Test]
    public async Task The_destination_has_each_version_that_was_there_to_be_replicated_in_the_order_of_the_source([Values(1, 2, 3, 4, 5)] int seed)
    {
        var random = new System.Random(seed);
        await SetRulesAsync(Rule(with: rule => rule.DeleteMarkerReplication.Status = "Enabled"));
        var waiting = new List<string>();
        var expected = new Dictionary<string, List<string>>(); // the versions of a key that came from the source, the newest first
        foreach (var key in Keys) expected[key] = [];
        var own = 0;
        for (var step = 0; step < 60; step++)
        {
            var key = Keys[random.Next(Keys.Length)];
            switch (random.Next(6))
            {
                case 0 or 1:
                    expected[key].Insert(0, (await PutAsync(key, $"{step}")).VersionId);
                    waiting.Add(expected[key][0]);
                    break;
                case 2:
                    expected[key].Insert(0, (await S3.DeleteObjectAsync(TheBucket, key)).VersionId);
                    waiting.Add(expected[key][0]);
                    break;
                case 3 when expected[key].Count > 0:
                    var gone = expected[key][random.Next(expected[key].Count)];
                    await S3.DeleteObjectAsync(TheBucket, key, gone);
                    if (waiting.Remove(gone)) expected[key].Remove(gone); // it was not there any more to be replicated
                    break;
                case 4:
                    await PutAsync(key, "own", put => put.BucketName = Copies);
                    own++;
                    break;
                default:
                    Aws.Clock.Advance(TimeSpan.FromTicks(random.Next(3)));
                    waiting.Clear();
                    break;
            }
        }
        Replicate();
        var listed = (await S3.ListVersionsAsync(Copies)).Versions;
        Assert.That(listed, Has.Count.EqualTo(expected.Values.Sum(versions => versions.Count) + own));
        foreach (var key in Keys)
        {
            var ofKey = listed.Where(version => version.Key == key).ToList();
            Assert.That(ofKey.Select(version => version.VersionId).Where(expected[key].Contains), Is.EqualTo(expected[key]), key);
            Assert.That(ofKey.Select(version => version.IsLatest == true), Is.EqualTo(ofKey.Select((_, i) => i == 0)), key);
            foreach (var version in ofKey.Where(version => version.IsDeleteMarker != true))
            {
                var metadata = await S3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = Copies, Key = key, VersionId = version.VersionId });
                Assert.That(metadata.ReplicationStatus?.Value, Is.EqualTo(expected[key].Contains(version.VersionId) ? "REPLICA" : null));
            }
        }
        foreach (var version in listed) await S3.DeleteObjectAsync(Copies, version.Key, version.VersionId);
        await S3.DeleteBucketAsync(Copies);
    }
}
