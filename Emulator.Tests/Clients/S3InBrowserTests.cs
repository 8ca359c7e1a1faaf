using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Emulator.Tests.Clients;

/// <summary>A page on one origin that uses a bucket on another: fetch with presigned URLs, a form, a film.</summary>
[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html")]
internal sealed class S3InBrowserTests
{
    private const string KeyId = "AKIABROWSERBROWSERBR";
    private const string Secret = "browser-secret";

    private const string World = $$"""
        account: "111111111111"
        credentials: known
        iam: enforce
        accounts:
          "111111111111":
            users: { browser: { policies: { everything: { Version: "2012-10-17", Statement: { Effect: Allow, Action: "*", Resource: "*" } } } } }
            keys: [{ id: {{KeyId}}, secret: {{Secret}}, user: browser }]
        s3:
          buckets:
            pages:
              website: { index: index.html }
              policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::pages/*" } }
            elsewhere:
              website: { index: index.html }
              policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::elsewhere/*" } }
            media:
              cors:
                - { origins: "http://pages.s3-website.localhost:*", methods: [GET, PUT, HEAD], headers: [content-type, x-amz-meta-*], expose: [ETag, x-amz-meta-author], maxAgeSeconds: 60 }
        """;

    // How a page sees a call: its status and headers, or that the browser keeps the answer from it.
    private const string Fetch = """
        async ([url, method, headers, body]) => {
          try {
            const answer = await fetch(url, { method, headers, body });
            const header = name => answer.headers.get(name);
            return [answer.status, await answer.text(), header("etag"), header("x-amz-meta-author"), header("x-amz-request-id")];
          } catch (error) {
            return [error.name];
          }
        }
        """;

    private AwsEmulator _aws = null!;
    private AmazonS3Client _s3 = null!;
    private Uri _pages = null!;

    [SetUp]
    public async Task Start()
    {
        _ = Client.Chromium();
        _aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { Configuration = World, Log = line => TestContext.Progress.WriteLine(line) });
        var port = (await _aws.ListenAsync()).Port;
        _pages = new Uri($"http://pages.s3-website.localhost:{port}/");
        // In memory, since not every machine resolves names under localhost; the URLs that it presigns have the bucket in the host, as browsers are given them.
        _s3 = _aws.CreateClient<AmazonS3Client>(new BasicAWSCredentials(KeyId, Secret), config => (config.ServiceURL, config.AuthenticationRegion) = ($"http://s3.localhost:{port}", _aws.Region));
        foreach (var bucket in new[] { "pages", "elsewhere" }) await PutPageAsync(bucket, "index.html", "<title>A page</title>");
    }

    [TearDown]
    public async Task Stop()
    {
        _s3?.Dispose();
        if (_aws is not null) await _aws.DisposeAsync();
    }

    [Test]
    public async Task Fetch_does_across_origins_what_the_rules_of_the_bucket_allow()
    {
        var page = await OpenAsync(_pages);
        var put = await SignAsync(HttpVerb.PUT, "나 +1.txt", request =>
        {
            request.ContentType = "text/plain;charset=UTF-8";
            request.Metadata["author"] = "ada";
        });
        var headers = new Dictionary<string, string> { ["x-amz-meta-author"] = "ada" };
        var hello = "\"8b1a9953c4611296a827abf8c47804d7\"";
        Assert.That(await FetchAsync(page, put, "PUT", headers, "Hello"), Is.EqualTo(new[] { "200", "", hello, "", "" }), "a preflight that is allowed; the id of the request is not exposed");
        Assert.That(await FetchAsync(page, await SignAsync(HttpVerb.GET, "나 +1.txt")), Is.EqualTo(new[] { "200", "Hello", hello, "ada", "" }));
        Assert.That((await FetchAsync(page, await SignAsync(HttpVerb.GET, "absent")))[0], Is.EqualTo("404"), "a page may read why it is refused");

        Assert.That(await FetchAsync(page, await SignAsync(HttpVerb.DELETE, "나 +1.txt"), "DELETE"), Is.EqualTo(new[] { "TypeError" }), "a method that no rule has");
        headers["x-custom"] = "1";
        Assert.That(await FetchAsync(page, put, "PUT", headers, "again"), Is.EqualTo(new[] { "TypeError" }), "a header that no rule has");
        var other = await OpenAsync(new Uri(_pages.AbsoluteUri.Replace("pages.", "elsewhere.")));
        Assert.That(await FetchAsync(other, await SignAsync(HttpVerb.GET, "나 +1.txt")), Is.EqualTo(new[] { "TypeError" }), "an origin that no rule has");

        Assert.That(_aws.Journal.Of("s3", "OptionsObject").Select(entry => entry.StatusCode), Is.EqualTo(new[] { 200, 403, 403 }));
        Assert.That(_aws.Journal.Of("s3", "DeleteObject"), Is.Empty);
        Assert.That((await _s3.GetObjectMetadataAsync("media", "나 +1.txt")).ETag, Is.EqualTo(hello));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html")]
    public async Task A_form_uploads_a_file_and_the_browser_comes_to_the_page_that_it_names()
    {
        var form = await _s3.CreatePresignedPostAsync(new CreatePresignedPostRequest
        {
            BucketName = "media",
            Key = "posted/${filename}",
            Expires = DateTime.UtcNow.AddMinutes(5),
            Fields = new() { ["success_action_redirect"] = $"{_pages}done.html?from=form", ["x-amz-meta-author"] = "ada" },
            Conditions = [new ContentLengthRangeCondition(1, 20), new StartsWithCondition("Content-Type", "text/")],
        });
        var fields = string.Concat(form.Fields.Append(new("Content-Type", "text/plain")).Select(field => $"""<input type="hidden" name="{field.Key}" value="{System.Net.WebUtility.HtmlEncode(field.Value)}">"""));
        await PutPageAsync("pages", "form.html", $"""<meta charset="utf-8"><form action="{form.Url}" method="post" enctype="multipart/form-data">{fields}<input type="file" name="file"><button>Send</button></form>""");
        await PutPageAsync("pages", "done.html", "<title>Thanks</title>");

        var page = await OpenAsync(new Uri(_pages, "form.html"));
        await SendAsync(page, "Hello");
        await page.WaitForURLAsync("**/done.html?**");
        Assert.That(await page.TitleAsync(), Is.EqualTo("Thanks"));
        Assert.That(new Uri(page.Url).Query, Is.EqualTo($"?from=form&bucket=media&key={Uri.EscapeDataString("posted/나 note.txt")}&etag={Uri.EscapeDataString("\"8b1a9953c4611296a827abf8c47804d7\"")}"));
        using var posted = await _s3.GetObjectAsync("media", "posted/나 note.txt");
        Assert.That((posted.Headers.ContentType, posted.Metadata["author"], posted.ContentLength), Is.EqualTo(("text/plain", "ada", 5L)));

        await page.GotoAsync($"{_pages}form.html");
        await SendAsync(page, "more than twenty bytes");
        await page.WaitForURLAsync("http://media.**");
        Assert.That(await page.ContentAsync(), Does.Contain("EntityTooLarge").And.Contain("Your proposed upload exceeds the maximum allowed size"));

        static async Task SendAsync(IPage page, string text)
        {
            await page.SetInputFilesAsync("[name=file]", new FilePayload { Name = "나 note.txt", MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
            await page.ClickAsync("button");
        }
    }

    /// <summary>The page makes the film itself, puts it by a presigned URL, and plays it by another.</summary>
    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/range-get-olap.html")]
    public async Task A_film_plays_and_seeks()
    {
        var answers = new ConcurrentQueue<Task<(int Status, string Asked, string Told)>>();
        var page = await OpenAsync(_pages);
        page.Response += (_, response) =>
        {
            if (response.Request.ResourceType == "media") answers.Enqueue(RangeAsync(response));
        };
        await page.AddScriptTagAsync(new() { Path = Path.Combine(Repository.Root, "Emulator.Tests", "Clients", "Pages", "film.js") });
        var size = await page.EvaluateAsync<long>("""
            async (url) => {
              const film = await makeFilm(30, 1 << 20);
              const answer = await fetch(url, { method: "PUT", body: film });
              if (answer.status !== 200) throw new Error(await answer.text());
              return film.size;
            }
            """, await SignAsync(HttpVerb.PUT, "film.webm", request => request.ContentType = "video/webm"));
        Assert.That((await _s3.GetObjectMetadataAsync("media", "film.webm")).ContentLength, Is.EqualTo(size).And.GreaterThan(30 << 20));

        await page.EvaluateAsync("""
            async (url) => {
              const film = Object.assign(document.createElement("video"), { muted: true, crossOrigin: "anonymous", src: url });
              document.body.append(film);
              const told = (name) => new Promise((resolve, reject) => {
                film.addEventListener(name, resolve, { once: true });
                film.addEventListener("error", () => reject(new Error(film.error.message)), { once: true });
              });
              window.seek = async (time) => {
                const seeked = told("seeked");
                film.currentTime = time;
                await seeked;
                return secondShown(film);
              };
              window.play = async () => {
                await film.play();
                while (film.currentTime < 0.2) await new Promise(requestAnimationFrame);
                film.pause();
              };
              await told("canplay");
            }
            """, await SignAsync(HttpVerb.GET, "film.webm"));
        Assert.That(await page.EvaluateAsync<double>("() => document.querySelector('video').duration"), Is.EqualTo(30));
        await page.EvaluateAsync("() => play()");
        foreach (var second in new[] { 27, 3, 18 }) Assert.That(await page.EvaluateAsync<int>("(time) => seek(time)", second + 0.5), Is.EqualTo(second));

        var ranges = await Task.WhenAll(answers);
        Assert.That(ranges.Select(range => range.Status), Is.All.EqualTo(206));
        // To get there it asks for what lies there, and is told so.
        Assert.That(ranges, Has.Some.Matches<(int, string Asked, string Told)>(range => Start(range.Asked) is var start && start > 25 << 20 && range.Told == $"bytes {start}-{size - 1}/{size}"));

        static async Task<(int, string, string)> RangeAsync(IResponse response) =>
            (response.Status, await response.Request.HeaderValueAsync("range") ?? "", await response.HeaderValueAsync("content-range") ?? "");

        static long Start(string range) => long.Parse(range["bytes=".Length..range.IndexOf('-')], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<IPage> OpenAsync(Uri address)
    {
        var page = await Browser.OpenAsync();
        await page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    private Task PutPageAsync(string bucket, string key, string content) =>
        _s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = content, ContentType = "text/html" });

    private Task<string> SignAsync(HttpVerb verb, string key, Action<GetPreSignedUrlRequest>? with = null)
    {
        var request = new GetPreSignedUrlRequest { BucketName = "media", Key = key, Verb = verb, Expires = DateTime.UtcNow.AddMinutes(5), Protocol = Protocol.HTTP };
        with?.Invoke(request);
        return _s3.GetPreSignedURLAsync(request);
    }

    private static async Task<string[]> FetchAsync(IPage page, string url, string method = "GET", object? headers = null, string? body = null) =>
        [.. (await page.EvaluateAsync<System.Text.Json.JsonElement>(Fetch, new[] { url, method, headers ?? new { }, body })).EnumerateArray().Select(value => value.ToString())];
}
