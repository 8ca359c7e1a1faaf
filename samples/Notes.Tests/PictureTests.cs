using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using NUnit.Framework;

namespace Notes.Tests;

public sealed class PictureTests : NotesFixture
{
    private static readonly byte[] Pixels = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    [Test]
    public async Task A_picture_goes_to_the_bucket_directly_and_appears_in_the_note()
    {
        var note = await WriteAsync(Alice, "with a picture");
        var upload = await AskAsync(note, "image/png");
        using var put = await PutAsync(upload.Url, "image/png");
        Assert.That(put.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var picture = await PictureAsync(upload.Id);
        Assert.That((picture.Type, picture.Size), Is.EqualTo(("image/png", (long)Pixels.Length)));
        using var http = Aws.CreateHttpClient();
        Assert.That(await http.GetByteArrayAsync(picture.Url), Is.EqualTo(Pixels));
    }

    [Test]
    public async Task A_new_picture_replaces_the_old_one()
    {
        var note = await WriteAsync(Alice, "with a picture");
        var first = await AskAsync(note, "image/png");
        using var putFirst = await PutAsync(first.Url, "image/png");
        var old = await PictureAsync(first.Id);
        var second = await AskAsync(note, "image/webp");
        using var putSecond = await PutAsync(second.Url, "image/webp");
        Assert.That((await PictureAsync(second.Id)).Type, Is.EqualTo("image/webp"));
        await EventuallyGoneAsync(old.Url);
    }

    [Test]
    public async Task A_deleted_note_takes_its_picture_along()
    {
        var note = await WriteAsync(Alice, "with a picture");
        var upload = await AskAsync(note, "image/png");
        using var put = await PutAsync(upload.Url, "image/png");
        var picture = await PictureAsync(upload.Id);
        using var delete = await Alice.DeleteAsync($"/notes/{note.Id}");
        await EventuallyGoneAsync(picture.Url);
    }

    [Test]
    public async Task The_url_is_good_for_the_type_that_was_asked_for_and_no_other()
    {
        var upload = await AskAsync(await WriteAsync(Alice, "with a picture"), "image/png");
        using var put = await PutAsync(upload.Url, "text/html");
        Assert.That(put.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await put.Content.ReadAsStringAsync(), Does.Contain("<Code>SignatureDoesNotMatch</Code>"));
    }

    [Test]
    public async Task The_url_expires()
    {
        var upload = await AskAsync(await WriteAsync(Alice, "with a picture"), "image/png");
        Aws.Clock.Advance(TimeSpan.FromMinutes(16));
        using var put = await PutAsync(upload.Url, "image/png");
        Assert.That(await put.Content.ReadAsStringAsync(), Does.Contain("<Code>AccessDenied</Code><Message>Request has expired</Message>"));
    }

    [Test]
    public async Task Nobody_gets_a_url_for_anothers_note()
    {
        var note = await WriteAsync(Alice, "Alice's");
        using var response = await Bob.PostAsJsonAsync($"/notes/{note.Id}/picture", new PictureType("image/png"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Only_pictures_are_taken()
    {
        var note = await WriteAsync(Alice, "x");
        using var response = await Alice.PostAsJsonAsync($"/notes/{note.Id}/picture", new PictureType("image/svg+xml"));
        Assert.That(await MessageAsync(response), Does.StartWith("A picture is one of image/png"));
    }

    private async Task<PictureUpload> AskAsync(Note note, string type)
    {
        using var response = await Alice.PostAsJsonAsync($"/notes/{note.Id}/picture", new PictureType(type));
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<PictureUpload>())!;
    }

    private async Task<HttpResponseMessage> PutAsync(string url, string type)
    {
        using var http = Aws.CreateHttpClient();
        using var content = new ByteArrayContent(Pixels);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await http.PutAsync(url, content);
    }

    /// <summary>The picture of Alice's only note, once the bucket's event has brought it there.</summary>
    private async Task<Picture> PictureAsync(string id)
    {
        for (var attempt = 0; attempt < 500; attempt++)
        {
            if ((await ListAsync(Alice)).Single().Picture is { } picture && picture.Id == id) return picture;
            await Task.Delay(10);
        }
        throw new AssertionException("The picture has not appeared in the note.");
    }

    private async Task EventuallyGoneAsync(string url)
    {
        using var http = Aws.CreateHttpClient();
        var status = HttpStatusCode.OK;
        for (var attempt = 0; attempt < 500 && status == HttpStatusCode.OK; attempt++)
        {
            using var response = await http.GetAsync(url);
            status = response.StatusCode;
            await Task.Delay(10);
        }
        // The role may not list the bucket: so it does not learn whether the object is absent or forbidden.
        Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
