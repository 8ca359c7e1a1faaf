using System.Net;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html")]
[Observed("2024, recorded answers: TestS3StaticWebsiteHosting")]
internal sealed class WebsiteTests : S3Fixture
{
    private const string Site = $"http://{TheBucket}.s3-website.localhost:4566";

    [TestCase("")]
    [TestCase("-us-east-1.amazonaws.com")]
    public async Task The_index_stands_for_a_folder(string host)
    {
        await HostAsync();
        await PutAsync("index.html", "<h1>home</h1>", put => put.ContentType = "text/html");
        await PutAsync("docs/index.html", "docs");
        var site = host.Length == 0 ? Site : $"http://{TheBucket}.s3-website{host}";
        var (home, body) = await SendAsync(HttpMethod.Get, site + "/");
        Assert.That((body, home.Content.Headers.ContentType!.MediaType), Is.EqualTo(("<h1>home</h1>", "text/html")));
        Assert.That((await SendAsync(HttpMethod.Get, site + "/docs/")).Body, Is.EqualTo("docs"));
        var (folder, _) = await SendAsync(HttpMethod.Get, site + "/docs");
        Assert.That((folder.StatusCode, folder.Headers.Location!.OriginalString), Is.EqualTo((HttpStatusCode.Found, "/docs/")));
    }

    [Test]
    public async Task An_absent_page_is_told_on_a_page()
    {
        await HostAsync();
        var (response, body) = await SendAsync(HttpMethod.Get, Site + "/directory-wrong/");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(Normalised(body), Is.EqualTo("<html>\n<head><title>404 Not Found</title></head>\n<body>\n<h1>404 Not Found</h1>\n<ul>\n<li>Code: NoSuchKey</li>\n<li>Message: The specified key does not exist.</li>\n<li>Key: directory-wrong/index.html</li>\n<li>RequestId: <request-id></li>\n<li>HostId: <host-id></li>\n</ul>\n<hr/>\n</body>\n</html>\n"));
    }

    [Test]
    public async Task The_error_document_is_shown_with_the_error_s_status()
    {
        await HostAsync(error: "error.html");
        var (_, absent) = await SendAsync(HttpMethod.Get, Site + "/");
        Assert.That(absent, Does.Contain("<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n<li>Code: NoSuchKey</li>\n<li>Message: The specified key does not exist.</li>\n<li>Key: error.html</li>\n</ul>"));
        await PutAsync("error.html", "oops");
        var (response, body) = await SendAsync(HttpMethod.Get, Site + "/absent");
        Assert.That((response.StatusCode, body), Is.EqualTo((HttpStatusCode.NotFound, "oops")));
    }

    [Test]
    public async Task Only_reading_is_served()
    {
        await HostAsync();
        var (response, body) = await SendAsync(HttpMethod.Post, Site + "/");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(body, Does.Contain("<li>Code: MethodNotAllowed</li>\n<li>Message: The specified method is not allowed against this resource.</li>\n<li>Method: POST</li>\n<li>ResourceType: OBJECT</li>"));
    }

    [Test]
    public async Task A_bucket_that_is_no_website_is_told_so()
    {
        Assert.That((await SendAsync(HttpMethod.Get, Site + "/")).Body, Does.Contain($"<li>Code: NoSuchWebsiteConfiguration</li>\n<li>Message: The specified bucket does not have a website configuration</li>\n<li>BucketName: {TheBucket}</li>"));
        Assert.That((await SendAsync(HttpMethod.Get, "http://absent-bucket.s3-website.localhost:4566/")).Body, Does.Contain("<li>Code: NoSuchBucket</li>"));
    }

    [Test]
    [Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html")]
    public async Task Requests_are_redirected_by_rules_objects_and_whole_sites()
    {
        await S3.PutBucketWebsiteAsync(TheBucket, new WebsiteConfiguration
        {
            IndexDocumentSuffix = "index.html",
            RoutingRules =
            [
                new() { Condition = new() { KeyPrefixEquals = "docs/" }, Redirect = new() { ReplaceKeyPrefixWith = "documents/" } },
                new() { Condition = new() { HttpErrorCodeReturnedEquals = "404", KeyPrefixEquals = "img/" }, Redirect = new() { HostName = "images.example.org", Protocol = "https", HttpRedirectCode = "302", ReplaceKeyWith = "none.png" } },
            ],
        });
        await PutAsync("moved", "", put => put.WebsiteRedirectLocation = "http://www.example.org/");
        Assert.That(await LocationAsync("/docs/a%20b"), Is.EqualTo((301, Site + "/documents/a%20b")));
        Assert.That(await LocationAsync("/img/absent.png"), Is.EqualTo((302, "https://images.example.org/none.png")));
        Assert.That(await LocationAsync("/moved"), Is.EqualTo((301, "http://www.example.org/")));

        await S3.PutBucketWebsiteAsync(TheBucket, new WebsiteConfiguration { RedirectAllRequestsTo = new() { HostName = "www.example.org", Protocol = "https" } });
        Assert.That(await LocationAsync("/a/b?c=d"), Is.EqualTo((301, "https://www.example.org/a/b?c=d")));
    }

    [TestCase("<IndexDocument><Suffix>/index.html</Suffix></IndexDocument>", "The IndexDocument Suffix is not well formed")]
    [TestCase("<IndexDocument><Suffix></Suffix></IndexDocument>", "The IndexDocument Suffix is not well formed")]
    [TestCase("<RedirectAllRequestsTo><HostName>h</HostName></RedirectAllRequestsTo><IndexDocument><Suffix>i</Suffix></IndexDocument>", "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.")]
    [TestCase("<ErrorDocument><Key>e</Key></ErrorDocument>", "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty")]
    [TestCase("<RedirectAllRequestsTo><HostName>h</HostName><Protocol>ftp</Protocol></RedirectAllRequestsTo>", "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.")]
    [TestCase("<IndexDocument><Suffix>i</Suffix></IndexDocument><RoutingRules></RoutingRules>", "The XML you provided was not well-formed or did not validate against our published schema")]
    public async Task A_configuration_must_be_one(string content, string message)
    {
        var (response, body) = await SendAsync(HttpMethod.Put, $"/{TheBucket}?website", $"<WebsiteConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{content}</WebsiteConfiguration>");
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(body, Does.Contain($"<Message>{message}</Message>"));
    }

    [Test]
    public async Task A_configuration_is_kept_and_deleted()
    {
        await HostAsync(error: "error.html");
        Assert.That((await S3.GetBucketWebsiteAsync(TheBucket)).WebsiteConfiguration.ErrorDocument, Is.EqualTo("error.html"));
        await S3.DeleteBucketWebsiteAsync(TheBucket);
        Assert.That((await SendAsync(HttpMethod.Get, $"/{TheBucket}?website")).Body, Does.Contain($"<Code>NoSuchWebsiteConfiguration</Code><Message>The specified bucket does not have a website configuration</Message><BucketName>{TheBucket}</BucketName>"));
    }

    [Test]
    public async Task Conditions_and_ranges_are_honoured()
    {
        await HostAsync();
        var put = await PutAsync("film.mp4", "0123456789");
        Assert.That((int)(await SendAsync(HttpMethod.Get, Site + "/film.mp4", null, ("If-None-Match", put.ETag))).Response.StatusCode, Is.EqualTo(304));
        Assert.That((await SendAsync(HttpMethod.Get, Site + "/film.mp4", null, ("Range", "bytes=2-4"))).Body, Is.EqualTo("234"));
    }

    private Task HostAsync(string? error = null) => S3.PutBucketWebsiteAsync(TheBucket, new WebsiteConfiguration { IndexDocumentSuffix = "index.html", ErrorDocument = error });

    private async Task<(int Status, string Location)> LocationAsync(string path)
    {
        var (response, _) = await SendAsync(HttpMethod.Get, Site + path);
        return ((int)response.StatusCode, response.Headers.Location?.OriginalString ?? "");
    }

    private static string Normalised(string html) =>
        System.Text.RegularExpressions.Regex.Replace(System.Text.RegularExpressions.Regex.Replace(html, "RequestId: [^<]+", "RequestId: <request-id>"), "HostId: [^<]+", "HostId: <host-id>");
}
