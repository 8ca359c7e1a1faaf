using Emulator.S3.Access;
using Emulator.S3.Checksums;
using Emulator.S3.Encryption;
using Emulator.S3.ObjectLock;
using Emulator.S3.Replication;
using Emulator.S3.Restores;
using Emulator.S3.Rows;
using Emulator.SigV4.Checksums;

namespace Emulator.S3.Objects;

/// <summary>A version of an object, or a delete marker, as its row keeps it.</summary>
internal sealed record StoredObject
{
    /// <summary>1 had no optional fields and no delete markers.</summary>
    internal const byte Format = 2;

    /// <summary>What a row holds only where the object has it, each after its number. A new one takes the next number; numbers are never given again.</summary>
    private enum OptionalField : byte { Retention = 1, LegalHold = 2, Encryption = 3, Acl = 4, Restore = 5, Replication = 6 }

    public required string Key { get; init; }

    public required long Size { get; init; }

    /// <summary>In whole seconds, as S3 keeps it.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>Without quotes. A delete marker has none: it is empty.</summary>
    public required string ETag { get; init; }

    /// <summary>Grows with each write of the key: the order of versions, and the sequencer of events. Given by <see cref="ObjectStore"/>.</summary>
    public long Sequence { get; init; }

    /// <summary>null: the null version, the only one of a bucket without versioning. Given by <see cref="ObjectStore"/>.</summary>
    public string? VersionId { get; init; }

    public string ToldVersionId => VersionId ?? Objects.VersionId.Null.Text;

    public bool IsDeleteMarker => ETag.Length == 0;

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

    public Retention? Retention { get; init; }

    /// <summary>null: never set; false: set and taken off again.</summary>
    public bool? LegalHold { get; init; }

    /// <summary>null: the bucket's owner owns it, alone.</summary>
    public Acl? Acl { get; init; }

    /// <summary>null: it is neither replicated nor a replica.</summary>
    public ReplicationState? Replication { get; init; }

    public ObjectEncryption Encryption { get; init; } = ObjectEncryption.S3;

    /// <summary>The restore that was asked for last; null where none was, and where its copy has gone.</summary>
    public ObjectRestore? Restore { get; init; }

    /// <summary>Whether it must be restored to be read.</summary>
    /// <remarks>GLACIER_IR is read at once. https://docs.aws.amazon.com/AmazonS3/latest/userguide/archived-objects.html</remarks>
    public bool IsInArchive => StorageClass is GlacierClass or DeepArchiveClass;

    /// <summary>Whether its bytes can be read now.</summary>
    public bool IsReadable(DateTimeOffset now) => !IsInArchive || Restore?.IsThere(now) == true;

    /// <summary>Whether the ETag is the MD5 of all bytes.</summary>
    public bool HasMd5ETag => PartsCount == 0 && Encryption.HasMd5ETags;

    public const string StandardClass = "STANDARD";
    public const string IntelligentTieringClass = "INTELLIGENT_TIERING";
    public const string GlacierClass = "GLACIER";
    public const string DeepArchiveClass = "DEEP_ARCHIVE";

    public string QuotedETag => $"\"{ETag}\"";

    /// <summary>What hides a key whose versions stay.</summary>
    public static StoredObject DeleteMarker(string key, DateTimeOffset lastModified) => new()
    {
        Key = key,
        Size = 0,
        LastModified = lastModified,
        ETag = "",
        Checksum = ObjectChecksum.None,
        Headers = new ObjectHeaders(),
    };

    public ReadOnlyMemory<byte> ToRow()
    {
        var row = new RowWriter(Format).Number(Size).Number(LastModified.ToUnixTimeSeconds()).Text(ETag).Number(Sequence).Text(VersionId)
            .Byte((byte)Checksum.Algorithm).Byte((byte)Checksum.Type).Text(Checksum.Value).Text(StorageClass == StandardClass ? null : StorageClass)
            .Text(BodyId).Number(PartsCount).Text(UploadId);
        Headers.Write(row);
        row.Number(Tags.Count);
        foreach (var tag in Tags) row.Text(tag.Key).Text(tag.Value);
        if (Retention is { } retention) row.Byte((byte)OptionalField.Retention).Byte((byte)retention.Mode).Number(retention.RetainUntil.UtcTicks);
        if (LegalHold is { } hold) row.Byte((byte)OptionalField.LegalHold).Byte(hold ? (byte)1 : (byte)0);
        if (Encryption != ObjectEncryption.S3) Encryption.Write(row.Byte((byte)OptionalField.Encryption));
        if (Acl is { } acl) acl.Write(row.Byte((byte)OptionalField.Acl));
        Restore?.Write(row.Byte((byte)OptionalField.Restore));
        if (Replication is { } replication) replication.Write(row.Byte((byte)OptionalField.Replication));
        return row.ToRow();
    }

    public static StoredObject FromRow(string key, ReadOnlySpan<byte> bytes)
    {
        var row = new RowReader(bytes, Format);
        var stored = new StoredObject
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
        while (!row.AtEnd) stored = stored.ReadOptional(ref row);
        return stored;
    }

    private StoredObject ReadOptional(ref RowReader row) => (OptionalField)row.Byte() switch
    {
        OptionalField.Retention => this with { Retention = new((RetentionMode)row.Byte(), new(row.Number(), TimeSpan.Zero)) },
        OptionalField.LegalHold => this with { LegalHold = row.Byte() != 0 },
        OptionalField.Encryption => this with { Encryption = ObjectEncryption.Read(ref row) },
        OptionalField.Acl => this with { Acl = Acl.Read(ref row) },
        OptionalField.Restore => this with { Restore = ObjectRestore.Read(ref row) },
        OptionalField.Replication => this with { Replication = ReplicationState.Read(ref row) },
        var unknown => throw new InvalidDataException($"An object of S3 has the field {unknown}, which this emulator does not know. It was written by a newer one."),
    };

    internal static Tag[] ReadTags(ref RowReader row)
    {
        var count = (int)row.Number();
        if (count == 0) return [];
        var tags = new Tag[count];
        for (var i = 0; i < count; i++) tags[i] = new(row.Text()!, row.Text()!);
        return tags;
    }
}

/// <summary>What a list tells of a version: the beginning of its row.</summary>
internal readonly ref struct ObjectSummary
{
    public ObjectSummary(ReadOnlySpan<byte> bytes)
    {
        var row = new RowReader(bytes, StoredObject.Format);
        Size = row.Number();
        LastModified = DateTimeOffset.FromUnixTimeSeconds(row.Number());
        ETag = row.Utf8();
        Sequence = row.Number();
        var versionId = row.Utf8();
        VersionId = versionId.IsEmpty ? "null"u8 : versionId;
        Algorithm = (ChecksumAlgorithm)row.Byte();
        Type = (ChecksumType)row.Byte();
        HasChecksum = !row.Utf8().IsEmpty;
        var storageClass = row.Utf8();
        StorageClass = storageClass.IsEmpty ? "STANDARD"u8 : storageClass;
    }

    public long Size { get; }
    public DateTimeOffset LastModified { get; }
    public ReadOnlySpan<byte> ETag { get; }
    public long Sequence { get; }
    public ReadOnlySpan<byte> VersionId { get; }
    public bool IsDeleteMarker => ETag.IsEmpty;
    public bool HasChecksum { get; }
    public ChecksumAlgorithm Algorithm { get; }
    public ChecksumType Type { get; }
    public ReadOnlySpan<byte> StorageClass { get; }
    public bool IsInArchive => StorageClass.SequenceEqual("GLACIER"u8) || StorageClass.SequenceEqual("DEEP_ARCHIVE"u8);
}
