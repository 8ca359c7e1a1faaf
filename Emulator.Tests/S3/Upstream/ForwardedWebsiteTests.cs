using System.Net;
using Amazon.S3.Model;
using NUnit.Framework;

namespace Emulator.Tests.S3.Upstream;

[Source("https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html")]
internal sealed class ForwardedWebsiteTests : UpstreamFixture
{
    protected override string Yaml => $"s3: {{ buckets: {{ {TheBucket}: {{ upstream: {{ {Server}, bucket: kept-there }} }} }} }}";

    [Test]
    public async Task A_site_whose_pages_and_rules_are_kept_upstream_is_served_here()
    {
        Assert.That((await VisitAsync("/")).Status, Is.EqualTo(HttpStatusCode.NotFound), "before it is a site");
        await S3.PutBucketWebsiteAsync(new PutBucketWebsiteRequest
        {
            BucketName = TheBucket,
            WebsiteConfiguration = new()
            {
                IndexDocumentSuffix = "index.html",
                ErrorDocument = "404.html",
                RoutingRules = [new() { Condition = new() { KeyPrefixEquals = "old/" }, Redirect = new() { ReplaceKeyPrefixWith = "new/" } }],
            },
        });
        foreach (var (key, body) in new[] { ("index.html", "home"), ("docs/index.html", "docs"), ("404.html", "lost") }) await PutAsync(key, body, request => request.ContentType = "text/html");
        await PutAsync("moved", "", request => request.WebsiteRedirectLocation = "/docs/");
        var (notModified, _) = await SendAsync(HttpMethod.Get, $"http://{TheBucket}.s3-website.localhost/", null, ("If-None-Match", (await S3.GetObjectMetadataAsync(TheBucket, "index.html")).ETag));
        Assert.Multiple(async () =>
        {
            Assert.That(await VisitAsync("/"), Is.EqualTo((HttpStatusCode.OK, "home", "")));
            Assert.That(await VisitAsync("/docs/"), Is.EqualTo((HttpStatusCode.OK, "docs", "")));
            Assert.That(await VisitAsync("/docs"), Is.EqualTo((HttpStatusCode.Found, "", "/docs/")));
            Assert.That(await VisitAsync("/absent"), Is.EqualTo((HttpStatusCode.NotFound, "lost", "")));
            Assert.That(await VisitAsync("/moved"), Is.EqualTo((HttpStatusCode.MovedPermanently, "", "/docs/")));
            Assert.That((await VisitAsync("/old/x")).Location, Does.EndWith("/new/x"));
            Assert.That(notModified.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        });
    }

    private async Task<(HttpStatusCode Status, string Body, string Location)> VisitAsync(string path)
    {
        var (response, body) = await SendAsync(HttpMethod.Get, $"http://{TheBucket}.s3-website.localhost{path}");
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType == "text/html" || body.Length > 0 ? body : "", response.Headers.Location?.OriginalString ?? "");
    }
}
