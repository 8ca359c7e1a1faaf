using Emulator.S3.Checksums;
using Emulator.S3.Rows;
using Emulator.SigV4.Checksums;

namespace Emulator.S3.Objects;

/// <summary>An object as its row keeps it.</summary>
internal sealed record StoredObject
{
    internal const byte Format = 1;

    public required string Key { get; init; }

    public required long Size { get; init; }

    /// <summary>In whole seconds, as S3 keeps it.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>Without quotes.</summary>
    public required string ETag { get; init; }

    /// <summary>Grows with each write of the key: the order of versions, and the sequencer of events.</summary>
    public required long Sequence { get; init; }

    /// <summary>null: the null version, the only one of a bucket without versioning.</summary>
    public string? VersionId { get; init; }

    public required ObjectChecksum Checksum { get; init; }

    public string StorageClass { get; init; } = StandardClass;

    /// <summary>null where the object has no bytes.</summary>
    public string? BodyId { get; init; }

    /// <summary>How many parts the upload had that made it; 0 where it was made in one piece.</summary>
    public int PartsCount { get; init; }

    /// <summary>The multipart upload that made it: its completion may be asked for again.</summary>
    public string? UploadId { get; init; }

    public required ObjectHeaders Headers { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public const string StandardClass = "STANDARD";

    public string QuotedETag => $"\"{ETag}\"";

    public ReadOnlyMemory<byte> ToRow()
    {
        var row = new RowWriter(Format).Number(Size).Number(LastModified.ToUnixTimeSeconds()).Text(ETag).Number(Sequence).Text(VersionId)
            .Byte((byte)Checksum.Algorithm).Byte((byte)Checksum.Type).Text(Checksum.Value).Text(StorageClass == StandardClass ? null : StorageClass)
            .Text(BodyId).Number(PartsCount).Text(UploadId);
        Headers.Write(row);
        row.Number(Tags.Count);
        foreach (var tag in Tags) row.Text(tag.Key).Text(tag.Value);
        return row.ToRow();
    }

    public static StoredObject FromRow(string key, ReadOnlySpan<byte> bytes)
    {
        var row = new RowReader(bytes, Format);
        return new()
        {
            Key = key,
            Size = row.Number(),
            LastModified = DateTimeOffset.FromUnixTimeSeconds(row.Number()),
            ETag = row.Text()!,
            Sequence = row.Number(),
            VersionId = row.Text(),
            Checksum = new((ChecksumAlgorithm)row.Byte(), (ChecksumType)row.Byte(), row.Text()!),
            StorageClass = row.Text() ?? StandardClass,
            BodyId = row.Text(),
            PartsCount = (int)row.Number(),
            UploadId = row.Text(),
            Headers = ObjectHeaders.Read(ref row),
            Tags = ReadTags(ref row),
        };
    }

    internal static Tag[] ReadTags(ref RowReader row)
    {
        var count = (int)row.Number();
        if (count == 0) return [];
        var tags = new Tag[count];
        for (var i = 0; i < count; i++) tags[i] = new(row.Text()!, row.Text()!);
        return tags;
    }
}

/// <summary>What a list tells of an object: the beginning of its row.</summary>
internal readonly ref struct ObjectSummary
{
    public ObjectSummary(ReadOnlySpan<byte> bytes)
    {
        var row = new RowReader(bytes, StoredObject.Format);
        Size = row.Number();
        LastModified = DateTimeOffset.FromUnixTimeSeconds(row.Number());
        ETag = row.Utf8();
        row.Number();
        row.Utf8();
        Algorithm = (ChecksumAlgorithm)row.Byte();
        Type = (ChecksumType)row.Byte();
        row.Utf8();
        var storageClass = row.Utf8();
        StorageClass = storageClass.IsEmpty ? "STANDARD"u8 : storageClass;
    }

    public long Size { get; }
    public DateTimeOffset LastModified { get; }
    public ReadOnlySpan<byte> ETag { get; }
    public ChecksumAlgorithm Algorithm { get; }
    public ChecksumType Type { get; }
    public ReadOnlySpan<byte> StorageClass { get; }
}
