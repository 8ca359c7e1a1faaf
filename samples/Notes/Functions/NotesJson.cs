using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notes;

/// <summary>How these types are read from and written to JSON, made when the project is built: a cold start has no time for reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HttpApiRequest))]
[JsonSerializable(typeof(HttpApiResponse))]
[JsonSerializable(typeof(IReadOnlyList<Note>))]
[JsonSerializable(typeof(NoteText))]
[JsonSerializable(typeof(PictureType))]
[JsonSerializable(typeof(PictureUpload))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(S3Event))]
internal sealed partial class NotesJson : JsonSerializerContext;
