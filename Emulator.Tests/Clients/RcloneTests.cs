using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>rclone, which signs, lists and sends parts by a code of its own, and s3fs, which makes a bucket a file system.</summary>
[Source("https://rclone.org/s3/")]
internal sealed class RcloneTests
{
    private const string KeyId = "AKIARCLONERCLONERCLO";
    private const string Secret = "rclone-secret";

    private const string World = $$"""
        account: "111111111111"
        region: eu-west-1
        credentials: known
        iam: enforce
        accounts:
          "111111111111":
            users: { rclone: { policies: { everything: { Version: "2012-10-17", Statement: { Effect: Allow, Action: "*", Resource: "*" } } } } }
            keys: [{ id: {{KeyId}}, secret: {{Secret}}, user: rclone }]
        s3: { buckets: { odd-tree: {} } }
        """;

    private AwsEmulator _aws = null!;
    private string _endpoint = "";
    private string _folder = "";

    [SetUp]
    public async Task Start()
    {
        _aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = World });
        _endpoint = (await _aws.ListenAsync()).GetLeftPart(UriPartial.Authority);
        _folder = Directory.CreateTempSubdirectory("emulator-rclone-").FullName;
    }

    [TearDown]
    public async Task Stop()
    {
        await _aws.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_tree_of_odd_names_goes_there_and_back_byte_for_byte()
    {
        var tree = OddTree.Write(PathOf("tree"));
        await RunAsync("sync tree s3:odd-tree/나 --checksum");
        Assert.That((await RunAsync("check tree s3:odd-tree/나")).Error, Does.Contain($"{OddTree.Files.Count} matching files").And.Contain("0 differences found"));
        Assert.That((await RunAsync("sync tree s3:odd-tree/나 --checksum --stats-one-line --stats-log-level NOTICE")).Error, Does.Contain("0 B / 0 B"), "a second sync transfers nothing");
        await RunAsync("sync s3:odd-tree/나 back --checksum");
        OddTree.IsSame(tree, PathOf("back"));

        await RunAsync("moveto s3:odd-tree/나/large.bin s3:odd-tree/moved.bin");
        var moved = JsonNode.Parse((await RunAsync("lsjson s3:odd-tree --files-only --metadata")).Out)![0]!;
        var made = DateTimeOffset.Parse((string)moved["ModTime"]!, System.Globalization.CultureInfo.InvariantCulture); // rclone keeps it as metadata
        Assert.That(((string)moved["Path"]!, (int)moved["Size"]!, (string)moved["Tier"]!), Is.EqualTo(("moved.bin", OddTree.LargeBytes, "STANDARD")));
        Assert.That(made.UtcDateTime, Is.EqualTo(File.GetLastWriteTimeUtc(PathOf("tree", "large.bin"))).Within(TimeSpan.FromMilliseconds(1)));
        var link = (await RunAsync("link s3:odd-tree/moved.bin --expire 1h")).Out.Trim();
        using var http = new HttpClient();
        var (linked, file) = (await http.GetByteArrayAsync(link), await File.ReadAllBytesAsync(PathOf("tree", "large.bin")));
        Assert.That(linked.AsSpan().SequenceEqual(file), "the link gives the file");

        await RunAsync("purge s3:odd-tree");
        Assert.That((await RunAsync("lsd s3:")).Out, Is.Empty);
    }

    [Test]
    [Category("Fuse")]
    [Source("https://github.com/s3fs-fuse/s3fs-fuse")]
    public async Task A_bucket_is_mounted_as_a_file_system()
    {
        if (!File.Exists("/dev/fuse")) Assert.Ignore("This machine has no FUSE.");
        var (s3fs, fusermount) = (Client.OnPath("s3fs") ?? throw Client.Missing("s3fs is not installed."), Client.OnPath("fusermount") ?? throw Client.Missing("fusermount is not installed."));
        var mount = Directory.CreateDirectory(PathOf("mount")).FullName;
        await File.WriteAllTextAsync(PathOf("password"), $"{KeyId}:{Secret}");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(PathOf("password"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var tree = OddTree.Write(PathOf("tree"));

        async Task MountedAsync(Action use)
        {
            var mounted = await StartAsync(s3fs, "odd-tree", mount, "-o", $"url={_endpoint},endpoint=eu-west-1,use_path_request_style,multipart_size=5,passwd_file={PathOf("password")}");
            Assert.That(mounted.ExitCode, Is.Zero, mounted.Error);
            try
            {
                await Task.Run(use);
            }
            finally
            {
                var unmounted = await StartAsync(fusermount, "-u", mount);
                Assert.That(unmounted.ExitCode, Is.Zero, unmounted.Error);
            }
        }

        await MountedAsync(() => OddTree.Write(mount));
        // Mounted anew, so that all comes from the bucket.
        await MountedAsync(() =>
        {
            OddTree.IsSame(tree, mount);
            File.AppendAllText(Path.Combine(mount, "empty"), "no more");
            File.Move(Path.Combine(mount, "large.bin"), Path.Combine(mount, "a b", "renamed.bin"));
            File.Delete(Path.Combine(mount, "plain.txt"));
        });
        using var s3 = _aws.CreateClient<Amazon.S3.AmazonS3Client>(new Amazon.Runtime.BasicAWSCredentials(KeyId, Secret));
        var keys = (await s3.ListObjectsV2Async(new() { BucketName = "odd-tree" })).S3Objects.ToDictionary(item => item.Key, item => item.Size);
        Assert.That((keys["empty"], keys["a b/renamed.bin"], keys.ContainsKey("plain.txt"), keys.ContainsKey("large.bin")), Is.EqualTo(((long?)7, (long?)OddTree.LargeBytes, false, false)));
    }

    private string PathOf(params string[] parts) => Path.Combine([_folder, .. parts]);

    private async Task<ClientOutput> RunAsync(string command)
    {
        var output = await StartAsync(Client.OnPath("rclone") ?? throw Client.Missing("rclone is not installed."), command.Split(' '));
        Assert.That(output.ExitCode, Is.Zero, $"rclone {command}: {output.Error}");
        return output;
    }

    private Task<ClientOutput> StartAsync(string program, params string[] arguments) => Client.RunAsync(program, arguments, new Dictionary<string, string>
    {
        ["RCLONE_CONFIG"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null",
        ["RCLONE_CONFIG_S3_TYPE"] = "s3",
        ["RCLONE_CONFIG_S3_PROVIDER"] = "Other", // path style, since 127.0.0.1 has no names below it
        ["RCLONE_CONFIG_S3_ENDPOINT"] = _endpoint,
        ["RCLONE_CONFIG_S3_REGION"] = "eu-west-1",
        ["RCLONE_CONFIG_S3_ACCESS_KEY_ID"] = KeyId,
        ["RCLONE_CONFIG_S3_SECRET_ACCESS_KEY"] = Secret,
        // It sends "private" else, which buckets without ACLs refuse, as on AWS: https://github.com/rclone/rclone/issues/5730
        ["RCLONE_S3_ACL"] = "bucket-owner-full-control",
        ["RCLONE_S3_UPLOAD_CUTOFF"] = "5Mi",
        ["RCLONE_S3_CHUNK_SIZE"] = "5Mi",
        ["RCLONE_RETRIES"] = "1",
        ["RCLONE_LOW_LEVEL_RETRIES"] = "1",
        ["NO_PROXY"] = "127.0.0.1,localhost",
        ["no_proxy"] = "127.0.0.1,localhost",
    }, _folder);
}
