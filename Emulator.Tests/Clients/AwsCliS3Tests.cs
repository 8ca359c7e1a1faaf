using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>The AWS CLI's commands of files (<c>aws s3</c>) and of the API (<c>aws s3api</c>).</summary>
internal sealed class AwsCliS3Tests : AwsCliFixture
{
    [Test]
    [Source("https://docs.aws.amazon.com/cli/latest/reference/s3/sync.html")]
    public async Task A_tree_of_odd_names_goes_there_and_back_byte_for_byte()
    {
        var tree = OddTree.Write(PathOf("tree"));
        Assert.That(await RunAsync("s3 mb s3://tree-of-cli"), Is.EqualTo("make_bucket: tree-of-cli"));
        await RunAsync("s3 sync tree s3://tree-of-cli/나 --no-progress");
        Assert.That(await RunAsync("s3 sync tree s3://tree-of-cli/나 --no-progress"), Is.Empty, "a second sync transfers nothing");
        await RunAsync("s3 sync s3://tree-of-cli/나 synced --no-progress");
        OddTree.IsSame(tree, PathOf("synced"));

        await RunAsync("s3 mv s3://tree-of-cli/나 s3://tree-of-cli/moved --recursive --quiet");
        await RunAsync("s3 cp s3://tree-of-cli/moved copied --recursive --quiet");
        OddTree.IsSame(tree, PathOf("copied"));
        var listed = Lines(await RunAsync("s3 ls s3://tree-of-cli --recursive --summarize --human-readable"));
        Assert.That(listed[^2..], Is.EqualTo(new[] { $"Total Objects: {OddTree.Files.Count}", "Total Size: 9.0 MiB" }));

        foreach (var name in OddTree.Files.Where(name => name is not ("empty" or "plain.txt"))) File.Delete(PathOf("tree", name));
        await File.WriteAllTextAsync(PathOf("tree", "new"), "new");
        Assert.That(Lines(await RunAsync("s3 sync tree s3://tree-of-cli/moved --delete --no-progress --exclude large.bin")), Has.Some.EqualTo("upload: tree/new to s3://tree-of-cli/moved/new").Or.Some.EqualTo(@"upload: tree\new to s3://tree-of-cli/moved/new"));
        Assert.That(Lines(await RunAsync("s3 ls s3://tree-of-cli/moved/")).Select(line => line[20..].TrimStart()), Is.EqualTo(new[] { "0 empty", "9437184 large.bin", "3 new", $"{"body of plain.txt".Length} plain.txt" }));
        Assert.That(await RunAsync("s3 ls s3://tree-of-cli"), Is.EqualTo($"{"PRE",30} moved/"));

        Assert.That(await FailAsync("s3 rb s3://tree-of-cli"), Does.Contain("An error occurred (BucketNotEmpty) when calling the DeleteBucket operation: The bucket you tried to delete is not empty"));
        Assert.That(await RunAsync("s3 rm s3://tree-of-cli/moved/new"), Is.EqualTo("delete: s3://tree-of-cli/moved/new"));
        Assert.That(Lines(await RunAsync("s3 rm s3://tree-of-cli --recursive --exclude *.bin")), Has.Length.EqualTo(2));
        Assert.That(Lines(await RunAsync("s3 rb s3://tree-of-cli --force")), Is.EqualTo(new[] { "delete: s3://tree-of-cli/moved/large.bin", "remove_bucket: tree-of-cli" }));
        Assert.That(await RunAsync("s3 ls"), Is.Empty);
    }

    [Test]
    [Source("https://docs.aws.amazon.com/cli/latest/reference/s3/website.html")]
    public async Task A_website_is_made_of_files()
    {
        await File.WriteAllTextAsync(PathOf("index.html"), "<h1>Hello</h1>");
        await File.WriteAllTextAsync(PathOf("error.html"), "<h1>Nothing</h1>");
        await RunAsync("s3 mb s3://site-of-cli");
        await RunAsync("s3 cp . s3://site-of-cli --recursive --quiet --cache-control max-age=60");
        await RunAsync("s3 website s3://site-of-cli --index-document index.html --error-document error.html");
        using var http = Aws.CreateHttpClient();
        using var page = await http.GetAsync("http://site-of-cli.s3-website.eu-west-1.amazonaws.com/");
        using var absent = await http.GetAsync("http://site-of-cli.s3-website.eu-west-1.amazonaws.com/absent");
        Assert.That((await page.Content.ReadAsStringAsync(), page.Content.Headers.ContentType!.MediaType, page.Headers.CacheControl!.MaxAge), Is.EqualTo(("<h1>Hello</h1>", "text/html", TimeSpan.FromMinutes(1))));
        Assert.That((await absent.Content.ReadAsStringAsync(), absent.StatusCode), Is.EqualTo(("<h1>Nothing</h1>", HttpStatusCode.NotFound)));
    }

    /// <summary>Version 1 of the CLI signs by Version 2 where it may, which is in us-east-1.</summary>
    [TestCase("us-east-1")]
    [TestCase("eu-west-1")]
    [Source("https://docs.aws.amazon.com/cli/latest/reference/s3/presign.html")]
    public async Task A_presigned_URL_gives_the_object_until_it_expires(string region)
    {
        await File.WriteAllTextAsync(PathOf("a.txt"), "for everybody");
        await RunAsync($"s3 mb s3://presigned-of-cli --region {region}");
        await RunAsync($"s3 cp a.txt s3://presigned-of-cli/나/a.txt --no-progress --region {region}");
        var url = await RunAsync($"s3 presign s3://presigned-of-cli/나/a.txt --expires-in 300 --region {region}");
        using var http = new HttpClient();
        Assert.That(await http.GetStringAsync(url), Is.EqualTo("for everybody"));
        using var tampered = await http.GetAsync(url.Replace("/a.txt", "/b.txt"));
        Assert.That(tampered.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await tampered.Content.ReadAsStringAsync(), Does.Contain("<Code>SignatureDoesNotMatch</Code>"));
        Aws.Clock.Advance(TimeSpan.FromSeconds(301));
        using var late = await http.GetAsync(url);
        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await late.Content.ReadAsStringAsync(), Does.Contain("<Code>AccessDenied</Code><Message>Request has expired</Message>"));
    }

    [Test]
    public async Task The_API_of_S3_answers_and_refuses()
    {
        await File.WriteAllTextAsync(PathOf("a.txt"), "Hello");
        await RunAsync("s3api create-bucket --bucket api-of-cli --create-bucket-configuration LocationConstraint=eu-west-1");
        Assert.That(await RunAsync("s3api get-bucket-location --bucket api-of-cli --output text"), Is.EqualTo("eu-west-1"));
        Assert.That(await RunAsync("s3api put-object --bucket api-of-cli --key a --body a.txt --metadata author=ada --query ETag --output text"), Is.EqualTo("\"8b1a9953c4611296a827abf8c47804d7\""));
        var head = await JsonAsync("s3api head-object --bucket api-of-cli --key a");
        Assert.That(((int)head["ContentLength"]!, (string)head["Metadata"]!["author"]!), Is.EqualTo((5, "ada")));
        Assert.That(await RunAsync("s3api list-objects-v2 --bucket api-of-cli --query Contents[].Key --output text"), Is.EqualTo("a"));
        Assert.That(await FailAsync("s3api get-object --bucket api-of-cli --key b out"), Does.Contain("An error occurred (NoSuchKey) when calling the GetObject operation: The specified key does not exist."));
        Assert.That(await FailAsync("s3api head-bucket --bucket absent-of-cli"), Does.Contain("An error occurred (404) when calling the HeadBucket operation: Not Found"));
        Assert.That(await FailAsync("s3api get-object-torrent --bucket api-of-cli --key a out"), Does.Contain("An error occurred (NotImplemented) when calling the GetObjectTorrent operation: The emulator does not implement GetObjectTorrent."));
    }

    [TestCase("bucket-lifecycle-configuration", "LifecycleConfiguration", "Rules", """{"Rules":[{"ID":"old","Status":"Enabled","Filter":{"And":{"Prefix":"logs/","Tags":[{"Key":"k","Value":"v"}]}},"Transitions":[{"Days":30,"StorageClass":"GLACIER"}],"NoncurrentVersionExpiration":{"NoncurrentDays":5}}]}""")]
    [TestCase("bucket-cors", "CORSConfiguration", "CORSRules", """{"CORSRules":[{"AllowedOrigins":["https://a.example"],"AllowedMethods":["GET","PUT"],"AllowedHeaders":["*"],"ExposeHeaders":["ETag"],"MaxAgeSeconds":5}]}""")]
    [TestCase("object-lock-configuration", "ObjectLockConfiguration", "ObjectLockConfiguration", """{"ObjectLockEnabled":"Enabled","Rule":{"DefaultRetention":{"Mode":"GOVERNANCE","Days":1}}}""")]
    [Source("https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html")]
    public async Task A_setting_is_put_from_a_file_of_JSON_and_told_as_it_was_put(string setting, string member, string told, string value)
    {
        await RunAsync("s3api create-bucket --bucket json-of-cli --object-lock-enabled-for-bucket --create-bucket-configuration", """{"LocationConstraint":"eu-west-1"}""");
        await File.WriteAllTextAsync(PathOf("setting.json"), $$"""{"Bucket":"json-of-cli","{{member}}":{{value}}}""");
        await RunAsync($"s3api put-{setting} --cli-input-json file://setting.json");
        var document = JsonNode.Parse(value)!;
        Assert.That(await JsonAsync($"s3api get-{setting} --bucket json-of-cli --query {told}"), Is.EqualTo(document[told] ?? document).Using<JsonNode>(JsonNode.DeepEquals));
    }

    /// <summary>A bucket is emptied as guides tell: what one command lists is the input of the next.</summary>
    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/empty-bucket.html")]
    public async Task Versions_are_listed_read_and_deleted()
    {
        await RunAsync("s3 mb s3://versions-of-cli");
        await RunAsync("s3api put-bucket-versioning --bucket versions-of-cli --versioning-configuration Status=Enabled");
        foreach (var text in new[] { "first", "second" })
        {
            await File.WriteAllTextAsync(PathOf("a.txt"), text);
            await RunAsync("s3 cp a.txt s3://versions-of-cli --quiet");
        }
        await RunAsync("s3 rm s3://versions-of-cli/a.txt");
        var first = await RunAsync("s3api list-object-versions --bucket versions-of-cli --query Versions[1].VersionId --output text");
        await RunAsync($"s3api get-object --bucket versions-of-cli --key a.txt --version-id {first} --range bytes=1-3 back.txt");
        Assert.That(await File.ReadAllTextAsync(PathOf("back.txt")), Is.EqualTo("irs"));
        Assert.That(await FailAsync("s3 rb s3://versions-of-cli --force"), Does.Contain("The bucket you tried to delete is not empty. You must delete all versions in the bucket."));

        await File.WriteAllTextAsync(PathOf("all.json"), await RunAsync("s3api list-object-versions --bucket versions-of-cli --output json --query", "{Objects: [Versions, DeleteMarkers][].{Key: Key, VersionId: VersionId}}"));
        Assert.That((await JsonAsync("s3api delete-objects --bucket versions-of-cli --delete file://all.json"))["Deleted"]!.AsArray(), Has.Count.EqualTo(3));
        Assert.That(await RunAsync("s3 rb s3://versions-of-cli"), Is.EqualTo("remove_bucket: versions-of-cli"));
    }
}
