using Emulator.Protocols;

namespace Emulator.Integration;

/// <summary>Reads and writes objects of S3 on behalf of the caller of another service (DynamoDB's exports and imports). What the caller may not do, and what is not there, fails with S3's own error.</summary>
internal interface IObjectStorage
{
    /// <summary>Keys that begin with a prefix, in order, after one of them: not all at once. None where there are no more.</summary>
    IReadOnlyList<string> List(Call call, StorageBucket bucket, string prefix, string? after);

    /// <summary>The bytes of an object, as they come.</summary>
    ValueTask<Stream> ReadAsync(Call call, StorageBucket bucket, string key);

    /// <param name="content">A stream that knows its length.</param>
    ValueTask WriteAsync(Call call, StorageBucket bucket, string key, Stream content);
}

/// <param name="Owner">The account that is taken for its owner.</param>
internal readonly record struct StorageBucket(string Name, string Owner);
