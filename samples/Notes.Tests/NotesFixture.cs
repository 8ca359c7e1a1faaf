using System.Net.Http.Headers;
using System.Net.Http.Json;
using Emulator;
using NUnit.Framework;

namespace Notes.Tests;

/// <summary>A test's own copy of the seeded world: what it does there, no other test sees. Nothing has to be cleaned up, and all tests may run at once.</summary>
public abstract class NotesFixture
{
    protected AwsEmulator Aws { get; private set; } = null!;

    /// <summary>The API as Alice calls it.</summary>
    protected HttpClient Alice { get; private set; } = null!;

    /// <summary>The API as Bob calls it.</summary>
    protected HttpClient Bob { get; private set; } = null!;

    [SetUp]
    public void Fork()
    {
        Aws = SeededWorld.Emulator.Fork();
        Alice = ApiAs(SeededWorld.Alice);
        Bob = ApiAs(SeededWorld.Bob);
    }

    [TearDown]
    public async Task DisposeAsync()
    {
        Alice.Dispose();
        Bob.Dispose();
        await Aws.DisposeAsync();
    }

    protected HttpClient ApiAs(Tokens? tokens)
    {
        var http = Aws.CreateHttpClient();
        http.BaseAddress = new Uri(Aws.Outputs.HttpApiUrl("notes"));
        if (tokens is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Access);
        return http;
    }

    protected static async Task<Note[]> ListAsync(HttpClient user) => await user.GetFromJsonAsync<Note[]>("/notes") ?? [];

    protected static async Task<Note> WriteAsync(HttpClient user, string text)
    {
        using var response = await user.PostAsJsonAsync("/notes", new NoteText(text));
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<Note>())!;
    }

    /// <summary>The text of a refusal.</summary>
    protected static async Task<string> MessageAsync(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<Problem>())!.Message;
}
