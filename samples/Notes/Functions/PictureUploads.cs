using System.Net;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.S3;

namespace Notes;

/// <summary>Hears from the bucket that a picture is there, and writes its type and size into the note.</summary>
public sealed class PictureUploads
{
    private readonly NoteStore _notes;
    private readonly PictureStore _pictures;

    /// <summary>In a function: everything from its environment.</summary>
    public PictureUploads() : this(AwsClients.DynamoDb(), AwsClients.S3()) { }

    /// <summary>In a test: with the test's clients.</summary>
    public PictureUploads(IAmazonDynamoDB dynamoDb, IAmazonS3 s3) => (_notes, _pictures) = (new NoteStore(dynamoDb), new PictureStore(s3));

    /// <summary>The handler. It may hear of the same picture twice, as AWS promises no more than "at least once": that changes nothing.</summary>
    public async Task HandleAsync(Stream input)
    {
        var uploads = await JsonSerializer.DeserializeAsync(input, NotesJson.Default.S3Event);
        foreach (var record in uploads?.Records ?? [])
        {
            // Keys in events are encoded as in a form.
            if (PictureKey.Parse(WebUtility.UrlDecode(record.S3.Object.Key)) is { } key) await NoteAsync(key);
        }
    }

    private async Task NoteAsync(PictureKey key)
    {
        var picture = await _pictures.DescribeAsync(key);
        Console.WriteLine($"{key}: {picture.Headers.ContentType}, {picture.ContentLength} bytes");
        var before = await _notes.SetPictureAsync(key, picture.Headers.ContentType, picture.ContentLength);
        if (before is null) await _pictures.RemoveAsync(key); // the note was deleted meanwhile, or has a newer picture already
        else if (before.TryGetValue("pictureId", out var old) && old.S != key.Id) await _pictures.RemoveAsync(key with { Id = old.S });
    }
}

/// <summary>What this function reads of a bucket's event.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html</remarks>
public sealed record S3Event(IReadOnlyList<S3EventRecord> Records);

/// <summary>One thing that happened.</summary>
public sealed record S3EventRecord(S3Entity S3);

/// <summary>To what it happened.</summary>
public sealed record S3Entity(S3Object Object);

/// <summary>The object.</summary>
public sealed record S3Object(string Key);
