using System.Net;
using System.Net.Http.Json;
using NUnit.Framework;

namespace Notes.Tests;

public sealed class NotesTests : NotesFixture
{
    [Test]
    public async Task A_new_user_has_no_notes() => Assert.That(await ListAsync(Alice), Is.Empty);

    [Test]
    public async Task Notes_are_listed_newest_first()
    {
        await WriteAsync(Alice, "first");
        await WriteAsync(Alice, "둘째");
        Assert.That((await ListAsync(Alice)).Select(note => note.Text), Is.EqualTo(new[] { "둘째", "first" }));
    }

    [Test]
    public async Task A_user_sees_only_his_own_notes()
    {
        await WriteAsync(Alice, "Alice's");
        await WriteAsync(Bob, "Bob's");
        Assert.That((await ListAsync(Bob)).Select(note => note.Text), Is.EqualTo(new[] { "Bob's" }));
    }

    [Test]
    public async Task A_note_can_be_changed()
    {
        var note = await WriteAsync(Alice, "before");
        using var response = await Alice.PutAsJsonAsync($"/notes/{note.Id}", new NoteText("after"));
        Assert.That(await response.Content.ReadFromJsonAsync<Note>(), Has.Property("Text").EqualTo("after").And.Property("Created").EqualTo(note.Created));
        Assert.That((await ListAsync(Alice)).Single().Text, Is.EqualTo("after"));
    }

    [Test]
    public async Task Nobody_changes_or_deletes_anothers_note()
    {
        var note = await WriteAsync(Alice, "Alice's");
        using var change = await Bob.PutAsJsonAsync($"/notes/{note.Id}", new NoteText("Bob's"));
        using var delete = await Bob.DeleteAsync($"/notes/{note.Id}");
        Assert.That((change.StatusCode, delete.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That((await ListAsync(Alice)).Single().Text, Is.EqualTo("Alice's"));
    }

    [Test]
    public async Task A_deleted_note_is_gone()
    {
        var note = await WriteAsync(Alice, "short-lived");
        using var first = await Alice.DeleteAsync($"/notes/{note.Id}");
        using var second = await Alice.DeleteAsync($"/notes/{note.Id}");
        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NotFound)));
        Assert.That(await ListAsync(Alice), Is.Empty);
    }

    [TestCase("""{"text":""}""", "A note needs a text.")]
    [TestCase("""{"text":5}""", "A note needs a text.")]
    [TestCase("no JSON", "A note needs a text.")]
    public async Task A_note_needs_a_text(string body, string message)
    {
        using var response = await Alice.PostAsync("/notes", new StringContent(body, null, "application/json"));
        Assert.That((response.StatusCode, await MessageAsync(response)), Is.EqualTo((HttpStatusCode.BadRequest, message)));
    }

    [Test]
    public async Task A_note_that_has_an_impossible_id_does_not_exist()
    {
        using var response = await Alice.DeleteAsync("/notes/a%20note");
        Assert.That((response.StatusCode, await MessageAsync(response)), Is.EqualTo((HttpStatusCode.NotFound, "You have no such note.")));
    }

    [Test]
    public async Task What_happens_in_one_fork_stays_there()
    {
        await using var other = Aws.Fork();
        await WriteAsync(Alice, "here");
        using var there = other.CreateHttpClient();
        there.DefaultRequestHeaders.Authorization = Alice.DefaultRequestHeaders.Authorization;
        Assert.That(await there.GetFromJsonAsync<Note[]>($"{other.Outputs.HttpApiUrl("notes")}/notes"), Is.Empty);
    }
}
