using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;

namespace Notes;

/// <summary>The notes of the signed-in user, behind an HTTP API with a JWT authorizer.</summary>
public sealed class NotesApi
{
    private const int LongestText = 10_000;

    private static readonly string[] PictureTypes = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

    private readonly NoteStore _notes;
    private readonly PictureStore _pictures;

    /// <summary>In a function: everything from its environment.</summary>
    public NotesApi() : this(AwsClients.DynamoDb(), AwsClients.S3()) { }

    /// <summary>In a test: with the test's clients.</summary>
    public NotesApi(IAmazonDynamoDB dynamoDb, IAmazonS3 s3) => (_notes, _pictures) = (new NoteStore(dynamoDb), new PictureStore(s3));

    /// <summary>The handler. Streams need no serializer, so that this project needs no package of Lambda's.</summary>
    public async Task<Stream> HandleAsync(Stream input)
    {
        var request = await JsonSerializer.DeserializeAsync(input, NotesJson.Default.HttpApiRequest) ?? throw new InvalidOperationException("The event is empty.");
        var response = await AnswerAsync(request);
        Console.WriteLine($"{request.RouteKey} {response.StatusCode} owner={request.Owner} request={request.RequestContext.RequestId}");
        return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(response, NotesJson.Default.HttpApiResponse));
    }

    /// <summary>Answers one request.</summary>
    public Task<HttpApiResponse> AnswerAsync(HttpApiRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.RouteKey switch
        {
            "GET /notes" => ListAsync(request.Owner),
            "POST /notes" => AddAsync(request.Owner, Read(request, NotesJson.Default.NoteText)),
            "PUT /notes/{id}" => ChangeAsync(request.Owner, Id(request), Read(request, NotesJson.Default.NoteText)),
            "DELETE /notes/{id}" => RemoveAsync(request.Owner, Id(request)),
            "POST /notes/{id}/picture" => UploadAsync(request.Owner, Id(request), Read(request, NotesJson.Default.PictureType)),
            _ => Task.FromResult(Fail(404, "There is no such route.")),
        };
    }

    private async Task<HttpApiResponse> ListAsync(string owner)
    {
        var notes = new List<Note>();
        foreach (var item in await _notes.ListAsync(owner)) notes.Add(await ToNoteAsync(owner, item));
        return Json(200, notes, NotesJson.Default.IReadOnlyListNote);
    }

    private async Task<HttpApiResponse> AddAsync(string owner, NoteText? note)
    {
        if (Check(note) is { } wrong) return wrong;
        return Json(201, await ToNoteAsync(owner, await _notes.AddAsync(owner, note!.Text!)), NotesJson.Default.Note);
    }

    private async Task<HttpApiResponse> ChangeAsync(string owner, string? id, NoteText? note)
    {
        if (Check(note) is { } wrong) return wrong;
        return id is not null && await _notes.ChangeAsync(owner, id, note!.Text!) is { } item
            ? Json(200, await ToNoteAsync(owner, item), NotesJson.Default.Note)
            : NoSuchNote();
    }

    private async Task<HttpApiResponse> RemoveAsync(string owner, string? id)
    {
        if (id is null || await _notes.RemoveAsync(owner, id) is not { } item) return NoSuchNote();
        if (item.TryGetValue("pictureId", out var picture)) await _pictures.RemoveAsync(new(owner, id, picture.S));
        return new(204, new Dictionary<string, string>(), null);
    }

    private async Task<HttpApiResponse> UploadAsync(string owner, string? id, PictureType? picture)
    {
        if (picture?.Type is not { } type || !PictureTypes.Contains(type)) return Fail(400, $"A picture is one of {string.Join(", ", PictureTypes)}.");
        if (id is null || !await _notes.ExistsAsync(owner, id)) return NoSuchNote();
        var key = PictureKey.New(owner, id);
        return Json(200, new PictureUpload(key.Id, await _pictures.UploadUrlAsync(key, type)), NotesJson.Default.PictureUpload);
    }

    private async Task<Note> ToNoteAsync(string owner, Dictionary<string, AttributeValue> item)
    {
        var id = item["id"].S;
        var picture = item.TryGetValue("pictureId", out var pictureId)
            ? new Picture(pictureId.S, await _pictures.UrlAsync(new(owner, id, pictureId.S)), item["pictureType"].S, long.Parse(item["pictureSize"].N, CultureInfo.InvariantCulture))
            : null;
        return new(id, item["text"].S, item["created"].S, item["updated"].S, picture);
    }

    private static HttpApiResponse? Check(NoteText? note) =>
        string.IsNullOrWhiteSpace(note?.Text) ? Fail(400, "A note needs a text.")
        : note.Text.Length > LongestText ? Fail(400, $"A note has at most {LongestText} characters.")
        : null;

    /// <summary>The id in the path; null where it cannot be one of ours.</summary>
    private static string? Id(HttpApiRequest request) =>
        request.PathParameters?.GetValueOrDefault("id") is { } id && Guid.TryParseExact(id, "D", out _) ? id : null;

    /// <summary>The body; null where there is none, or none of this form.</summary>
    private static T? Read<T>(HttpApiRequest request, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            var body = request.Body ?? "";
            return JsonSerializer.Deserialize(request.IsBase64Encoded ? Encoding.UTF8.GetString(Convert.FromBase64String(body)) : body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static HttpApiResponse NoSuchNote() => Fail(404, "You have no such note.");

    private static HttpApiResponse Fail(int status, string message) => Json(status, new Problem(message), NotesJson.Default.Problem);

    private static HttpApiResponse Json<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, new Dictionary<string, string> { ["content-type"] = "application/json" }, JsonSerializer.Serialize(value, type));
}
